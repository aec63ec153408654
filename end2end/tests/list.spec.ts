// The list: filters in the address, snoozing, very many rows, and what somebody may not see.
import { expect, type Inbox, test } from "../harness/test";
import { MAYA, type Simulator, TOMAS } from "../harness/simulator";

const CUSTOMER = "Maya Lindqvist";
const OTHER = "Tomas Berg";

async function handedOver(simulator: Simulator, psid: string, name: string, ...inboxes: Inbox[]): Promise<void> {
  await simulator.customer(psid).writes("Can I talk to a person please?");
  await simulator.quiet();
  for (const inbox of inboxes) await expect(inbox.row(name)).toHaveAttribute("data-control", "ours");
}

/** The conversations whose rows are wholly in the frame of the list, from the top. */
function inFrame(list: Element): (string | null)[] {
  const { top, bottom } = list.getBoundingClientRect();
  const rows = [...list.querySelectorAll("[data-conversation]")];
  const inside = rows.filter((row) => row.getBoundingClientRect().top >= top && row.getBoundingClientRect().bottom <= bottom);
  return inside.map((row) => row.getAttribute("data-conversation"));
}

test.describe("a few conversations", () => {
  test.use({ demo: ["--conversations", "0"] });

  test("filters are in the address, survive a reload, and are taken away one by one", async ({ openAs, simulator }) => {
    const mia = await openAs("mia@example.test");
    await simulator.customer(TOMAS).writes("Where is my order?");
    await handedOver(simulator, MAYA, CUSTOMER, mia);
    await mia.button("Filter").click();
    const form = mia.page.getByRole("dialog", { name: "Filter" });
    await form.getByLabel("Who has control").selectOption("A bot has control");
    await expect(mia.rows).toHaveCount(1);
    await expect(mia.row(OTHER)).toBeVisible();
    await form.getByLabel("Assigned to").selectOption("Nobody");
    await expect(mia.page).toHaveURL(/owner=bot.*assignee=nobody/);
    await mia.page.keyboard.press("Escape");
    await expect(mia.page.getByRole("button", { name: "Filter, 2 set" })).toBeFocused();
    await mia.page.reload();
    await mia.ready();
    await expect(mia.rows).toHaveCount(1);
    await expect(mia.row(OTHER)).toBeVisible();
    await simulator.customer(TOMAS).writes("Can I talk to a person please?");
    await expect(mia.page.getByText("Nothing fits these filters")).toBeVisible();
    await mia.page.getByRole("link", { name: "Remove filter: A bot has control" }).click();
    await expect(mia.rows).toHaveCount(2);
    await mia.page.getByRole("link", { name: "Remove filter: Assigned to nobody" }).click();
    await expect(mia.page).toHaveURL(/\/inbox\/open$/);
  });

  test("a snoozed conversation leaves every list and comes back when the customer writes", async ({
    openAs,
    simulator,
  }) => {
    const mia = await openAs("mia@example.test");
    const tom = await openAs("tom@example.test");
    await handedOver(simulator, MAYA, CUSTOMER, mia, tom);
    await mia.open(CUSTOMER);
    await mia.page.keyboard.press("z");
    await mia.page.getByRole("dialog", { name: "Snooze" }).getByRole("button", { name: /^Tomorrow/ }).click();
    for (const inbox of [mia, tom]) {
      await expect(inbox.row(CUSTOMER)).toHaveCount(0);
      await inbox.counts("Snoozed", "1 unread");
    }
    await tom.view("Snoozed").click();
    await expect(tom.row(CUSTOMER).getByRole("img", { name: /^Snoozed until tomorrow 09:00/ })).toBeVisible();
    await simulator.customer(MAYA).writes("Still there?");
    await expect(mia.row(CUSTOMER)).toHaveCount(1);
    await tom.counts("Snoozed", "");
    await expect(tom.page.getByText("Nothing snoozed")).toBeVisible();
  });

  test("a snoozed conversation can be brought back by hand, from its button and from the palette", async ({
    openAs,
    simulator,
  }) => {
    const mia = await openAs("mia@example.test");
    await handedOver(simulator, MAYA, CUSTOMER, mia);
    await mia.open(CUSTOMER);
    const snooze = mia.page.getByRole("dialog", { name: "Snooze" });
    await mia.page.keyboard.press("z");
    await expect(snooze.getByRole("button", { name: "Bring it back now" })).toHaveCount(0);
    await snooze.getByRole("button", { name: /^Tomorrow/ }).click();
    await expect(mia.row(CUSTOMER)).toHaveCount(0);
    await mia.button("Snooze").click();
    await snooze.getByRole("button", { name: "Bring it back now" }).click();
    await expect(mia.row(CUSTOMER)).toHaveCount(1);
    await mia.page.keyboard.press("z");
    await snooze.getByRole("button", { name: "Until the customer writes" }).click();
    await expect(mia.row(CUSTOMER)).toHaveCount(0);
    await mia.page.keyboard.press("Control+k");
    await mia.page.keyboard.type("bring it back");
    await mia.page.keyboard.press("Enter");
    await expect(mia.row(CUSTOMER)).toHaveCount(1);
  });

  test("a list goes out as a file", async ({ openAs, simulator }) => {
    const mia = await openAs("mia@example.test");
    await handedOver(simulator, MAYA, CUSTOMER, mia);
    await mia.button("More for this list").click();
    const download = mia.page.waitForEvent("download");
    await mia.page.getByRole("menuitem", { name: /^Export as CSV/ }).click();
    expect((await download).suggestedFilename()).toBe("conversations.csv");
  });

  test("what the server does not answer is said, and the old rows stay", async ({ openAs, simulator }) => {
    const mia = await openAs("mia@example.test");
    await handedOver(simulator, MAYA, CUSTOMER, mia);
    await mia.page.route(/\/rpc\/inbox/, (route) => route.abort());
    await mia.page.getByRole("searchbox", { name: "Search" }).fill("person");
    await expect(mia.problem).toContainText("The server cannot be reached");
    await expect(mia.row(CUSTOMER)).toBeVisible();
    await mia.page.unroute(/\/rpc\/inbox/);
    await mia.button("Try again").click();
    await expect(mia.problem).toHaveCount(0);
    await expect(mia.row(CUSTOMER)).toBeVisible();
  });
});

