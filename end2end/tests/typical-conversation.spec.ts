// The typical conversation (CR-15 to CR-19) with the sample bot, as two agents see it at the same time.
import { expect, type Inbox, test } from "../harness/test";
import { MAYA, type Simulator } from "../harness/simulator";

test.use({ demo: ["--conversations", "0"] });

const CUSTOMER = "Maya Lindqvist";
const GREETING = /^Hello Maya! I am SalesBot/;
const ORDER = /^Your order 48 190 is on its way/;
const PASSING = /^Of course\. I am passing you to the team/;

/** Does something, and expects the same of both screens. */
type Both = (check: (inbox: Inbox) => Promise<void>) => Promise<void>;

async function desks(openAs: (email: string) => Promise<Inbox>) {
  const mia = await openAs("mia@example.test");
  const tom = await openAs("tom@example.test");
  const both: Both = async (check) => {
    await Promise.all([mia, tom].map(check));
  };
  return { mia, tom, both };
}

async function heldByBot(inbox: Inbox): Promise<void> {
  await expect(inbox.row(CUSTOMER)).toHaveAttribute("data-control", "bot");
  await expect(inbox.row(CUSTOMER)).toHaveAttribute("data-unread", "false");
  await expect(inbox.lock(CUSTOMER)).toHaveAccessibleName("Controlled by SalesBot");
}

async function handedOver(inbox: Inbox): Promise<void> {
  await expect(inbox.row(CUSTOMER)).toHaveAttribute("data-control", "ours");
  await expect(inbox.row(CUSTOMER)).toHaveAttribute("data-unread", "true");
  await expect(inbox.lock(CUSTOMER)).toHaveCount(0);
  await expect(inbox.chip).toHaveText("We have control");
}

async function asksForAPerson(simulator: Simulator, both: Both): Promise<void> {
  await simulator.customer(MAYA).writes("Can I talk to a person please?");
  await both((inbox) => expect(inbox.row(CUSTOMER)).toHaveAttribute("data-control", "ours"));
  await both((inbox) => inbox.open(CUSTOMER));
  await both(handedOver);
}

