// Everything by keyboard: single keys, sequences, the command palette, and keys a person chose.
import type { Page } from "@playwright/test";
import { MAYA } from "../harness/simulator";
import { expect, Inbox, signIn, test } from "../harness/test";

test.use({ demo: ["--conversations", "0"] });

/** Signs Mia in and waits until the page answers. */
async function asMia(page: Page): Promise<Inbox> {
  await signIn(page, "mia@example.test");
  const inbox = new Inbox(page);
  await inbox.ready();
  return inbox;
}

/** Takes the focus out of every field. */
async function leaveFields(page: Page): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
}

const palette = (page: Page) => page.getByRole("dialog", { name: "Command palette" });
const field = (page: Page) => page.getByRole("combobox", { name: "What do you want to do?" });
const chosen = (page: Page) => palette(page).getByRole("option", { selected: true });

test("a conversation is read, taken over, answered and closed without a mouse", async ({ page, simulator }) => {
  const inbox = await asMia(page);
  await simulator.customer(MAYA).writes("Is anybody there?");
  await expect(inbox.row("Maya Lindqvist")).toContainText("anybody");
  await page.keyboard.press("j");
  await expect(page).toHaveURL(/\/inbox\/open\/[0-9a-f-]{36}/);
  while (!(await inbox.row("Maya Lindqvist").getAttribute("aria-selected"))?.includes("true")) {
    await page.keyboard.press("j");
  }
  await expect(inbox.chip).toContainText("SalesBot has control");
  await page.keyboard.press("t");
  await expect(inbox.chip).toContainText("We have control");
  await expect(inbox.field).toBeFocused();
  await page.keyboard.type("Yes! What can I do for you? T, B and J are only letters here");
  await page.keyboard.press("Control+Enter");
  await expect(inbox.bubble("only letters here")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(inbox.field).not.toBeFocused();
  await page.keyboard.press("b");
  await expect(inbox.chip).not.toContainText("We have control");
  await page.keyboard.press("e");
  await expect(inbox.button("Reopen")).toBeVisible();
});

test("notes, tags and the search in a thread are one key away", async ({ page, simulator }) => {
  const inbox = await asMia(page);
  await simulator.customer(MAYA).writes("Where is my parcel?");
  await inbox.open("Maya Lindqvist");
  await expect(inbox.bubble("Where is my parcel?")).toBeVisible();
  await leaveFields(page);
  await page.keyboard.press("n");
  await expect(page.getByRole("textbox", { name: "Note for team" })).toBeFocused();
  await page.keyboard.press("Escape");
  await leaveFields(page);
  await page.keyboard.press("l");
  await expect(page.getByRole("combobox", { name: "Add a tag" })).toBeFocused();
  await leaveFields(page);
  await page.keyboard.press("Control+f");
  await expect(page.getByRole("searchbox", { name: "Search in this conversation" })).toBeFocused();
});

test("the palette signs out from every page", async ({ page }) => {
  await asMia(page);
  await page.goto("/settings/profile");
  await expect(page.locator("html[data-ready]")).toBeAttached();
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("sign out");
  await expect(chosen(page)).toContainText("Sign out");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("what is impossible says why", async ({ page }) => {
  await asMia(page);
  await page.keyboard.press("t");
  await expect(page.getByText("Open a conversation first.")).toBeVisible();
});

test("two keys go to a view, and the first one shows what may follow", async ({ page }) => {
  const inbox = await asMia(page);
  await page.keyboard.press("g");
  await expect(page.locator(".awaiting").filter({ hasText: "Go to With bot" })).toBeVisible();
  await page.keyboard.press("b");
  await expect(page).toHaveURL(/\/inbox\/with_bot/);
  await expect(inbox.view("With bot")).toHaveAttribute("aria-current", "page");
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await expect(page).toHaveURL(/\/settings\/profile/);
  await page.keyboard.press("g");
  await page.keyboard.press("m");
  await expect(page).toHaveURL(/\/inbox\/mine/);
});

test("the patience with a first key that led nowhere does not end the next one", async ({ page }) => {
  await asMia(page);
  await page.clock.install();
  await page.keyboard.press("g");
  await page.clock.runFor(1_500);
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.clock.runFor(1_000);
  await page.keyboard.press("b");
  await expect(page).toHaveURL(/\/inbox\/with_bot/);
});

test("the palette finds actions, tells their consequence and does them", async ({ page, simulator }) => {
  const inbox = await asMia(page);
  await simulator.customer(MAYA).writes("Hello?");
  await inbox.open("Maya Lindqvist");
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("tkov");
  await expect(chosen(page)).toContainText("Take over");
  await expect(chosen(page)).toContainText("stops answering Maya; you write");
  await expect(chosen(page)).toContainText("T");
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeHidden();
  await expect(inbox.chip).toContainText("We have control");
  await expect(inbox.field).toBeFocused();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("reset con");
  await expect(chosen(page)).toContainText("answers Maya’s next message");
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
  await expect(inbox.field, "the focus returns to where it was").toBeFocused();
});

test("the palette closes with a note, and asks before it deletes", async ({ page, simulator }) => {
  const inbox = await asMia(page);
  await simulator.customer(MAYA).writes("Can I talk to a person please?");
  await inbox.open("Maya Lindqvist");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("close with");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Close with a note" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("delete conv");
  await expect(chosen(page)).toContainText("With everything known about the contact; you are asked first");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: /^Delete the conversation with Maya/ })).toBeVisible();
});

