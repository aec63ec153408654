// Writing where somebody else has control (CR-22 to CR-24), and everything that may come between.
import { expect, type Inbox, test } from "../harness/test";
import { BATON_APP, MAYA, type Simulator, TOMAS } from "../harness/simulator";

test.use({ demo: ["--conversations", "0"] });

const CUSTOMER = "Maya Lindqvist";

/** Maya talks to the bot, and the agent has her conversation open. */
async function withTheBot(simulator: Simulator, ...inboxes: Inbox[]): Promise<void> {
  await simulator.customer(MAYA).writes("Hi! Do you have the Fjord Runner in 39?");
  await simulator.quiet();
  for (const inbox of inboxes) {
    await inbox.open(CUSTOMER);
    await inbox.authors("customer", "bot");
    await expect(inbox.chip).toHaveText("SalesBot has control");
  }
}

/** The bot has passed Maya's conversation to the team, and the agents have it open. */
async function withTheTeam(simulator: Simulator, ...inboxes: Inbox[]): Promise<void> {
  await simulator.customer(MAYA).writes("Can I talk to a person please?");
  await simulator.quiet();
  for (const inbox of inboxes) {
    await inbox.open(CUSTOMER);
    await expect(inbox.chip).toHaveText("We have control");
  }
}

test("sending into the bot's dialogue warns first, then takes over and sends", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await withTheBot(simulator, mia);
  await mia.button("Write anyway").click();
  await expect(mia.page.getByText("Cutting in may confuse Maya")).toBeVisible();
  expect(await simulator.sentByUs()).toEqual([]);
  await mia.answer("Hello Maya, a person here: yes, one pair is left.");
  await expect(mia.chip).toHaveText("We have control");
  await expect(mia.bubble("one pair is left")).toHaveAttribute("data-delivery", "delivered");
  await expect(mia.row(CUSTOMER)).toHaveAttribute("data-control", "ours");
  await expect(mia.row(CUSTOMER)).toHaveAttribute("data-unread", "false");
  await expect(mia.button("Assign, now Mia")).toBeVisible();
  await expect(mia.field).toHaveValue("");
  expect(await simulator.sentByUs()).toEqual(["Hello Maya, a person here: yes, one pair is left."]);
});

test("the bot can be left to talk after the warning", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await withTheBot(simulator, mia);
  await mia.button("Write anyway").click();
  await mia.button("Leave it to the bot").click();
  await expect(mia.button("Write anyway")).toBeVisible();
  await expect(mia.send).toBeHidden();
});

test("a button takes over, assigns the conversation, and leaves it to the agent to write", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  const tom = await openAs("tom@example.test");
  await withTheBot(simulator, mia, tom);
  await mia.button("Take over").click();
  for (const inbox of [mia, tom]) {
    await expect(inbox.chip).toHaveText("We have control");
    await expect(inbox.lock(CUSTOMER)).toHaveCount(0);
    await expect(inbox.button("Assign, now Mia")).toBeVisible();
    await expect(inbox.log.getByText("Mia took over")).toBeVisible();
    await expect(inbox.timeline.first()).toContainText("Mia");
  }
  await expect(mia.field).toBeFocused();
  expect(await simulator.sentByUs()).toEqual([]);
});

test("control is passed to a bot by its name", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await withTheTeam(simulator, mia);
  await mia.button("Pass to a bot").click();
  await mia.page.getByRole("menuitem", { name: /^Pass to SalesBot/ }).click();
  await expect(mia.chip).toHaveText("SalesBot has control");
  await expect(mia.lock(CUSTOMER)).toBeVisible();
  await expect(mia.button("Pass to a bot"), "only who has control gives it away").toHaveCount(0);
});

test("when Facebook refuses the take-over nothing is sent, the text stays, and the reason and its fix are shown", async ({
  openAs,
  simulator,
}) => {
  const mia = await openAs("mia@example.test");
  await withTheBot(simulator, mia);
  await simulator.administrator(BATON_APP, { take_control: false });

  await mia.button("Write anyway").click();
  await mia.answer("Hello Maya, a person here.");
  await expect(mia.problem).toContainText("“Take control of conversations” is off for our app");
  await expect(mia.problem).toContainText("Advanced Messaging");
  await expect(mia.field).toHaveValue("Hello Maya, a person here.");
  await expect(mia.bubble("a person here")).toHaveCount(0);
  await expect(mia.chip).toHaveText("SalesBot has control");

  await simulator.quiet();
  expect(await simulator.sentByUs()).toEqual([]);

  await simulator.administrator(BATON_APP, { take_control: true });
  await mia.send.click();
  await expect(mia.bubble("a person here")).toHaveAttribute("data-delivery", "delivered");
  await expect(mia.problem).toHaveCount(0);
  await expect(mia.field).toHaveValue("");
  expect(await simulator.sentByUs()).toEqual(["Hello Maya, a person here."]);
});

test("the button, too, says why Facebook refused", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await withTheBot(simulator, mia);
  await simulator.administrator(BATON_APP, { take_control: false });
  await mia.button("Take over").click();
  await expect(mia.problem).toContainText("“Take control of conversations” is off for our app");
  await expect(mia.chip).toHaveText("SalesBot has control");
  await expect(mia.lock(CUSTOMER)).toBeVisible();
});

