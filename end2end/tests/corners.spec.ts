// Screens one seldom looks at, each judged by a machine and kept as a picture: doors, popovers, dialogs, what is loading.
import { createHmac } from "node:crypto";
import { Line } from "../harness/line";
import { expectAccessible, judge } from "../harness/look";
import { BATON_APP, MAYA, type Simulator } from "../harness/simulator";
import { handedOver } from "../harness/team";
import { deployed, expect, type Inbox, test } from "../harness/test";

test.use({ demo: ["--conversations", "0"] });
test.slow();

const CUSTOMER = "Maya Lindqvist";

async function openOurs(openAs: (email: string) => Promise<Inbox>, simulator: Simulator): Promise<Inbox> {
  const inbox = await openAs("mia@example.test");
  await handedOver(inbox, simulator, MAYA, CUSTOMER);
  await inbox.open(CUSTOMER);
  await expect(inbox.chip).toHaveText("We have control");
  return inbox;
}

/** The code an authenticator app would show now (RFC 6238). */
function code(secret: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/\s/g, "")].map((one) => alphabet.indexOf(one).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", key).update(counter).digest();
  const offset = hash[hash.length - 1] & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

deployed("the set-up of an empty workspace is seen once, and leads to the inbox", async ({ page, deployment }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/set-up$/);
  await expect(page.locator("html[data-ready]")).toBeAttached();
  await judge(page, "set-up");
  await page.getByLabel("Email").fill("ann@example.test");
  await page.getByLabel("Your name").fill("Ann");
  await page.getByLabel("Workspace").fill("Shoe Shop");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Create workspace" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("Your name")).toHaveValue("Ann");
  await judge(page, "set-up-refused");
  await page.getByLabel("Password").fill("four little words more");
  await page.getByRole("button", { name: "Create workspace" }).click();
  await page.waitForURL(/\/inbox/);
  expect((await page.request.get("/set-up")).status(), "there is an owner").toBe(404);
  expect(deployment.log).not.toContain("four little words more");
});

test("the door of an invitation is judged, open and closed", async ({ openAs, browser }) => {
  const { page } = await openAs("ann@example.test");
  await page.goto("/settings/people");
  await expect(page.locator("html[data-ready]")).toBeAttached();
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await page.getByRole("dialog").getByLabel("Email").fill("nils@example.test");
  await page.getByRole("button", { name: "Make invitation link" }).click();
  const link = page.getByRole("dialog", { name: "Send them this link" }).getByLabel("Invitation link");
  await judge(page, "invitation-link");
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const guest = await context.newPage();
  await guest.goto(await link.inputValue());
  await expect(guest.getByText("Ann invites you to Shoe Shop as an agent.")).toBeVisible();
  await judge(guest, "join");
  await guest.goto(new URL("/join/no-such-link", page.url()).href);
  await expect(guest.getByRole("heading", { name: "This invitation is not valid" })).toBeVisible();
  await judge(guest, "join-unknown");
  await context.close();
});

test("the second step is judged from its making to its use", async ({ openAs, page, server }) => {
  const mia = await openAs("mia@example.test");
  const { password } = server.person("mia@example.test");
  await mia.goto("/settings/profile");
  await mia.page.getByRole("button", { name: "Turn on" }).click();
  const dialog = mia.page.getByRole("dialog", { name: "Two-factor sign-in" });
  await judge(mia.page, "two-factor-prove");
  await dialog.getByLabel("Password").fill(password);
  await dialog.getByRole("button", { name: "Continue" }).click();
  await expect(dialog.getByRole("img")).toBeVisible();
  await judge(mia.page, "two-factor-scan");
  await dialog.getByLabel("Code").fill(code((await dialog.locator("code").textContent()) ?? ""));
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await expect(dialog.getByRole("list", { name: "Recovery codes" })).toBeVisible();
  await judge(mia.page, "two-factor-codes");
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill("mia@example.test");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/sign-in\/code/);
  await expect(page.locator("html[data-ready]")).toBeAttached();
  await judge(page, "second-step");
});

test("tags, none and some, are judged", async ({ openAs, simulator }) => {
  const mia = await openOurs(openAs, simulator);
  await mia.goto("/settings/tags");
  await judge(mia.page, "settings-tags-none");
  const id = await conversation(mia);
  const origin = new URL(mia.page.url()).origin;
  for (const tag of ["vip", "wholesale", "returns often"]) {
    const body = { conversation: id, tag, on: true };
    const answer = await mia.page.request.post("/rpc/set-contact-tag", { data: body, headers: { origin } });
    expect(answer.ok(), await answer.text()).toBe(true);
  }
  await mia.goto("/settings/tags");
  await expect(mia.page.getByText("wholesale")).toBeVisible();
  await judge(mia.page, "settings-tags");
});