test("the palette finds conversations by name and by what was said, and people to assign to", async ({ page, simulator }) => {
  const inbox = await asMia(page);
  await simulator.customer(MAYA).writes("My parcel smells of elderberries");
  await expect(inbox.row("Maya Lindqvist")).toContainText("elderberries");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("elderberr");
  await expect(chosen(page)).toContainText("Maya Lindqvist");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Maya Lindqvist" }).first()).toBeVisible();

  await leaveFields(page);
  await page.keyboard.press("a");
  await expect(field(page)).toHaveAttribute("placeholder", "Assign to whom?");
  await page.keyboard.type("tom");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Assign, now Tom" })).toBeVisible();
});

test("the palette opens without asking anybody", async ({ page, context }) => {
  await asMia(page);
  // It comes with a part of the module that is fetched as soon as a hand moves.
  await page.mouse.move(7, 7);
  await expect(page.locator("dialog.palette")).toBeAttached();
  await context.setOffline(true);
  await page.keyboard.press("Control+k");
  await expect(palette(page).getByRole("option").first()).toBeVisible();
  await page.keyboard.type("mine");
  await expect(chosen(page)).toContainText("Mine");
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
  await context.setOffline(false);
});

/** Keeps the palette's part on its way until it is let go. */
async function holdPalette(page: Page): Promise<() => void> {
  let arrive = () => {};
  const held = new Promise<void>((resolve) => (arrive = resolve));
  await page.route(/split_commands.*\.wasm/, async (route) => {
    await held;
    await route.continue();
  });
  return arrive;
}

test("keys pressed before the palette is here open it as soon as it is, and are in it", async ({ page }) => {
  const arrive = await holdPalette(page);
  await asMia(page);
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toBeHidden();
  await page.keyboard.type("mime");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("ne");
  arrive();
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue("mine");
  await expect(chosen(page)).toContainText("Mine");
});

test("words typed before the palette is here are looked for on the server as well", async ({ page, simulator }) => {
  const arrive = await holdPalette(page);
  const inbox = await asMia(page);
  await simulator.customer(MAYA).writes("My parcel smells of elderberries");
  await expect(inbox.row("Maya Lindqvist")).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("elderberr");
  arrive();
  await expect(chosen(page)).toContainText("Maya Lindqvist");
});

