// What an agent may not see is nowhere: no row, number, hit, address, file, call, and no byte on the way to their browser.
import type { Page } from "@playwright/test";
import { MAYA, type Simulator, TOMAS } from "../harness/simulator";
import { assign, handedOver, restrict } from "../harness/team";
import { expect, type Inbox, test } from "../harness/test";

test.use({ demo: ["--conversations", "0"], contextOptions: { permissions: ["notifications"] } });

const OWN = "Maya Lindqvist";
const FOREIGN = "Tomas Berg";
/** Only the foreign thread says it. */
const SECRET = "elderberries";

/** Both customers talk to the team; the thread of the one is given to somebody, as `menu` names them. */
async function shareOut(ann: Inbox, simulator: Simulator, menu: string): Promise<string> {
  await ann.goto("/inbox/all");
  await handedOver(ann, simulator, MAYA, OWN);
  await handedOver(ann, simulator, TOMAS, FOREIGN);
  await simulator.customer(TOMAS).writes(`Everything smells of ${SECRET}`);
  await expect(ann.row(FOREIGN)).toContainText(SECRET);
  await ann.open(OWN);
  await assign(ann, menu);
  return (await ann.row(FOREIGN).getAttribute("data-conversation")) ?? "";
}

/** Collects everything the server tells a browser from now on: answers, and what comes over sockets. */
function overhear(page: Page): () => Promise<string> {
  const heard: Promise<string>[] = [];
  page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => heard.push(Promise.resolve(String(payload)))));
  page.on("response", (response) => heard.push(response.text().catch(() => "")));
  return async () => (await Promise.all(heard)).join("\n");
}

/** Notes what the browser would show outside of its window. */
async function noteCalls(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const titles: string[] = [];
    class Told extends EventTarget {
      static permission = "granted";
      static requestPermission = () => Promise.resolve("granted");
      constructor(title: string, options: { body?: string }) {
        super();
        titles.push(`${title}: ${options.body ?? ""}`);
      }
      close() {}
    }
    Object.assign(window, { titles });
    Object.defineProperty(window, "Notification", { value: Told, configurable: true, writable: true });
    Object.defineProperty(document, "hasFocus", { value: () => false, configurable: true });
  });
  return () => page.evaluate(() => (window as unknown as { titles: string[] }).titles);
}

async function expectNoRowNoCounterNoHit(tom: Inbox, unassigned: string): Promise<void> {
  for (const view of ["all", "open", "unassigned", "with_bot", "mine"]) {
    await tom.goto(`/inbox/${view}`);
    await tom.counts("All open", "1 unread");
    await tom.counts("Unassigned", unassigned);
    await expect(tom.row(FOREIGN)).toHaveCount(0);
  }
  await tom.goto("/inbox/all");
  await expect(tom.rows).toHaveCount(1);
  for (const words of ["Tomas", SECRET]) {
    await tom.page.getByRole("searchbox", { name: "Search" }).fill(words);
    await expect(tom.rows).toHaveCount(0);
    await expect(tom.page.locator(".list")).not.toContainText("Berg");
  }
}

async function expectNoPaletteEntry(tom: Inbox): Promise<void> {
  await tom.goto("/inbox/all");
  for (const [words, found] of [["Lindqvist", 1], ["Berg", 0], [SECRET, 0]] as const) {
    await tom.page.keyboard.press("Control+k");
    await tom.page.getByRole("dialog").getByRole("combobox").fill(words);
    const customers = tom.page.getByRole("dialog").getByRole("option").filter({ hasText: /Lindqvist|Berg/ });
    await expect(customers).toHaveCount(found);
    await tom.page.keyboard.press("Escape");
  }
}

async function expectNoDeepLink(tom: Inbox, foreign: string): Promise<void> {
  for (const path of [`/inbox/all/${foreign}`, `/inbox/open/${foreign}`]) {
    await tom.goto(path);
    await expect(tom.page.getByText("This conversation cannot be shown")).toBeVisible();
    await expect(tom.page).not.toHaveTitle(/Tomas/);
  }
  const request = tom.page.request;
  for (const path of ["", "/messages", "/control", "/runs"]) {
    expect((await request.get(`/api/v1/conversations/${foreign}${path}`)).status(), path).toBe(404);
  }
}

async function expectNotInFile(tom: Inbox): Promise<void> {
  const file = await (await tom.page.request.get("/api/v1/conversations/export?view=all")).text();
  expect(file).toContain(OWN);
  expect(file).not.toContain(FOREIGN);
  expect(file).not.toContain(SECRET);
}

