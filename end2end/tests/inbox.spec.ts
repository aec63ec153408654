// The work of a team in the list: views, counters, who does what, what is done, how far answers have come.
import { judge } from "../harness/look";
import { expect, type Inbox, test } from "../harness/test";
import { BATON_APP, MAYA, type Simulator, TOMAS } from "../harness/simulator";

test.use({ demo: ["--conversations", "0"] });

const CUSTOMER = "Maya Lindqvist";
const OTHER = "Tomas Berg";

/** The bot has passed a conversation to the team, and every list shows it. */
async function handedOver(simulator: Simulator, psid: string, name: string, ...inboxes: Inbox[]): Promise<void> {
  await simulator.customer(psid).writes("Can I talk to a person please?");
  await simulator.quiet();
  for (const inbox of inboxes) await expect(inbox.row(name)).toHaveAttribute("data-control", "ours");
}

async function assign(inbox: Inbox, to: string): Promise<void> {
  await inbox.page.getByRole("button", { name: /^Assign/ }).click();
  await inbox.page.getByRole("menuitemradio", { name: to, exact: true }).click();
}

test("views and their counters follow every conversation live", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  const stillLoaded = await mia.remember();
  for (const view of ["Mine", "Unassigned", "All open", "With bot", "Closed"]) await mia.counts(view, "");

  await simulator.customer(TOMAS).writes("Where is my order?");
  await mia.counts("With bot", "1");
  await mia.counts("All open", "1");
  await handedOver(simulator, MAYA, CUSTOMER, mia);
  await mia.counts("All open", "1 unread");
  await mia.counts("Unassigned", "1 unread");
  await mia.counts("With bot", "1");
  await expect(mia.page).toHaveTitle("(1) Inbox · Baton");

  await mia.view("With bot").click();
  await expect(mia.rows).toHaveCount(1);
  await expect(mia.row(OTHER)).toBeVisible();
  await mia.view("Unassigned").click();
  await expect(mia.rows).toHaveCount(1);
  await expect(mia.row(CUSTOMER)).toBeVisible();
  await mia.view("Closed").click();
  await expect(mia.rows).toHaveCount(0);
  await expect(mia.page.getByText("Nothing closed")).toBeVisible();

  await simulator.customer(TOMAS).writes("Can I talk to a person please?");
  await mia.counts("With bot", "");
  await mia.counts("Unassigned", "2 unread");
  await stillLoaded();
});

test("only unread conversations and conversations with certain words can be listed", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await simulator.customer(TOMAS).writes("Are the winter boots waterproof?");
  await handedOver(simulator, MAYA, CUSTOMER, mia);
  await expect(mia.rows).toHaveCount(2);
  await mia.button("Filter").click();
  await mia.page.getByRole("checkbox", { name: "Unread only" }).check();
  await expect(mia.rows).toHaveCount(1);
  await expect(mia.row(CUSTOMER)).toBeVisible();
  await mia.page.getByRole("checkbox", { name: "Unread only" }).uncheck();
  await expect(mia.rows).toHaveCount(2);
  await mia.page.keyboard.press("Escape");
  await mia.page.getByRole("searchbox", { name: "Search" }).fill("WATERPROOF");
  await expect(mia.rows).toHaveCount(1);
  await expect(mia.row(OTHER)).toBeVisible();
  await expect(mia.page).toHaveURL(/q=WATERPROOF/);
  await mia.page.getByRole("searchbox", { name: "Search" }).fill("no such words");
  await expect(mia.page.getByText("Nothing found for “no such words”")).toBeVisible();
});

test("opening leaves a conversation unread for the team; marking it is for everybody", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  const tom = await openAs("tom@example.test");
  const both = [mia, tom];
  await handedOver(simulator, MAYA, CUSTOMER, ...both);
  for (const inbox of both) {
    await inbox.open(CUSTOMER);
    await expect(inbox.row(CUSTOMER)).toHaveAttribute("data-unread", "true");
  }
  await mia.button("Mark as read").click();
  for (const inbox of both) {
    await expect(inbox.row(CUSTOMER)).toHaveAttribute("data-unread", "false");
    await expect(inbox.button("Mark as unread")).toBeVisible();
    await inbox.counts("All open", "1");
  }
  await tom.button("Mark as unread").click();
  for (const inbox of both) {
    await expect(inbox.row(CUSTOMER)).toHaveAttribute("data-unread", "true");
    await inbox.counts("All open", "1 unread");
  }
});

