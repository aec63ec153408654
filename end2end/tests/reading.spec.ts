// Reading a thread: older messages, what is new, what a bot says when it hands over, and what it is told back.
import { judge } from "../harness/look";
import { Meta } from "../harness/meta";
import { BOT_APP, MAYA, TOMAS } from "../harness/simulator";
import { handedOver } from "../harness/team";
import { expect, type Inbox, test } from "../harness/test";

test.use({ demo: ["--conversations", "0"] });

const CUSTOMER = "Maya Lindqvist";
const OTHER = "Tomas Berg";

/** Maya has written so many messages; none of them is about boots but the third. */
async function wrote(server: { inbox: string }, count: number): Promise<Meta> {
  const meta = new Meta(server.inbox);
  for (let n = 0; n < count; n++) {
    const text = n === 2 ? "Do you have red boots?" : `Message ${n}${n % 7 === 0 ? ", and a long one at that".repeat(6) : ""}`;
    await meta.tells({ message: { mid: `m_${n}`, text } });
  }
  return meta;
}

/** How far below the top of the screen a message stands, in pixels. */
async function heightOf(inbox: Inbox, text: string): Promise<number> {
  return inbox.bubble(text).evaluate((bubble) => bubble.getBoundingClientRect().top);
}

/** Scrolls up to where the thread ends for now. */
async function toTheTop(inbox: Inbox): Promise<void> {
  await inbox.page.getByRole("region", { name: /^Messages with/ }).evaluate((scroller) => {
    scroller.scrollTop = -scroller.scrollHeight;
  });
}

test("older messages are put before without moving what is being read", async ({ openAs, server }) => {
  test.slow();
  await wrote(server, 130);
  const mia = await openAs("mia@example.test");
  await mia.open(CUSTOMER);
  await expect(mia.bubbles.last()).toBeInViewport();
  const shown = await mia.bubbles.count();
  expect(shown).toBeLessThan(130);
  const earlier = mia.button("Show earlier messages");
  let before = shown;
  for (let turn = 0; turn < 8 && (await earlier.count()) > 0; turn++) {
    await toTheTop(mia);
    await expect(earlier).toBeInViewport();
    const read = await mia.bubbles.first().evaluate((bubble) => bubble.getAttribute("data-message") ?? "");
    const place = () => mia.page.locator(`[data-message="${read}"]`).evaluate((bubble) => bubble.getBoundingClientRect().top);
    const was = await place();
    await earlier.click();
    await expect.poll(() => mia.bubbles.count()).toBeGreaterThan(before);
    before = await mia.bubbles.count();
    expect(Math.abs((await place()) - was), "the message that was read has moved").toBeLessThanOrEqual(2);
  }
  await expect(mia.bubbles).toHaveCount(130);
  await toTheTop(mia);
  await expect(mia.page.getByText("This is where the conversation begins.")).toBeInViewport();
});

test("what arrives while one reads further up is counted, moves nothing, and is one click away", async ({ openAs, server }) => {
  const meta = await wrote(server, 60);
  const mia = await openAs("mia@example.test");
  await mia.open(CUSTOMER);
  await mia.page.getByRole("region", { name: /^Messages with/ }).evaluate((scroller) => {
    scroller.scrollTop = -900;
  });
  await expect(mia.bubbles.last()).not.toBeInViewport();
  const reading = "Message 45";
  const was = await heightOf(mia, reading);
  await meta.tells({ message: { mid: "m_new", text: "Something new" } });
  const pill = mia.page.getByRole("button", { name: /^(New message|\d+ new messages)$/ });
  await expect(pill).toBeVisible();
  expect(Math.abs((await heightOf(mia, reading)) - was)).toBeLessThanOrEqual(2);
  await judge(mia.page, "reading-news");
  await pill.click();
  await expect(mia.bubble("Something new")).toBeInViewport();
  await expect(pill).toBeHidden();
});

test("what one had not seen begins with a line, which is gone the next time", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await handedOver(mia, simulator, MAYA, CUSTOMER);
  const seen = mia.page.waitForResponse(/\/rpc\/seen/);
  await mia.open(CUSTOMER);
  await seen;
  await mia.goto("/inbox/open");
  await simulator.customer(MAYA).writes("The first that is new");
  await simulator.customer(MAYA).writes("The second that is new");
  await expect(mia.row(CUSTOMER)).toContainText("The second that is new");
  await mia.open(CUSTOMER);
  const line = mia.log.locator("[data-unseen]");
  await expect(line).toHaveText("New");
  const order = await mia.log.evaluate((log) => {
    const line = log.querySelector("[data-unseen]");
    const all = [...log.querySelectorAll("[data-message]")];
    const after = (one: Element) => Boolean(line && line.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    return all.filter(after).map((one) => one.textContent ?? "");
  });
  expect(order).toEqual([expect.stringContaining("The first that is new"), expect.stringContaining("The second that is new")]);
  await judge(mia.page, "reading-unseen");
  await mia.goto("/inbox/open");
  await mia.open(CUSTOMER);
  await expect(line).toHaveCount(0);
});

