// What can go wrong between Facebook and a page: each failure is provoked, shown with its remedy, put right, and gone.
import type { Locator } from "@playwright/test";
import { judge } from "../harness/look";
import { APP_SECRET, Meta } from "../harness/meta";
import { BATON_APP, MAYA, PAGE, type Simulator } from "../harness/simulator";
import { expect, type Inbox, test } from "../harness/test";

test.use({ demo: ["--conversations", "0"] });

const CUSTOMER = "Maya Lindqvist";
const DAY = 86_400_000;

/** Switches something an administrator can switch for our app on the page. */
async function switched(simulator: Simulator, switches: object): Promise<void> {
  await simulator.post("switches", { page: PAGE, app: BATON_APP, ...switches });
}

function card(inbox: Inbox): Locator {
  return inbox.page.locator(`.connection[data-page="${PAGE}"]`);
}

function finding(inbox: Inbox, check: string): Locator {
  return inbox.page.locator(`[data-check="${check}"]`);
}

function banner(inbox: Inbox): Locator {
  return inbox.page.locator(`.banner[data-page="${PAGE}"]`);
}

/** The page's own screen, looked at with fresh answers. */
async function look(ann: Inbox): Promise<void> {
  await ann.goto(`/settings/pages/${PAGE}`);
  await ann.button("Check again").click();
  await expect(ann.page.getByText(/^Checked: /).first()).toBeVisible();
}

/** Maya wants a person: her thread is ours. */
async function handedOver(simulator: Simulator): Promise<void> {
  await simulator.customer(MAYA).writes("Can I talk to a person please?");
  await simulator.quiet();
}

test("a permission that is taken away stops the page by name, and given back it sends again", async ({ openAs, simulator }) => {
  test.slow();
  const ann = await openAs("ann@example.test");
  const tom = await openAs("tom@example.test");
  await switched(simulator, { permission: { name: "pages_messaging", on: false } });
  await look(ann);
  await expect(finding(ann, "permissions")).toHaveAttribute("data-level", "failed");
  await expect(finding(ann, "permissions")).toContainText("Missing: pages_messaging");
  await expect(card(ann)).toHaveAttribute("data-health", "disconnected");
  await expect(banner(tom)).toContainText("Facebook no longer permits our app to send messages for this page");
  await judge(ann.page, "health-permission");

  await switched(simulator, { permission: { name: "pages_messaging", on: true } });
  await ann.button("Check again").click();
  await expect(finding(ann, "permissions")).toHaveAttribute("data-level", "ok");
  await expect(card(ann)).toHaveAttribute("data-health", "connected");
  await expect(banner(tom)).toHaveCount(0);
});

test("a secret that was reset is called wrong, and what came meanwhile arrives with the new one", async ({ openAs, simulator }) => {
  test.slow();
  const ann = await openAs("ann@example.test");
  await handedOver(simulator);
  await switched(simulator, { app_secret: "another-secret-of-thirty-two-letters" });
  await simulator.customer(MAYA).writes("Signed with the new secret");
  await look(ann);
  await expect(finding(ann, "app")).toHaveAttribute("data-level", "failed");
  await expect(finding(ann, "app")).toContainText("enter the new secret under Meta apps");
  await expect(finding(ann, "permissions")).toContainText("only once what is wrong above is right");
  await judge(ann.page, "health-secret");

  await ann.goto("/settings/pages");
  await ann.button("Change").click();
  await ann.page.getByLabel("App secret").fill(APP_SECRET);
  await ann.button("Check and save").click();
  await expect(ann.page.getByRole("alert")).toContainText("Facebook knows no app with this ID and secret");
  await ann.page.getByLabel("App secret").fill("another-secret-of-thirty-two-letters");
  await ann.button("Check and save").click();
  await expect(ann.page.getByLabel("App secret")).toBeHidden();
  await look(ann);
  await expect(finding(ann, "app")).toHaveAttribute("data-level", "ok");
  await ann.goto("/inbox/all");
  await expect(ann.row(CUSTOMER)).toContainText("Signed with the new secret", { timeout: 60_000 });
});

