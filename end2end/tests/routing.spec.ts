// The apps beside us, and the check of a page's routing: each wrong item is provoked, shown, put right and gone.
import type { Locator, Page } from "@playwright/test";
import { expectAccessible, judge } from "../harness/look";
import { Meta } from "../harness/meta";
import { BATON_APP, BOT_APP, MAYA, PAGE, TOMAS } from "../harness/simulator";
import { expect, type Inbox, keepPicture, test } from "../harness/test";

test.use({ demo: ["--conversations", "0"] });

const ROUTING = `/settings/pages/${PAGE}/routing`;

/** An item of the check. */
function item(page: Page, check: string): Locator {
  return page.locator(`[data-check=${check}]`);
}

/** Runs the check until an item stands like this: what is younger than ten seconds may still be on its way. */
async function checkedUntil(page: Page, check: string, verdict: string): Promise<void> {
  await expect(async () => {
    const run = page.getByRole("button", { name: /^Run (the check|again)/ }).first();
    await run.click();
    await expect(page.locator("button[aria-busy=true]")).toHaveCount(0);
    await expect(item(page, check)).toHaveAttribute("data-verdict", verdict, { timeout: 1_000 });
  }).toPass({ timeout: 40_000, intervals: [500, 2_000] });
}

test("an app gets another name, colour and icon, in every browser at once", async ({ openAs, simulator }) => {
  const ann = await openAs("ann@example.test");
  const mia = await openAs("mia@example.test");
  await simulator.customer(MAYA).writes("Where is my order?");
  await simulator.quiet();
  await mia.open("Maya Lindqvist");
  await expect(mia.chip).toHaveText("SalesBot has control");
  const same = await mia.remember();

  await ann.goto("/settings/apps");
  const row = ann.page.locator(`[data-app="${BOT_APP}"]`);
  await expect(row).toContainText("SalesBot");
  await expect(row).toContainText("Shoe Shop");
  await row.getByRole("button", { name: "Edit SalesBot" }).click();
  await ann.page.getByLabel("Name", { exact: true }).fill("Order helper");
  await ann.page.getByRole("radio", { name: "Teal" }).check();
  await ann.page.getByRole("radio", { name: "Parcel" }).check();
  await ann.page.getByRole("button", { name: "Save" }).click();
  await expect(row).toContainText("Order helper");
  await expectAccessible(ann.page);

  await expect(mia.chip).toHaveText("Order helper has control");
  await expect(mia.page.locator(".chip")).toHaveAttribute("data-colour", "teal");
  await expect(mia.lock("Maya Lindqvist")).toHaveAccessibleName("Controlled by Order helper");
  await expect(mia.row("Maya Lindqvist")).toContainText("Order helper:");
  await expect(mia.page.locator("header[data-author=bot]").first()).toHaveText("Order helper");
  await same();
  await mia.page.reload();
  await mia.ready();
  await expect(mia.chip).toHaveText("Order helper has control");
  await keepPicture(mia.page, "thread-named-app");
});

test("an app nobody has named asks for a name, and keeps what was typed when it is refused", async ({ openAs, simulator }) => {
  const ann = await openAs("ann@example.test");
  await simulator.customer(MAYA).writes("Hi!");
  await simulator.quiet();
  await ann.goto("/settings/apps");
  const row = ann.page.locator(`[data-app="${BOT_APP}"]`);
  await row.getByRole("button", { name: "Edit SalesBot" }).click();
  await ann.page.getByLabel("Name", { exact: true }).fill("Page Inbox");
  await ann.page.getByRole("button", { name: "Save" }).click();
  await expect(ann.page.getByRole("alert")).toContainText("called “Page Inbox” already");
  await expect(ann.page.getByLabel("Name", { exact: true })).toHaveValue("Page Inbox");
  await judge(ann.page, "settings-apps");
});