test("assigning a conversation by hand shows in every browser at once", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  const tom = await openAs("tom@example.test");
  const both = [mia, tom];
  await handedOver(simulator, MAYA, CUSTOMER, ...both);
  for (const inbox of both) await inbox.open(CUSTOMER);

  await assign(mia, "Tom");
  for (const inbox of both) {
    await expect(inbox.button("Assign, now Tom")).toBeVisible();
    await expect(inbox.row(CUSTOMER).getByRole("img", { name: "Assigned to Tom" })).toBeVisible();
    await expect(inbox.row(CUSTOMER), "assigning asks nobody for attention").toHaveAttribute("data-unread", "true");
    await inbox.counts("Unassigned", "");
  }
  await tom.counts("Mine", "1 unread");
  await mia.counts("Mine", "");

  await assign(tom, "Returns");
  for (const inbox of both) await expect(inbox.button("Assign, now Returns")).toBeVisible();
  await assign(tom, "Me");
  await expect(mia.button("Assign, now Tom")).toBeVisible();
  await assign(mia, "Nobody");
  for (const inbox of both) {
    await expect(inbox.button("Assign")).toBeVisible();
    await inbox.counts("Unassigned", "1 unread");
  }
});

test("a closed conversation leaves the open ones, and comes back by hand or when the customer writes", async ({
  openAs,
  simulator,
}) => {
  const mia = await openAs("mia@example.test");
  await handedOver(simulator, MAYA, CUSTOMER, mia);
  await mia.open(CUSTOMER);
  await mia.button("Close").click();
  await expect(mia.row(CUSTOMER)).toHaveCount(0);
  await mia.counts("Closed", "1");
  await mia.counts("All open", "");
  await mia.button("Reopen").click();
  await expect(mia.row(CUSTOMER)).toHaveCount(1);
  await mia.counts("Closed", "");

  await mia.answerAnd("Goodbye, Maya!", "Send and close");
  await mia.counts("Closed", "1");
  await expect(mia.bubble("Goodbye")).toHaveAttribute("data-delivery", "delivered");
  await simulator.customer(MAYA).writes("One more question");
  await expect(mia.row(CUSTOMER)).toHaveAttribute("data-unread", "true");
  await mia.counts("Closed", "");
});

test("the history says who had control when, and how that is known", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await handedOver(simulator, MAYA, CUSTOMER, mia);
  await mia.open(CUSTOMER);
  await expect(mia.timeline.first()).toContainText("Our inbox");
  await expect(mia.timeline.first()).toContainText("an app passed the thread on");
  await expect(mia.timeline.first()).toContainText("customer asked for a person");
  await expect(mia.timeline.last()).toContainText("SalesBot");
  await mia.button("Reset control").click();
  await expect(mia.timeline.first()).toContainText("Nobody (idle)");
  await expect(mia.timeline.first()).toContainText("Mia · reset by our team");
});

test("an answer is sent, then delivered, then read", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await handedOver(simulator, MAYA, CUSTOMER, mia);
  await mia.open(CUSTOMER);
  await simulator.next("send", { kind: "delay", ms: 1_500 });
  await mia.answer("Hello Maya, this is Mia.");
  const bubble = mia.bubble("this is Mia");
  await expect(bubble, "it shows before the server has it").toHaveAttribute("data-delivery", /^(sending|queued)$/);
  await expect(mia.field).toHaveValue("");
  await expect(bubble).toHaveAttribute("data-delivery", "delivered");
  await expect(mia.around("this is Mia").getByRole("img", { name: "Delivered" })).toBeVisible();
  await simulator.customer(MAYA).reads();
  await expect(bubble).toHaveAttribute("data-delivery", "read");
  await expect(mia.around("this is Mia").getByRole("img", { name: "Read" })).toBeVisible();
  await expect(bubble).toHaveCount(1);
});

test("an answer Facebook refuses says why, marks its row, and can be tried again", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await handedOver(simulator, MAYA, CUSTOMER, mia);
  await mia.open(CUSTOMER);
  await simulator.next("send", { kind: "refuse", status: 400, code: 551, subcode: null });
  await mia.answer("Hello Maya, this is Mia.");
  const failed = mia.bubbles.and(mia.page.locator("[data-delivery=failed]"));
  await expect(failed).toHaveText("Hello Maya, this is Mia.");
  await expect(mia.around("this is Mia")).toContainText("This customer cannot be reached");
  const mark = mia.row(CUSTOMER).getByRole("img", { name: "A message may not have arrived" });
  await expect(mark).toBeVisible();
  await judge(mia.page, "answer-failed");
  await mia.around("this is Mia").getByRole("button", { name: "Try again" }).click();
  await expect(mia.bubbles.last()).toHaveAttribute("data-delivery", "delivered");
  await expect(mia.bubbles.last()).toHaveText("Hello Maya, this is Mia.");
  await expect(mark, "the row is whole again").toHaveCount(0);
  expect(await simulator.sentByUs()).toEqual(["Hello Maya, this is Mia."]);
});