test("what a screen has buttons for is in the palette, on every page", async ({ page, simulator }) => {
  const inbox = await asMia(page);
  await page.goto("/settings/people");
  await inbox.ready();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("invite");
  const onPage = palette(page).getByRole("option", { name: /^Invite/ });
  await expect(onPage).toBeVisible();
  await onPage.click();
  await expect(page.getByRole("dialog", { name: /Invite/ })).toBeVisible();

  await page.goto("/inbox/all");
  await inbox.ready();
  await simulator.customer(MAYA).writes("Can I talk to a person please?");
  await inbox.open("Maya Lindqvist");
  await expect(inbox.chip).toHaveText("We have control");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("pass to");
  await expect(palette(page).getByRole("option", { name: /Pass to/ })).toBeVisible();
});

test("Enter pressed before the palette is here does what was typed", async ({ page }) => {
  const arrive = await holdPalette(page);
  await asMia(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("business hours");
  await page.keyboard.press("Enter");
  arrive();
  await expect(page).toHaveURL(/\/settings\/hours/);
  await expect(palette(page)).toBeHidden();
});

test("a palette that cannot be fetched says so, and comes with the next key once it can", async ({ page }) => {
  await page.route(/split_commands.*\.wasm/, (route) => route.abort());
  await asMia(page);
  await page.keyboard.press("Control+k");
  await expect(page.getByText("A part of Baton is missing here.")).toBeVisible();
  await page.unroute(/split_commands.*\.wasm/);
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
});

test("a person chooses other keys, which follow them to another browser", async ({ page, openAs }) => {
  await asMia(page);
  await page.goto("/settings/shortcuts");
  await expect(page.locator("html[data-ready]")).toBeAttached();
  const row = page.locator("[data-action=take_over]");
  await page.getByRole("button", { name: "Change the keys of Take over" }).click();
  await page.keyboard.press("e");
  await expect(row.getByRole("alert")).toContainText("E belongs to “Close or reopen”");
  await page.getByRole("button", { name: "Change the keys of Take over" }).click();
  await page.keyboard.press("x");
  await expect(row.locator("kbd")).toHaveText(["X"]);
  await expect(page.getByRole("button", { name: "Change the keys of Take over" })).toBeFocused();

  const elsewhere = await openAs("mia@example.test");
  await elsewhere.page.keyboard.press("?");
  const help = elsewhere.page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(help.locator("div", { hasText: /^Take over/ }).last()).toContainText("X");
  await elsewhere.page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Set all keys back" }).click();
  await expect(row.locator("kbd")).toHaveText(["T"]);
});

test("single keys can be switched off", async ({ page, simulator }) => {
  await asMia(page);
  await page.goto("/settings/shortcuts");
  await expect(page.locator("html[data-ready]")).toBeAttached();
  await page.getByRole("switch", { name: /Single-key shortcuts/ }).uncheck();
  await expect(page.getByRole("status").filter({ hasText: "Kept." })).toBeAttached();
  await page.goto("/inbox");
  const inbox = new Inbox(page);
  await inbox.ready();
  await simulator.customer(MAYA).writes("Hello?");
  await expect(inbox.rows.first()).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeHidden();
  await expect(page).toHaveURL(/\/inbox$/);
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
});

test("the list steps aside, and a message's actions are one key away", async ({ page, simulator }) => {
  const inbox = await asMia(page);
  await simulator.customer(MAYA).writes("Where is my order?");
  await inbox.open("Maya Lindqvist");
  await leaveFields(page);
  await page.keyboard.press("[");
  await expect(inbox.row("Maya Lindqvist")).toBeHidden();
  await page.getByRole("button", { name: "Show the list" }).click();
  await expect(inbox.row("Maya Lindqvist")).toBeVisible();
  await leaveFields(page);
  await page.keyboard.press(".");
  await expect(page.locator(".tools button:focus")).toHaveCount(1);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("snooze tomorrow");
  await expect(chosen(page)).toContainText("tomorrow 09:00");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Snoozed", { exact: false }).first()).toBeVisible();
});
