// What asks for attention, by which ways, and why somebody was left in peace.
import type { Page } from "@playwright/test";
import { MAYA, type Simulator, TOMAS } from "../harness/simulator";
import { expect, type Inbox, test } from "../harness/test";

test.use({ demo: ["--conversations", "0"], contextOptions: { permissions: ["notifications"] } });

interface Shown {
  title: string;
  body?: string;
  tag?: string;
}

/** Notes what the browser would show and play; opens what is clicked. */
async function listenIn(inbox: Inbox): Promise<void> {
  await inbox.page.addInitScript(() => {
    const told = window as unknown as { shown: Shown[]; tones: number; click: () => void };
    told.shown = [];
    told.tones = 0;
    class Told extends EventTarget {
      static permission = "granted";
      static requestPermission = () => Promise.resolve("granted");
      onclick: (() => void) | null = null;
      constructor(title: string, options: { body?: string; tag?: string }) {
        super();
        told.shown.push({ title, body: options.body, tag: options.tag });
        told.click = () => this.onclick?.();
      }
      close() {}
    }
    Object.defineProperty(window, "Notification", { value: Told, configurable: true, writable: true });
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (when?: number) {
      told.tones += 1;
      return start.call(this, when);
    };
  });
  await inbox.page.reload();
  await inbox.ready();
  await inbox.page.mouse.click(600, 400);
}

const shown = (page: Page) => page.evaluate(() => (window as unknown as { shown: Shown[] }).shown);
const tones = (page: Page) => page.evaluate(() => (window as unknown as { tones: number }).tones);

/** The customer's thread is ours: the bot passed it on. */
async function handedOver(simulator: Simulator, customer: string): Promise<void> {
  await simulator.customer(customer).writes("Can I talk to a person please?");
  await simulator.quiet();
}

/** What came of the last event, as this browser wrote it down. */
const lastOutcome = (page: Page) =>
  page.evaluate(() => {
    const name = Object.keys(localStorage).find((name) => name.startsWith("baton.attention."));
    const entries = JSON.parse((name && localStorage.getItem(name)) || "[]") as { outcome: object }[];
    return JSON.stringify(entries[0]?.outcome ?? null);
  });

/** Looks at nothing in particular, in a window without focus. */
async function lookAway(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, "hasFocus", { value: () => false, configurable: true });
  });
}

test("a customer who waits for us is heard and shown, a bot's customer never", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await handedOver(simulator, MAYA);
  await listenIn(mia);
  await lookAway(mia.page);
  await simulator.customer(MAYA).writes("Hello? Anybody?");
  await expect.poll(() => shown(mia.page)).toMatchObject([{ title: "Maya Lindqvist", body: "Hello? Anybody?" }]);
  expect(await tones(mia.page)).toBe(2);

  await simulator.customer(TOMAS).writes("Do you have it in blue?");
  await simulator.quiet();
  await expect(mia.row("Tomas")).toHaveAttribute("data-control", "bot");
  await simulator.customer(MAYA).writes("Still there?");
  await expect.poll(async () => (await shown(mia.page)).map(({ title }) => title)).toEqual(["Maya Lindqvist", "Maya Lindqvist"]);
  await expect(mia.page).toHaveTitle(/^\(1\)/);
  await expect(mia.page.locator("link[rel=icon]")).toHaveAttribute("href", "/icon-unread.svg");
});

test("a bot that hands over calls whoever may answer", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await simulator.customer(MAYA).writes("Do you have it in blue?");
  await simulator.quiet();
  await listenIn(mia);
  await lookAway(mia.page);
  await expect(mia.row("Maya")).toHaveAttribute("data-control", "bot");
  await simulator.customer(MAYA).writes("Can I talk to a person please?");
  await expect.poll(async () => (await shown(mia.page)).map(({ title }) => title)).toEqual([
    "Maya Lindqvist was handed over by the bot",
  ]);
  expect(await tones(mia.page)).toBe(2);
});