test("an answer whose fate is not known is not sent again; the echo settles it", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await handedOver(simulator, MAYA, CUSTOMER, mia);
  await mia.open(CUSTOMER);
  await simulator.webhooks({ delay_ms: 3_000 });
  await simulator.next("send", { kind: "accept_then_drop" });
  await mia.answer("Hello Maya, this is Mia.");
  await expect(mia.bubble("this is Mia")).toHaveAttribute("data-delivery", "unknown");
  await expect(mia.around("this is Mia")).toContainText("We cannot tell whether it arrived");
  await expect(mia.bubble("this is Mia")).toHaveAttribute("data-delivery", "delivered");
  await expect(mia.bubble("this is Mia")).toHaveCount(1);
  expect(await simulator.sentByUs()).toEqual(["Hello Maya, this is Mia."]);
});

test("a page whose permission expired is said to be disconnected, and what is written waits", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await handedOver(simulator, MAYA, CUSTOMER, mia);
  await mia.open(CUSTOMER);
  await simulator.administrator(BATON_APP, { token_expired: true });
  await mia.answer("Hello Maya, this is Mia.");
  const banner = mia.page.getByRole("status").filter({ hasText: "Shoe Shop is disconnected" });
  await expect(banner).toContainText("Facebook's permission for this page has expired.");
  await expect(mia.page.getByText("This page cannot send right now.")).toBeVisible();
  await expect(mia.bubble("this is Mia")).toHaveAttribute("data-delivery", "queued");
  expect(await simulator.sentByUs()).toEqual([]);
});

test("a customer's reaction, attachment and tapped button appear in words", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await handedOver(simulator, MAYA, CUSTOMER, mia);
  await mia.open(CUSTOMER);
  const customer = simulator.customer(MAYA);
  await mia.answer("Hello Maya, this is Mia.");
  await expect(mia.bubble("this is Mia")).toHaveAttribute("data-delivery", "delivered");
  const sent = (await simulator.sends()).find((one) => one.app === BATON_APP);
  await customer.reacts(sent?.mid ?? "", "❤");
  await expect(mia.around("this is Mia")).toContainText("❤");
  await customer.attaches("image", "https://cdn.invalid/shoe.png");
  await expect(mia.bubbles.last()).toContainText("Photo");
  await customer.taps("Track my order", "TRACK");
  await expect(mia.bubbles.last()).toContainText("Track my order");
});

test("the whole desk can be worked with the keyboard", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await handedOver(simulator, MAYA, CUSTOMER, mia);
  await simulator.customer(TOMAS).writes("Where is my order?");
  await expect(mia.rows).toHaveCount(2);
  const { keyboard } = mia.page;
  await keyboard.press("j");
  await expect(mia.row(OTHER)).toHaveAttribute("aria-selected", "true");
  await expect(mia.chip).toHaveText("SalesBot has control");
  await keyboard.press("t");
  await expect(mia.chip).toHaveText("We have control");
  await expect(mia.field).toBeFocused();
  await keyboard.type("I look for it, Tomas");
  await keyboard.press("Control+Enter");
  await expect(mia.bubble("I look for it, Tomas")).toHaveAttribute("data-delivery", "delivered");
  await keyboard.press("Escape");
  await expect(mia.row(OTHER)).toBeFocused();
  await keyboard.press("b");
  await expect(mia.chip).toHaveText(/^Idle/);
  await keyboard.press("j");
  await expect(mia.row(CUSTOMER)).toHaveAttribute("aria-selected", "true");
  await expect(mia.chip).toHaveText("We have control");
  await keyboard.press("i");
  await expect(mia.button("Assign, now Mia")).toBeVisible();
  await keyboard.press("u");
  await expect(mia.row(CUSTOMER)).toHaveAttribute("data-unread", "false");
  await keyboard.press("Shift+?");
  await expect(mia.page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await keyboard.press("Escape");
  await keyboard.press("e");
  await mia.counts("Closed", "1");
});