test("a restriction by Facebook stops everybody with its reason, and its end lets them write again", async ({
  openAs,
  server,
  simulator,
}) => {
  const tom = await openAs("tom@example.test");
  const meta = new Meta(server.inbox);
  await handedOver(simulator);
  await tom.open(CUSTOMER);
  await meta.tellsFixture("policy-block");
  await expect(banner(tom)).toContainText("Facebook has restricted this page from messaging");
  await tom.answer("Will it leave?");
  await expect(tom.problem).toContainText("Nothing was sent");
  await expect(tom.field).toHaveValue("Will it leave?");
  expect(await simulator.sentByUs()).toEqual([]);
  await judge(tom.page, "health-restricted");

  await meta.tellsFixture("policy-unblock");
  await expect(banner(tom)).toHaveCount(0);
  await tom.send.click();
  await expect(tom.bubble("Will it leave?")).toHaveAttribute("data-delivery", "delivered");
  expect(await simulator.sentByUs()).toEqual(["Will it leave?"]);
});

test("what a working page needs is told to managers alone, dealt with, and gone", async ({ openAs, server, simulator }) => {
  test.slow();
  const [ann, tom] = [await openAs("ann@example.test"), await openAs("tom@example.test")];
  await new Meta(server.inbox).tellsFixture("policy-warning");
  await expect(banner(ann)).toContainText("Shoe Shop needs you. Facebook warned about its messages: First notice");
  await switched(simulator, { fields: ["messages", "message_echoes"] });
  await look(ann);
  await expect(card(ann)).toContainText("Connected · Facebook does not tell us:");
  await expect(card(ann).locator(".notice")).toContainText("Facebook warned about its messages: First notice");
  await judge(ann.page, "health-alarms");
  await ann.button("Pause sending").click();
  await expect(card(ann)).toHaveAttribute("data-health", "paused");
  await expect(card(ann).locator(".notice")).toHaveCount(2);
  await ann.button("Resume sending").click();
  await expect(card(ann)).toHaveAttribute("data-health", "connected");
  await ann.button("We have dealt with it").click();
  await expect(ann.page.getByRole("heading", { name: "A warning from Facebook" })).toHaveCount(0);
  await ann.button("Subscribe now").click();
  await expect(card(ann).locator(".notice")).toHaveCount(0);
  await expect(card(ann)).not.toContainText("Facebook does not tell us");
  await ann.goto("/inbox/all");
  await expect(banner(ann)).toHaveCount(0);
  await expect(banner(tom)).toHaveCount(0);
});

test("access that ends within a week is warned of with its day, and the page goes on working", async ({ openAs, simulator }) => {
  const ann = await openAs("ann@example.test");
  await switched(simulator, { token_ends_in_ms: 5 * DAY });
  await look(ann);
  await expect(finding(ann, "token")).toHaveAttribute("data-level", "warning");
  await expect(finding(ann, "token")).toContainText(/It ends on .+ Reconnect before then/);
  await expect(card(ann)).toHaveAttribute("data-health", "connected");
  await judge(ann.page, "health-token-soon");
  await switched(simulator, { token_ends_in_ms: 60 * DAY });
  await ann.button("Check again").click();
  await expect(finding(ann, "token")).toHaveAttribute("data-level", "ok");
  await expect(finding(ann, "token")).toContainText("Valid until");
});