test("two agents see the same conversation go from the bot to the team and back, without reloading", async ({
  openAs,
  simulator,
}) => {
  const { mia, tom, both } = await desks(openAs);
  const customer = simulator.customer(MAYA);
  const stillLoaded = [await mia.remember(), await tom.remember()];
  await both((inbox) => expect(inbox.rows).toHaveCount(0));

  await test.step("the customer writes, and the bot answers first: locked and read", async () => {
    await customer.writes("Hi! Do you have the Fjord Runner in 39?");
    await both(heldByBot);
    await both((inbox) => inbox.open(CUSTOMER));
    await both((inbox) => inbox.says("Hi! Do you have the Fjord Runner in 39?", GREETING));
    await both((inbox) => inbox.authors("customer", "bot"));
    await both((inbox) => expect(inbox.chip).toHaveText("SalesBot has control"));
    await both((inbox) => expect(inbox.send).toBeHidden());
  });

  await test.step("the bot's bubbles are green and carry its name", async () => {
    await both(async (inbox) => {
      const { red, green, blue } = await inbox.paintOf(inbox.bubble("I am SalesBot"));
      expect(green).toBeGreaterThan(red);
      expect(green).toBeGreaterThan(blue);
      await expect(inbox.around("I am SalesBot").getByText("SalesBot", { exact: true })).toBeVisible();
    });
  });

  await test.step("the next message under the bot appears live, and the thread stays read", async () => {
    await customer.writes("Where is my order?");
    await both((inbox) => inbox.authors("customer", "bot", "customer", "bot"));
    await both((inbox) => expect(inbox.bubbles.last()).toHaveText(ORDER));
    await both(heldByBot);
    await both((inbox) => inbox.counts("All open", "1"));
  });

  await test.step("the bot passes control: unread, without a lock, open for an answer", async () => {
    await customer.writes("Can I talk to a person please?");
    await both((inbox) => expect(inbox.bubbles.last()).toHaveText(PASSING));
    await both(handedOver);
    await both((inbox) => inbox.counts("All open", "1 unread"));
    await both((inbox) => expect(inbox.send).toBeVisible());
    await both((inbox) => expect(inbox.page.getByText("customer asked for a person").first()).toBeVisible());
  });

  await test.step("an agent answers: blue, with the name underneath, and read for the team", async () => {
    await mia.answer("Hello Maya, this is Mia. How can I help?");
    await both(async (inbox) => {
      const bubble = inbox.bubble("this is Mia");
      await expect(bubble).toHaveAttribute("data-author", "agent");
      await expect(bubble).toHaveAttribute("data-delivery", "delivered");
      const { red, green, blue } = await inbox.paintOf(bubble);
      expect(blue).toBeGreaterThan(red);
      expect(blue).toBeGreaterThan(green);
      const name = inbox.around("this is Mia").getByText("Mia", { exact: true });
      await expect(name).toBeVisible();
      const [above, below] = [await bubble.boundingBox(), await name.boundingBox()];
      expect(below?.y).toBeGreaterThanOrEqual((above?.y ?? 0) + (above?.height ?? 0));
      await expect(inbox.row(CUSTOMER)).toHaveAttribute("data-unread", "false");
    });
    expect(await simulator.sentByUs()).toEqual(["Hello Maya, this is Mia. How can I help?"]);
  });

  await test.step("under our control every message of the customer makes the thread unread", async () => {
    await customer.writes("The left shoe is too narrow.");
    await both((inbox) => expect(inbox.bubble("too narrow")).toHaveAttribute("data-author", "customer"));
    await both((inbox) => expect(inbox.row(CUSTOMER)).toHaveAttribute("data-unread", "true"));
    await both((inbox) => expect(inbox.lock(CUSTOMER)).toHaveCount(0));
  });

  await test.step("the last answer resets control in the same action", async () => {
    await tom.answerAnd("The exchange is booked. Goodbye, Maya!", "Send and reset control");
    await both((inbox) => expect(inbox.bubble("The exchange is booked")).toHaveAttribute("data-delivery", "delivered"));
    await both((inbox) => expect(inbox.row(CUSTOMER)).toHaveAttribute("data-control", "idle"));
    await both((inbox) => expect(inbox.row(CUSTOMER)).toHaveAttribute("data-unread", "false"));
    await both((inbox) => expect(inbox.chip).toHaveText(/^Idle/));
    await both((inbox) => expect(inbox.timeline.first()).toContainText("Tom"));
  });

  await test.step("the next message starts with the bot again", async () => {
    await customer.writes("One more thing: hello?");
    await both(heldByBot);
    await both((inbox) => expect(inbox.bubbles.last()).toHaveText(GREETING));
    await both((inbox) => expect(inbox.chip).toHaveText("SalesBot has control"));
    await both((inbox) =>
      inbox.authors("customer", "bot", "customer", "bot", "customer", "bot", "agent", "customer", "agent", "customer", "bot"),
    );
  });

  for (const ask of stillLoaded) await ask();
});

test("control can be reset at any time, with a button, and both agents see who did it", async ({ openAs, simulator }) => {
  const { mia, both } = await desks(openAs);
  await asksForAPerson(simulator, both);
  await mia.button("Reset control").click();
  await both((inbox) => expect(inbox.chip).toHaveText(/^Idle/));
  await both((inbox) => expect(inbox.row(CUSTOMER)).toHaveAttribute("data-control", "idle"));
  await both((inbox) => expect(inbox.timeline.first()).toContainText("Mia"));
  await both((inbox) => expect(inbox.log.getByText("Mia reset control")).toBeVisible());
  await simulator.customer(MAYA).writes("Hello again");
  await both(heldByBot);
});

test("after an answer the thread says when control goes back by itself", async ({ openAs, simulator }) => {
  const { mia, both } = await desks(openAs);
  await asksForAPerson(simulator, both);
  await mia.answer("I am looking into it.");
  const countdown = (inbox: Inbox) => inbox.page.getByRole("img", { name: /^Control resets by itself in/ }).last();
  await both((inbox) => expect(countdown(inbox)).toBeVisible());
});

test("a bot that takes the thread from the team locks it in both browsers, and what it says is the bot's", async ({ openAs, simulator }) => {
  const { both } = await desks(openAs);
  await asksForAPerson(simulator, both);
  await simulator.customer(MAYA).isTakenByBot();
  await both(heldByBot);
  await simulator.customer(MAYA).hearsFromBot("Special offer: socks!");
  await both((inbox) => expect(inbox.bubble("socks")).toHaveAttribute("data-author", "bot"));
  await both((inbox) => expect(inbox.chip).toHaveText("SalesBot has control"));
});