test("the check proves what is right and says what cannot be verified", async ({ openAs, simulator }) => {
  const ann: Inbox = await openAs("ann@example.test");
  await simulator.customer(MAYA).writes("Where is my order?");
  await simulator.quiet();
  await ann.goto(ROUTING);
  await expect(ann.page.getByText("This page has not been checked yet")).toBeVisible();
  await judge(ann.page, "routing-first");
  await checkedUntil(ann.page, "default_app", "ok");
  for (const [check, verdict] of [
    ["connected", "ok"],
    ["fields", "ok"],
    ["standby", "ok"],
    ["take_control", "cannot_verify"],
    ["entry_points", "cannot_verify"],
    ["bot_waits", "ok"],
  ]) {
    await expect(item(ann.page, check)).toHaveAttribute("data-verdict", verdict);
  }
  await item(ann.page, "standby").getByRole("link", { name: "See the conversation" }).click();
  await ann.ready();
  await expect(ann.chip).toHaveText("SalesBot has control");
  await ann.page.getByRole("button", { name: "Take over" }).first().click();
  await expect(ann.chip).toHaveText("We have control");
  await ann.goto(ROUTING);
  await checkedUntil(ann.page, "take_control", "ok");
  await ann.page.getByText("Earlier checks").click();
  await expect(ann.page.locator(".runs > li").first()).toContainText("cannot be verified");
});

test("each switch that is wrong is found, explained, and gone once it is right", async ({ openAs, simulator }) => {
  test.slow();
  const ann = await openAs("ann@example.test");
  await simulator.customer(MAYA).writes("Where is my order?");
  await simulator.quiet();
  await ann.goto(ROUTING);

  await simulator.post("switches", { app: BATON_APP, default_app: BOT_APP });
  await checkedUntil(ann.page, "default_app", "wrong");
  const wrong = item(ann.page, "default_app");
  await expect(wrong).toContainText("Messenger conversation routing");
  await expect(wrong.getByRole("link", { name: "Open on Facebook" })).toHaveAttribute("href", /msgr_conversation_routing/);

  await simulator.administrator(BATON_APP, { take_control: false, standby: false });
  await simulator.customer(TOMAS).writes("Hello?");
  await simulator.quiet();
  await checkedUntil(ann.page, "standby", "wrong");
  await expect(item(ann.page, "standby")).toContainText("Access standby channel");
  await ann.goto("/inbox/all");
  await ann.open("Maya Lindqvist");
  await ann.page.getByRole("button", { name: "Take over" }).first().click();
  await expect(ann.page.getByText("Take control of conversations")).toBeVisible();
  await ann.goto(ROUTING);
  await checkedUntil(ann.page, "take_control", "wrong");
  await judge(ann.page, "routing-wrong");

  await simulator.post("switches", { app: BATON_APP, default_app: BATON_APP, take_control: true, standby: true });
  await simulator.customer(TOMAS).writes("Is anybody there?");
  await simulator.quiet();
  await checkedUntil(ann.page, "standby", "ok");
  await expect(item(ann.page, "default_app")).toHaveAttribute("data-verdict", "ok");
  await ann.goto("/inbox/all");
  await ann.open("Maya Lindqvist");
  await ann.page.getByRole("button", { name: "Take over" }).first().click();
  await expect(ann.chip).toHaveText("We have control");
  await ann.goto(ROUTING);
  await checkedUntil(ann.page, "take_control", "ok");
});

test("fields that are missing are subscribed again with one button", async ({ openAs, simulator }) => {
  const ann = await openAs("ann@example.test");
  await simulator.post("switches", { app: BATON_APP, fields: ["messages"] });
  await ann.goto(ROUTING);
  await checkedUntil(ann.page, "fields", "wrong");
  await expect(item(ann.page, "fields")).toContainText("standby");
  await item(ann.page, "fields").getByRole("button", { name: "Subscribe again" }).click();
  await expect(item(ann.page, "fields")).toHaveAttribute("data-verdict", "ok");
});