/** The customer of the foreign thread writes, then the other one, whose words prove that the first ones had their time. */
async function expectNothingLive(tom: Inbox, simulator: Simulator): Promise<void> {
  await tom.goto("/inbox/all");
  await expect(tom.page).toHaveTitle(/^\(1\)/);
  await simulator.customer(TOMAS).writes(`Still smells of ${SECRET}`);
  await simulator.customer(MAYA).writes("Are you there?");
  await expect(tom.row(OWN)).toContainText("Are you there?");
  await expect(tom.rows).toHaveCount(1);
  await tom.counts("All open", "1 unread");
  await expect(tom.page).toHaveTitle(/^\(1\)/);
}

for (const { sees, menu, unassigned } of [
  { sees: "Only their own", menu: "Tom", unassigned: "" },
  // What a team has and nobody of it is unassigned, for them too.
  { sees: "Their own and their teams'", menu: "Returns", unassigned: "1 unread" },
]) {
  test(`who sees “${sees}” meets no other conversation anywhere`, async ({ openAs, simulator }) => {
    test.slow();
    const ann = await openAs("ann@example.test");
    const foreign = await shareOut(ann, simulator, menu);
    await restrict(ann, "Tom", (page) => page.getByLabel(sees).check());

    const tom = await openAs("tom@example.test");
    const heard = overhear(tom.page);
    const calls = await noteCalls(tom.page);
    await expectNoRowNoCounterNoHit(tom, unassigned);
    await expectNoPaletteEntry(tom);
    await expectNotInFile(tom);
    await expectNoDeepLink(tom, foreign);
    await expectNothingLive(tom, simulator);
    expect((await calls()).filter((call) => !call.startsWith(OWN))).toEqual([]);
    const everything = await heard();
    expect(everything).toContain("Are you there?");
    for (const word of ["Tomas", "Berg", "smells"]) expect(everything, `the server told ${word}`).not.toContain(word);
  });
}

test("a conversation that is given away leaves the sight of an agent at once", async ({ openAs, simulator }) => {
  const ann = await openAs("ann@example.test");
  await shareOut(ann, simulator, "Tom");
  await restrict(ann, "Tom", (page) => page.getByLabel("Only their own").check());
  const tom = await openAs("tom@example.test");
  await tom.goto("/inbox/all");
  await tom.open(OWN);
  await ann.goto("/inbox/all");
  await ann.open(OWN);
  await assign(ann, "Zoe");
  await expect(tom.row(OWN)).toHaveCount(0);
  await expect(tom.log, "what lay open closes").toBeHidden();
  await tom.counts("All open", "");
  await expect(tom.page).not.toHaveTitle(/^\(/);
});

test("an agent who may not take over finds no way to", async ({ openAs, simulator }) => {
  const ann = await openAs("ann@example.test");
  await restrict(ann, "Tom", (page) => page.getByLabel("Take over from a bot").uncheck());
  await simulator.customer(TOMAS).writes("Where is my order?");
  await simulator.quiet();
  const tom = await openAs("tom@example.test");
  await tom.goto("/inbox/all");
  await tom.open(FOREIGN);
  await expect(tom.chip).toHaveText("SalesBot has control");
  await expect(tom.page.getByText("You may not take over from a bot. Write a note, or ask a manager.")).toBeVisible();
  await expect(tom.page.getByRole("button", { name: /^(Take over|Write anyway)/ })).toHaveCount(0);
  await tom.page.keyboard.press("t");
  await tom.page.keyboard.press("Control+k");
  await tom.page.getByRole("dialog").getByRole("combobox").fill("take over");
  await tom.page.keyboard.press("Enter");
  await tom.page.keyboard.press("Escape");
  const id = await tom.row(FOREIGN).getAttribute("data-conversation");
  const origin = new URL(tom.page.url()).origin;
  const refused = await tom.page.request.post(`/api/v1/conversations/${id}/take-over`, { data: {}, headers: { origin } });
  expect(refused.status()).toBe(403);
  await expect(tom.chip).toHaveText("SalesBot has control");
  await tom.page.getByRole("tab", { name: "Note" }).click();
  await expect(tom.page.getByRole("textbox", { name: "Note for team" })).toBeVisible();
});

test("an agent who may not export finds no menu for it, and gets no file", async ({ openAs, simulator }) => {
  const ann = await openAs("ann@example.test");
  await restrict(ann, "Tom", (page) => page.getByLabel("Export conversations").uncheck());
  await simulator.customer(TOMAS).writes("Where is my order?");
  const tom = await openAs("tom@example.test");
  await tom.goto("/inbox/all");
  await expect(tom.row(FOREIGN)).toBeVisible();
  const more = tom.button("More for this list");
  if (await more.isVisible()) await more.click();
  await expect(tom.page.getByRole("menuitem", { name: /^Export/ })).toHaveCount(0);
  expect((await tom.page.request.get("/api/v1/conversations/export?view=all")).status()).toBe(403);
});