test("of two agents who take over at the same moment one wins, and the other is told who", async ({ openAs, simulator }) => {
  const agents = [
    { name: "Mia", inbox: await openAs("mia@example.test") },
    { name: "Tom", inbox: await openAs("tom@example.test") },
  ];
  await withTheBot(simulator, ...agents.map(({ inbox }) => inbox));
  await simulator.next("take", { kind: "delay", ms: 1_500 });
  await Promise.all(agents.map(({ inbox }) => inbox.button("Take over").click()));

  await expect(agents[0].inbox.chip).toHaveText("We have control");
  await expect(agents[1].inbox.chip).toHaveText("We have control");
  const told = () => Promise.all(agents.map(({ inbox }) => inbox.problem.count()));
  await expect.poll(async () => (await told()).toSorted(), "exactly one of them is told").toEqual([0, 1]);
  const refusals = await told();
  const winner = agents[refusals.indexOf(0)];
  const loser = agents[refusals.indexOf(1)];
  await expect(loser.inbox.problem).toContainText(`${winner.name} took this conversation first.`);
  for (const { inbox } of agents) {
    await expect(inbox.button(`Assign, now ${winner.name}`)).toBeVisible();
    await expect(inbox.timeline.first()).toContainText(winner.name);
  }
});

test("where it is not known who has control, Facebook is asked before the message leaves", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  // Nobody can be asked, and the bot's answer, which would tell, does not arrive.
  await simulator.webhooks({ drop_echo: 1 });
  await simulator.next("owner", { kind: "refuse", status: 500, code: 2 }, 1_000);
  await simulator.customer(MAYA).writes("Hi! Do you have the Fjord Runner in 39?");
  await simulator.quiet();
  await mia.open(CUSTOMER);
  await expect(mia.row(CUSTOMER)).toHaveAttribute("data-control", "unknown");
  await expect(mia.chip).toHaveText("Not known. Re-sync");
  await expect(mia.page.getByText("Facebook is asked before your message leaves")).toBeVisible();

  await simulator.heal();
  await mia.answer("Hello Maya, a person here.");
  await expect(mia.problem).toContainText("SalesBot has control of this thread");
  await expect(mia.field).toHaveValue("Hello Maya, a person here.");
  await expect(mia.chip).toHaveText("SalesBot has control");
  await expect(mia.bubble("I am SalesBot"), "what was missed is fetched").toBeVisible();
  expect(await simulator.sentByUs()).toEqual([]);

  await mia.button("Write anyway").click();
  await mia.send.click();
  await expect(mia.chip).toHaveText("We have control");
  await expect(mia.bubble("a person here")).toHaveAttribute("data-delivery", "delivered");
  expect(await simulator.sentByUs()).toEqual(["Hello Maya, a person here."]);
});

test("re-sync asks Facebook who has control, finds what no webhook told, and says when that was", async ({
  openAs,
  simulator,
}) => {
  const mia = await openAs("mia@example.test");
  // Without the standby channel we hear neither the bot taking the thread nor what it says.
  await withTheTeam(simulator, mia);
  await simulator.administrator(BATON_APP, { standby: false });
  await simulator.webhooks({ drop_echo: 1, delay_ms: 600_000 });
  await simulator.customer(MAYA).isTakenByBot();
  await expect(mia.chip).toHaveText("We have control");
  await mia.button("Re-sync").click();
  await expect(mia.chip).toHaveText("SalesBot has control");
  await expect(mia.lock(CUSTOMER)).toHaveAccessibleName("Controlled by SalesBot");
  await expect(mia.timeline.first()).toContainText("Facebook said so");
  await expect(mia.page.getByRole("group", { name: "Control of this thread" })).toContainText(/proven \d\d:\d\d/);
});

test("a colleague's newer answer stops the send once, and sending again confirms it", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  const tom = await openAs("tom@example.test");
  await withTheTeam(simulator, mia, tom);
  await tom.field.fill("Hello Maya, I have a pair for you.");
  await mia.answer("Hello Maya, I am on it.");
  await expect(tom.bubble("I am on it")).toBeVisible();

  await tom.send.click();
  await expect(tom.problem).toContainText(/Mia answered \d+ s ago\. Read it, then send again/);
  await expect(tom.field).toHaveValue("Hello Maya, I have a pair for you.");
  expect(await simulator.sentByUs()).toEqual(["Hello Maya, I am on it."]);

  await tom.send.click();
  await expect(tom.bubble("I have a pair")).toHaveAttribute("data-delivery", "delivered");
  await expect(tom.problem).toHaveCount(0);
  expect(await simulator.sentByUs()).toEqual(["Hello Maya, I am on it.", "Hello Maya, I have a pair for you."]);
});

test("what was typed survives a reload and stays in its own conversation", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await withTheTeam(simulator, mia);
  await simulator.customer(TOMAS).writes("A person, please.");
  await expect(mia.row("Tomas Berg")).toHaveAttribute("data-control", "ours");
  await mia.field.fill("Dear Maya, half a sent");
  await mia.page.reload();
  await mia.ready();
  await expect(mia.field).toHaveValue("Dear Maya, half a sent");
  await mia.open("Tomas Berg");
  await expect(mia.field).toHaveValue("");
  await expect(mia.row(CUSTOMER)).toContainText("Draft: Dear Maya, half a sent");
  await mia.open(CUSTOMER);
  await expect(mia.field).toHaveValue("Dear Maya, half a sent");
});

test("when a colleague in the Page inbox takes the thread, the text that was being written stays", async ({
  openAs,
  simulator,
}) => {
  const mia = await openAs("mia@example.test");
  await withTheTeam(simulator, mia);
  await mia.field.fill("Hello Maya, I am looking into it.");
  await simulator.customer(MAYA).hearsFromPageInbox("Hi Maya, this is the shop on the phone app.");
  await expect(mia.bubble("on the phone app")).toHaveAttribute("data-author", "page_inbox");
  await expect(mia.chip).toHaveText("Page Inbox has control");
  await expect(mia.lock(CUSTOMER)).toHaveAccessibleName("Controlled by Page Inbox");
  await expect(mia.field).toHaveValue("Hello Maya, I am looking into it.");
  await expect(mia.send).toBeHidden();
});