test("a click on the notification opens the conversation", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await handedOver(simulator, MAYA);
  await listenIn(mia);
  await lookAway(mia.page);
  await simulator.customer(MAYA).writes("Hello?");
  await expect.poll(async () => (await shown(mia.page)).length).toBe(1);
  await mia.page.evaluate(() => (window as unknown as { click: () => void }).click());
  await expect(mia.page.getByRole("heading", { name: "Maya Lindqvist" }).first()).toBeVisible();
});

test("what lies open before somebody does not call, and the settings say why", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await handedOver(simulator, MAYA);
  await listenIn(mia);
  await mia.open("Maya Lindqvist");
  await simulator.customer(MAYA).writes("Can you see this?");
  await expect(mia.bubble("Can you see this?")).toBeVisible();
  await expect.poll(() => lastOutcome(mia.page)).toContain("watching");
  await mia.page.goto("/settings/notifications");
  await mia.ready();
  await expect(mia.page.getByText("You were not called: you had it open before you.")).toBeVisible();
});

test("of two windows one calls", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await handedOver(simulator, MAYA);
  await listenIn(mia);
  await lookAway(mia.page);
  const second = await mia.page.context().newPage();
  const other = Object.assign(Object.create(Object.getPrototypeOf(mia) as object), { page: second }) as Inbox;
  await other.goto("/inbox");
  await listenIn(other);
  await lookAway(second);
  await simulator.customer(MAYA).writes("Hello?");
  const both = async () => (await shown(mia.page)).length + (await shown(second)).length;
  await expect.poll(both).toBe(1);
  await simulator.customer(MAYA).writes("Hello again?");
  await expect.poll(both).toBe(2);
});

test("an assignment calls, and what was switched off does not", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  const tom = await openAs("tom@example.test");
  await handedOver(simulator, MAYA);
  await listenIn(tom);
  await mia.open("Maya Lindqvist");
  await mia.page.getByRole("button", { name: /^Assign/ }).click();
  await mia.page.getByRole("menuitemradio", { name: "Tom" }).click();
  await expect.poll(() => shown(tom.page)).toMatchObject([{ title: "Maya Lindqvist was assigned to you" }]);

  await tom.page.goto("/settings/notifications");
  await tom.ready();
  await tom.page.getByRole("checkbox", { name: "A customer writes to you, or to nobody yet: Sound" }).uncheck();
  await tom.page.getByRole("checkbox", { name: "A customer writes to you, or to nobody yet: Notification" }).uncheck();
  await simulator.customer(MAYA).writes("Tom, are you there?");
  await expect(tom.page.getByText("You were not called: you switched this event off.")).toBeVisible();
});

test("the self-test plays, shows, and says what is blocked", async ({ openAs }) => {
  const mia = await openAs("mia@example.test");
  await listenIn(mia);
  await mia.page.goto("/settings/notifications");
  await mia.ready();
  await mia.button("Test now").click();
  await expect(mia.page.getByText(/You were called: sound (played|was blocked by the browser), notification shown\./)).toBeVisible();
  await mia.button("Test now").click();
  await expect(mia.page.getByText("You were called: sound played, notification shown.")).toBeVisible();
  await expect.poll(async () => (await shown(mia.page)).map(({ title }) => title)).toContain("Baton can reach you");
  await mia.page.evaluate(() => {
    (Notification as unknown as { permission: string }).permission = "denied";
  });
  await expect(mia.page.getByText("Your browser blocks our notifications.")).toBeVisible();
});

test("notifications pause for an hour from the palette", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await handedOver(simulator, MAYA);
  await listenIn(mia);
  await mia.page.keyboard.press("Control+k");
  await mia.page.keyboard.type("pause");
  await mia.page.keyboard.press("Enter");
  await expect(mia.page.getByText("Notifications pause for an hour.")).toBeVisible();
  await lookAway(mia.page);
  await simulator.customer(MAYA).writes("Hello?");
  await expect.poll(() => lastOutcome(mia.page)).toContain("quiet");
  await mia.page.goto("/settings/notifications");
  await mia.ready();
  await expect(mia.page.getByText("You were not called: notifications were paused.")).toBeVisible();
  await mia.button("Resume now").click();
  await expect(mia.button("Pause for an hour")).toBeVisible();
});