test("a page Facebook does not connect to us any more is found, and connected again it is well", async ({ openAs, simulator }) => {
  const ann = await openAs("ann@example.test");
  await ann.goto(ROUTING);
  await simulator.post("switches", { app: BATON_APP, fields: [] });
  await checkedUntil(ann.page, "connected", "wrong");
  await expect(item(ann.page, "connected")).toContainText("does not list our app");
  await judge(ann.page, "routing-not-connected");
  await ann.page.getByRole("button", { name: "Subscribe again" }).first().click();
  await expect(item(ann.page, "connected")).toHaveAttribute("data-verdict", "ok");

  await simulator.administrator(BATON_APP, { token_expired: true });
  await checkedUntil(ann.page, "connected", "wrong");
  await simulator.administrator(BATON_APP, { token_expired: false });
  await checkedUntil(ann.page, "connected", "ok");
});

test("a bot that answers at once is found, and forgiven once it has waited ten times", async ({ openAs, simulator }) => {
  test.slow();
  const ann = await openAs("ann@example.test");
  const maya = simulator.customer(MAYA);
  await maya.writes("Is anybody there?");
  await maya.hearsFromBot("At once!");
  await simulator.quiet();
  await ann.goto(ROUTING);
  await checkedUntil(ann.page, "bot_waits", "wrong");
  await expect(item(ann.page, "bot_waits")).toContainText("came faster");
  await judge(ann.page, "routing-fast-bot");
  for (let n = 0; n < 10; n++) {
    // Meta's clock moves on, so that nobody here has to wait.
    await simulator.advance(20_000);
    await maya.writes("Where is my order?");
    await simulator.quiet();
  }
  await checkedUntil(ann.page, "bot_waits", "ok");
  await expect(item(ann.page, "bot_waits")).toContainText("waited long enough");
});

test("a bot that talks into our thread is flagged for agents, and for managers with the way to the remedy", async ({ openAs, server, simulator }) => {
  const ann = await openAs("ann@example.test");
  const tom = await openAs("tom@example.test");
  await simulator.customer(MAYA).writes("Can I talk to a person please?");
  await simulator.quiet();
  for (const one of [ann, tom]) {
    await one.open("Maya Lindqvist");
    await expect(one.chip).toHaveText("We have control");
    await expect(one.page.getByText("Routing conflict")).toHaveCount(0);
  }
  // What a page with an old subscription does: its bot writes although the thread is ours.
  await new Meta(server.inbox).tells({
    sender: { id: PAGE },
    recipient: { id: MAYA },
    timestamp: Date.now(),
    message: { mid: "m_over", text: "I can help with that!", is_echo: true, app_id: Number(BOT_APP) },
  });
  for (const one of [ann, tom]) {
    await expect(one.around("I can help with that!")).toContainText("Routing conflict");
    await expect(one.page.locator(".banner").filter({ hasText: "wrote" })).toBeVisible();
  }
  await judge(tom.page, "thread-conflict");
  const way = ann.page.locator(".banner").filter({ hasText: "wrote" }).getByRole("link");
  await expect(way).toHaveAttribute("href", ROUTING);
});

test("the rehearsal says who would get a conversation, and why", async ({ openAs, simulator }) => {
  const ann = await openAs("ann@example.test");
  await simulator.customer(MAYA).writes("Hi!");
  await simulator.quiet();
  await ann.goto(ROUTING);
  const outcome = ann.page.locator(".outcome");
  await expect(outcome).toContainText("SalesBot gets it and has control at once.");
  await expect(outcome).toContainText("So far, the one conversation that began like this went to SalesBot.");
  await ann.page.getByLabel("The customer comes").selectOption("link");
  await ann.page.getByLabel("The conversation is").selectOption("idle");
  await expect(outcome).toContainText("Baton (this inbox) gets it");
  await ann.page.getByLabel("Default routing app").selectOption("Nobody");
  await expect(outcome).toContainText("Every connected app gets it");
});

test("agents find neither", async ({ openAs }) => {
  const mia = await openAs("tom@example.test");
  await mia.goto(ROUTING);
  await expect(mia.page.getByText("You may not do that.")).toBeVisible();
});