test.describe("three hundred conversations", () => {
  test.use({ demo: ["--conversations", "300"] });
  test.slow();

  test("only the rows in the frame are drawn, and nothing moves while somebody reads", async ({ openAs, simulator }) => {
    const mia = await openAs("mia@example.test");
    const list = mia.page.locator(".list > .scroll");
    const drawn = () => mia.rows.count();
    expect(await drawn()).toBeLessThanOrEqual(60);
    for (let turn = 0; turn < 14; turn++) {
      await list.evaluate((list) => list.scrollBy(0, 1_200));
      await expect.poll(drawn).toBeLessThanOrEqual(60);
      await expect(mia.rows.first()).toBeVisible();
    }
    await expect.poll(() => list.evaluate((list) => list.scrollTop)).toBeGreaterThan(12_000);

    await list.evaluate((list) => list.scrollTo(0, 9_000));
    await expect.poll(() => list.evaluate(inFrame).then((rows) => rows.length)).toBeGreaterThan(5);
    const before = await list.evaluate(inFrame);
    await simulator.customer(MAYA).writes("Can I talk to a person please?");
    await expect(mia.page.getByRole("button", { name: /^\d+ new$/ })).toBeVisible();
    expect(await list.evaluate(inFrame)).toEqual(before);
    await mia.page.getByRole("button", { name: /^\d+ new$/ }).click();
    await expect(mia.rows.first()).toContainText(CUSTOMER);
  });

  test("the keyboard walks on where the mouse wheel would", async ({ openAs }) => {
    const mia = await openAs("mia@example.test");
    for (let turn = 0; turn < 70; turn++) await mia.page.keyboard.press("j");
    const open = mia.page.locator(".row[aria-selected=true]");
    await expect(open).toBeInViewport();
    await expect(open).toHaveAttribute("aria-posinset", "70");
    expect(await mia.rows.count()).toBeLessThanOrEqual(60);
    await mia.page.locator(".list > .scroll").evaluate((list) => list.scrollTo(0, 0));
    await expect(open, "the open row is drawn wherever it stands").toHaveCount(1);
  });
});