test("what came while one was at another conversation begins with a line, too", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await handedOver(mia, simulator, MAYA, CUSTOMER);
  await handedOver(mia, simulator, TOMAS, OTHER);
  await mia.open(CUSTOMER);
  await mia.open(OTHER);
  await simulator.customer(MAYA).writes("The first that is new");
  await expect(mia.row(CUSTOMER)).toContainText("The first that is new");
  await mia.open(CUSTOMER);
  const line = mia.log.locator("[data-unseen]");
  await expect(line).toHaveText("New");
  await mia.open(OTHER);
  await mia.open(CUSTOMER);
  await expect(line).toHaveCount(0);
});

test("a hand-over says what the bot knows, what the customer told it, and how long they wait", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  const maya = simulator.customer(MAYA);
  await maya.writes("Where is my order?");
  await simulator.quiet();
  await maya.writes("Can I talk to a person please?");
  await simulator.quiet();
  await mia.open(CUSTOMER);
  const brief = mia.page.getByLabel("What the bot says about it");
  await expect(brief).toContainText("customer asked for a person");
  await expect(brief).toContainText("Order 48 190");
  await expect(brief.locator("q")).toHaveText(["Where is my order?", "Can I talk to a person please?"]);
  await expect(brief).toContainText(/Waiting for/);
  await judge(mia.page, "reading-brief");
  await mia.answer("Here I am");
  await expect(brief.locator("q"), "an answer ends it").toHaveCount(0);
  await expect(mia.page.getByText(/^Waiting for/)).toHaveCount(0);
});

test("a bot that gets a thread back is told how it went, in numbers and names", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await handedOver(mia, simulator, MAYA, CUSTOMER);
  await mia.open(CUSTOMER);
  await mia.answer("Your parcel leaves today");
  await expect(mia.bubble("Your parcel leaves today")).toHaveAttribute("data-delivery", "delivered");
  await simulator.customer(MAYA).writes("My secret is elderberries");
  await expect(mia.bubble("elderberries")).toBeVisible();
  const id = await mia.row(CUSTOMER).getAttribute("data-conversation");
  const origin = new URL(mia.page.url()).origin;
  const address = `/api/v1/conversations/${id}/reset-control`;
  const answer = await mia.page.request.post(address, { data: { to: BOT_APP }, headers: { origin } });
  expect(answer.ok(), await answer.text()).toBe(true);
  await expect(mia.chip).toHaveText("SalesBot has control");
  await expect(mia.log.getByText("The thread was passed to SalesBot").or(mia.log.getByText("Mia reset control")).first()).toBeVisible();
  const calls = (await (await fetch(`${simulator.address}/sim/events`)).json()) as { title: string; body?: unknown }[];
  const passed = JSON.stringify(calls.filter((call) => JSON.stringify(call).includes("handed_back")));
  expect(passed).toContain("Mia");
  expect(passed).toMatch(/answers\\*":1/);
  expect(passed).toMatch(/bot_status\\*":\\*"On/);
  expect(passed, "never the customer's words").not.toContain("elderberries");
});

test("searching leads from place to place, and says when there is none", async ({ openAs, server }) => {
  await wrote(server, 70);
  const mia = await openAs("mia@example.test");
  await mia.open(CUSTOMER);
  await mia.page.getByRole("button", { name: "Search in this conversation" }).click();
  const field = mia.page.getByRole("searchbox", { name: "Search in this conversation" });
  await expect(field).toBeFocused();
  await field.fill("nothing like it");
  await expect(mia.page.getByText("Nothing found")).toBeVisible();
  await expect(mia.page.getByRole("button", { name: /^Older place/ })).toBeDisabled();
  await field.fill("red BOOTS");
  await expect(mia.page.getByText("1 of 1")).toBeVisible();
  await expect(mia.log.locator("[data-marked]")).toHaveText(/Do you have red boots\?/);
  await expect(mia.log.locator("[data-marked]")).toBeInViewport();
  await judge(mia.page, "reading-search");
  await mia.page.keyboard.press("Escape");
  await expect(field).toBeHidden();
});