test("messages no webhook brought are fetched from Facebook's history, and the ledger counts them", async ({ openAs, simulator }) => {
  test.slow();
  const ann = await openAs("ann@example.test");
  await handedOver(simulator);
  await switched(simulator, { fields: ["message_reads"] });
  // Facebook tells when a thread moved by the second: within the second of the last message it tells of nothing newer.
  const second = () => Math.floor(Date.now() / 1000);
  const last = second();
  await expect.poll(second).toBeGreaterThan(last);
  await simulator.customer(MAYA).writes("Lost on the way");
  await simulator.quiet();
  await expect(ann.row(CUSTOMER)).not.toContainText("Lost on the way");
  await ann.goto(`/settings/pages/${PAGE}`);
  const filled = ann.page.getByRole("row", { name: /Filled from Facebook’s history/ }).getByRole("cell");
  await expect(filled).toHaveText("0");
  // What was written within the last twenty seconds may still be on its way, and is left alone.
  await expect(async () => {
    await ann.button("Look for missing messages").click();
    await expect(filled).toHaveText("1", { timeout: 1_500 });
  }).toPass({ timeout: 60_000 });
  for (const side of ["in", "out"]) {
    await expect(ann.page.locator(`table[data-side="${side}"]`)).toHaveAttribute("data-balances", "true");
  }
  await judge(ann.page, "health-filled");
  await ann.goto("/inbox/all");
  await expect(ann.row(CUSTOMER)).toHaveAttribute("data-unread", "true");
  await ann.open(CUSTOMER);
  await expect(ann.bubble("Lost on the way")).toHaveCount(1);
});

test("a page is tried by hand: the message leaves, its echo comes back, the answer arrives", async ({ openAs, simulator }) => {
  const ann = await openAs("ann@example.test");
  await handedOver(simulator);
  await ann.goto(`/settings/pages/${PAGE}`);
  await ann.button("Test by hand").click();
  await expect(ann.page.getByLabel("Send it to")).toContainText(CUSTOMER);
  await ann.button("Send the test message").click();
  const steps = ann.page.getByRole("region", { name: "Test by hand" }).getByRole("listitem");
  await expect(steps).toHaveCount(3);
  await expect(steps.nth(0)).toHaveAttribute("data-level", "ok");
  await expect(steps.nth(1)).toHaveAttribute("data-level", "ok");
  await expect(steps.nth(2)).toHaveAttribute("data-level", "waiting");
  await judge(ann.page, "health-self-test");
  await simulator.customer(MAYA).writes("Pong");
  await expect(steps.nth(2)).toHaveAttribute("data-level", "ok");
  expect(await simulator.sentByUs()).toEqual([expect.stringMatching(/^Test \d{4} from Baton/)]);
});

test("a lost page is reconnected through Facebook's dialog, keeps its history, and sends what waited after consent", async ({
  openAs,
  simulator,
}) => {
  test.slow();
  const tom = await openAs("tom@example.test");
  const ann = await openAs("ann@example.test");
  await handedOver(simulator);
  await tom.open(CUSTOMER);
  await switched(simulator, { token_expired: true });
  await tom.answer("Written while the page was lost");
  await expect(banner(tom)).toContainText("Shoe Shop is disconnected");

  await banner(ann).getByRole("link", { name: "Reconnect" }).click();
  await ann.ready();
  await ann.page.getByRole("link", { name: "Sign in with Facebook" }).click();
  await ann.page.getByLabel("Shoe Shop Outlet").uncheck();
  await ann.page.getByRole("button", { name: "Continue" }).click();
  await ann.ready();
  await expect(ann.page.locator(`li[data-page="${PAGE}"]`)).toContainText("Was connected before; its history is here.");
  await judge(ann.page, "connect-choose-lost");
  await ann.button("Connect the chosen pages").click();
  await expect(ann.page.getByRole("heading", { name: "Shoe Shop is connected." })).toBeVisible();
  await expect(banner(tom)).toHaveCount(0);
  await expect(tom.bubble("Can I talk to a person please?"), "the history is kept").toBeVisible();

  await ann.goto(`/settings/pages/${PAGE}`);
  const waiting = ann.page.locator("[data-waiting]");
  await expect(waiting).toContainText("Written while the page was lost");
  expect(await simulator.sentByUs(), "nothing leaves without consent").toEqual([]);
  await ann.button("Send all").click();
  await expect(tom.bubble("Written while the page was lost")).toHaveAttribute("data-delivery", "delivered");
  expect(await simulator.sentByUs()).toEqual(["Written while the page was lost"]);
});
