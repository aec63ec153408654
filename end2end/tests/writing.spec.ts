// What somebody types is never lost, never in the wrong thread and never sent twice.
import { type Page } from "@playwright/test";
import { deployed, expect, Inbox, signIn, test } from "../harness/test";
import { MAYA, TOMAS } from "../harness/simulator";

const CUSTOMER = "Maya Lindqvist";
const OTHER = "Tomas Berg";
const PASSWORD = "a long enough password";

test.use({ demo: ["--conversations", "0"] });

const note = (page: Page) => page.getByRole("textbox", { name: "Note for team" });
const tab = (page: Page, name: string) => page.getByRole("tab", { name });

/** Resolves when the server has what was typed: this browser then keeps nothing of it. */
async function saved(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("baton.draft."))))
    .toEqual([]);
}

const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

deployed("a draft survives a killed server, a reload and another machine", async ({ page, browser, deployment }) => {
  await deployment.hire("Mia", "mia@example.test", "owner", PASSWORD);
  await deployment.connectPage();
  await deployment.simulator.customer(MAYA).writes("Can I talk to a person please?");
  await deployment.simulator.quiet();
  await signIn(page, "mia@example.test", PASSWORD);
  const inbox = new Inbox(page);
  await inbox.ready();
  await inbox.open(CUSTOMER);

  await inbox.field.fill("Let me look that up");
  await saved(page);
  await deployment.crash();
  await inbox.field.fill("Let me look that up for you, Maya");
  await page.reload().catch(() => {});
  await deployment.restart();
  // The browser may still be on its way to its own page about the outage.
  await expect(async () => void (await page.goto(deployment.inbox))).toPass();
  await inbox.ready();
  await inbox.open(CUSTOMER);
  await expect(inbox.field).toHaveValue("Let me look that up for you, Maya");
  await saved(page);

  const elsewhere = await browser.newContext({ baseURL: deployment.inbox });
  const second = new Inbox(await elsewhere.newPage());
  await signIn(second.page, "mia@example.test", PASSWORD);
  await second.ready();
  await expect(second.row(CUSTOMER)).toContainText("Draft: Let me look that up for you, Maya");
  await elsewhere.close();
});

deployed("an answer written while the server is gone waits and is sent once", async ({ page, deployment }) => {
  await deployment.hire("Mia", "mia@example.test", "owner", PASSWORD);
  await deployment.connectPage();
  await deployment.simulator.customer(MAYA).writes("Can I talk to a person please?");
  await deployment.simulator.quiet();
  await signIn(page, "mia@example.test", PASSWORD);
  const inbox = new Inbox(page);
  await inbox.ready();
  await inbox.open(CUSTOMER);
  await deployment.crash();
  await inbox.answer("We are on it");
  await expect(inbox.bubble("We are on it")).toHaveAttribute("data-delivery", "sending");
  await deployment.restart();
  await expect(inbox.bubble("We are on it")).toHaveAttribute("data-delivery", "delivered", { timeout: 20_000 });
  await expect(inbox.bubble("We are on it")).toHaveCount(1);
  expect((await deployment.simulator.sentByUs()).filter((text) => text === "We are on it")).toHaveLength(1);
});

test("what is typed stays with its conversation, however fast one goes to another", async ({ openAs, simulator }) => {
  await simulator.customer(MAYA).writes("A person please");
  await simulator.customer(TOMAS).writes("A human please");
  await simulator.quiet();
  const tom = await openAs("tom@example.test");
  for (let round = 0; round < 6; round += 1) {
    await tom.open(CUSTOMER);
    await tom.page.locator("#answer").fill(`For Maya ${round}`);
    await tom.open(OTHER);
    await tom.page.locator("#answer").fill(`For Tomas ${round}`);
  }
  await tom.open(CUSTOMER);
  await expect(tom.page.locator("#answer")).toHaveValue("For Maya 5");
  await expect(tom.row(OTHER)).toContainText("Draft: For Tomas 5");
  await tom.open(OTHER);
  await expect(tom.page.locator("#answer")).toHaveValue("For Tomas 5");
});