async function conversation(inbox: Inbox): Promise<string> {
  const found = await inbox.page.request.get("/api/v1/conversations?view=all");
  return ((await found.json()) as { items: { id: string }[] }).items[0].id;
}

test("the popovers of the list and the thread are judged", async ({ openAs, simulator }) => {
  const mia = await openOurs(openAs, simulator);
  await mia.page.keyboard.press("z");
  await expect(mia.page.getByRole("dialog", { name: "Snooze" })).toBeVisible();
  await judge(mia.page, "popover-snooze");
  await mia.page.keyboard.press("Escape");
  await mia.page.getByRole("button", { name: /^Assign/ }).click();
  await expectAccessible(mia.page, "the menu of people");
  await mia.page.keyboard.press("Escape");
  await mia.goto("/inbox/open");
  await mia.button("Filter").click();
  await expect(mia.page.getByRole("dialog", { name: "Filter" })).toBeVisible();
  await judge(mia.page, "popover-filter");
  await mia.page.keyboard.press("Escape");
  await mia.button("More for this list").click();
  await expectAccessible(mia.page, "the menu of the list");
});

test("the bell, empty and with a mention, is judged", async ({ openAs, simulator }) => {
  const mia = await openOurs(openAs, simulator);
  const tom = await openAs("tom@example.test");
  const bell = tom.page.getByRole("button", { name: /^Mentions/ });
  await bell.click();
  await expect(tom.page.getByText("Nobody has mentioned you")).toBeVisible();
  await judge(tom.page, "bell-empty");
  await tom.page.keyboard.press("Escape");
  await mia.page.getByRole("tab", { name: "Note" }).click();
  const note = mia.page.getByRole("textbox", { name: "Note for team" });
  await note.pressSequentially("Can you look at this, @Tom");
  await mia.page.getByRole("option", { name: /Tom/ }).click();
  await expectAccessible(mia.page, "a note that names somebody");
  await mia.page.getByRole("button", { name: "Add note for team" }).click();
  await expect(bell).toContainText("1");
  await bell.click();
  await expect(tom.page.getByRole("link", { name: /Mia mentioned you/ })).toBeVisible();
  await judge(tom.page, "bell");
});

test("the palette and the help are judged", async ({ openAs, simulator }) => {
  const mia = await openOurs(openAs, simulator);
  await mia.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await mia.page.keyboard.press("Control+k");
  await expect(mia.page.getByRole("dialog").getByRole("combobox")).toBeFocused();
  await judge(mia.page, "palette");
  await mia.page.getByRole("dialog").getByRole("combobox").fill("nothing of this name");
  await judge(mia.page, "palette-nothing");
  await mia.page.keyboard.press("Escape");
  await expect(mia.page.getByRole("dialog")).toBeHidden();
  await mia.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await mia.page.keyboard.press("?");
  await expect(mia.page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await judge(mia.page, "help");
});

test("a list and a thread that are on their way are judged", async ({ openAs, simulator }) => {
  const mia = await openOurs(openAs, simulator);
  await mia.goto("/inbox/open");
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await mia.page.route(/\/rpc\/(inbox|list|thread)$/, async (route) => {
    await held;
    await route.continue();
  });
  await mia.view("Closed").click();
  await expect(mia.page.locator(".list .skeleton")).toBeVisible();
  await judge(mia.page, "list-loading");
  release();
  await expect(mia.page.getByText("Nothing closed")).toBeVisible();
  await mia.page.unrouteAll({ behavior: "wait" });
  await mia.goto("/inbox/open");
  let open = () => {};
  const opening = new Promise<void>((resolve) => (open = resolve));
  await mia.page.route(/\/rpc\/thread$/, async (route) => {
    await opening;
    await route.continue();
  });
  await mia.row(CUSTOMER).click();
  await expect(mia.page.locator(".skeleton[data-kind=thread]")).toBeVisible();
  await judge(mia.page, "thread-loading");
  open();
  await expect(mia.bubbles.first()).toBeVisible();
  await mia.page.unrouteAll({ behavior: "wait" });
});

test("a list and a thread without a line are judged", async ({ openAs, simulator }) => {
  const mia = await openOurs(openAs, simulator);
  const line = await Line.of(mia);
  await line.cut();
  await expect(mia.page.getByText(/You are offline/).first()).toBeVisible();
  await judge(mia.page, "list-offline");
  await line.mend();
  await expect(mia.page.getByText(/You are offline/)).toHaveCount(0);
});

test("choosing pages after Facebook's dialog is judged", async ({ openAs }) => {
  const ann = await openAs("ann@example.test");
  await ann.page.goto(`/settings/pages/connect/facebook?app=${BATON_APP}`);
  await ann.page.getByRole("button", { name: "Continue" }).click();
  await ann.ready();
  await expect(ann.page.getByRole("heading", { name: "Choose your pages" })).toBeVisible();
  await judge(ann.page, "connect-choose");
});