test("whoever signs in next on the same machine finds no draft", async ({ page, server, simulator }) => {
  await simulator.customer(MAYA).writes("A person please");
  await simulator.quiet();
  await signIn(page, "mia@example.test", server.person("mia@example.test").password);
  const inbox = new Inbox(page);
  await inbox.ready();
  await inbox.open(CUSTOMER);
  await inbox.field.fill("Between Maya and me");
  await saved(page);
  await inbox.profile.click();
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await signIn(page, "tom@example.test", server.person("tom@example.test").password);
  await inbox.ready();
  await inbox.open(CUSTOMER);
  await expect(inbox.field).toHaveValue("");
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("Between Maya");
});

test("two windows of one person never overwrite each other", async ({ openAs, simulator }) => {
  await simulator.customer(MAYA).writes("A person please");
  await simulator.quiet();
  const desk = await openAs("mia@example.test");
  const phone = await openAs("mia@example.test");
  await desk.open(CUSTOMER);
  await phone.open(CUSTOMER);
  await phone.page.route("**/rpc/save-draft", (route) => route.abort());
  await phone.field.fill("From the phone");
  await desk.field.fill("From the desk");
  await saved(desk.page);
  await phone.page.unroute("**/rpc/save-draft");
  await phone.field.press("End");
  await phone.field.pressSequentially("!");
  const offer = phone.page.getByRole("status").filter({ hasText: "You wrote something else in another window" });
  await expect(offer).toContainText("From the desk");
  await expect(phone.field).toHaveValue("From the phone!");
  await offer.getByRole("button", { name: "Keep both" }).click();
  await expect(phone.field).toHaveValue("From the phone!\nFrom the desk");
  await saved(phone.page);
});

test("a note stands in every browser, names a colleague, and never reaches the customer", async ({ openAs, simulator }) => {
  await simulator.customer(MAYA).writes("A person please");
  await simulator.quiet();
  const mia = await openAs("mia@example.test");
  const tom = await openAs("tom@example.test");
  await mia.open(CUSTOMER);
  await mia.field.fill("Hello Maya");
  await tab(mia.page, "Note").click();
  await note(mia.page).pressSequentially("Please look, @to");
  await expect(mia.page.getByRole("option", { name: "Tom" })).toHaveAttribute("aria-selected", "true");
  await note(mia.page).press("Enter");
  await expect(note(mia.page)).toHaveValue("Please look, @Tom ");
  await mia.page.getByRole("button", { name: "Add note for team" }).click();
  await expect(mia.log.getByRole("article", { name: "Note by Mia" })).toContainText("Please look, @Tom");
  await tab(mia.page, "Reply").click();
  await expect(mia.field).toHaveValue("Hello Maya");

  const bell = tom.page.getByRole("button", { name: /^Mentions/ });
  await expect(bell).toContainText("1");
  await bell.click();
  await tom.page.getByRole("link", { name: /Mia mentioned you/ }).click();
  await expect(tom.log.getByRole("article", { name: "Note by Mia" })).toBeInViewport();
  await expect(bell).not.toContainText("1");
  expect(await simulator.sentByUs()).toEqual([]);
});

test("files are checked before they travel, and leave as messages of their own", async ({ openAs, simulator }) => {
  await simulator.customer(MAYA).writes("A person please");
  await simulator.quiet();
  const mia = await openAs("mia@example.test");
  await mia.open(CUSTOMER);
  const field = mia.page.locator("input[type=file]");
  await field.setInputFiles({ name: "virus.exe", mimeType: "application/x-msdownload", buffer: Buffer.from("MZ") });
  await expect(mia.problem).toContainText("Messenger does not take files like virus.exe");
  await field.setInputFiles({ name: "huge.png", mimeType: "image/png", buffer: Buffer.alloc(9 * 1024 * 1024) });
  await expect(mia.problem).toContainText("huge.png has 9 MB. Messenger takes at most 8 MB");

  await field.setInputFiles([
    { name: "socks.png", mimeType: "image/png", buffer: PICTURE },
    { name: "terms.txt", mimeType: "text/plain", buffer: Buffer.from("Thirty days.") },
  ]);
  const files = mia.page.getByRole("list", { name: "Files of the answer" }).getByRole("listitem");
  await expect(files).toHaveCount(2);
  await expect(files.first().locator("img")).toBeVisible();
  await mia.page.reload();
  await mia.ready();
  await expect(files).toHaveCount(2);
  await mia.answer("Here they are");
  await expect(mia.bubbles.filter({ hasText: "Here they are" })).toHaveAttribute("data-delivery", "delivered");
  await expect.poll(() => simulator.carriedByUs()).toEqual([
    "Here they are",
    "socks.png",
    "terms.txt",
  ]);
  await expect(files).toHaveCount(0);
});

test("a file Meta refuses says why, and the words around it arrive", async ({ openAs, simulator }) => {
  await simulator.customer(MAYA).writes("A person please");
  await simulator.quiet();
  const mia = await openAs("mia@example.test");
  await mia.open(CUSTOMER);
  await simulator.next("upload", { kind: "refuse", status: 400, code: 100, subcode: 2018109 });
  await mia.page.locator("input[type=file]").setInputFiles({ name: "socks.png", mimeType: "image/png", buffer: PICTURE });
  await expect(mia.page.getByRole("button", { name: "Remove socks.png" })).toBeVisible();
  await mia.answer("Look");
  await expect(mia.bubble("Look")).toHaveAttribute("data-delivery", "delivered");
  await expect(mia.log.getByText("The file is too large for Messenger")).toBeVisible();
  await mia.log.getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => simulator.carriedByUs()).toContain("socks.png");
});

test("a page that cannot send is asked about before a message waits for it", async ({ openAs, simulator }) => {
  await simulator.customer(MAYA).writes("A person please");
  await simulator.quiet();
  const mia = await openAs("mia@example.test");
  await mia.open(CUSTOMER);
  await simulator.next("send", { kind: "refuse", status: 400, code: 190, subcode: 463 });
  await mia.answer("The first");
  await expect(mia.page.getByText("cannot send right now").first()).toBeVisible();
  await mia.answer("The second");
  await expect(mia.problem).toContainText("Nothing was sent");
  await expect(mia.field).toHaveValue("The second");
  await mia.page.getByRole("button", { name: "Let it wait" }).click();
  await expect(mia.bubble("The second")).toHaveAttribute("data-delivery", "queued");
});

test("an answer quotes the message it answers, and Escape drops the quote", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await simulator.customer(MAYA).writes("Can I talk to a person please?");
  await mia.open(CUSTOMER);
  await expect(mia.chip).toContainText("We have control");
  await simulator.customer(MAYA).writes("Do you have it in 39?");
  const question = mia.around("Do you have it in 39?");
  await question.hover();
  await question.getByRole("button", { name: "Reply to this message" }).click();
  const quoted = mia.page.getByRole("status").filter({ hasText: "Replying to" });
  await expect(quoted).toContainText("Do you have it in 39?");
  await expect(mia.field).toBeFocused();
  await mia.page.keyboard.press("Escape");
  await expect(quoted).toBeHidden();
  await question.hover();
  await question.getByRole("button", { name: "Reply to this message" }).click();
  await mia.answer("Yes, one pair is left");
  await expect(quoted).toBeHidden();
  await expect(mia.bubble("Yes, one pair is left")).toContainText("Do you have it in 39?");
  await simulator.quiet();
  await mia.page.reload();
  await mia.ready();
  await expect(mia.bubble("Yes, one pair is left")).toContainText("Do you have it in 39?");
});
