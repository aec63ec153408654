// What the screens look like: pictures for human eyes under `screenshots/`, and a machine's check for accessibility.
import { INES, MAYA, type Simulator } from "../harness/simulator";
import { judge } from "../harness/look";
import { expect, Inbox, keepPicture, signIn, test } from "../harness/test";

/** Opens the first conversation of the list that a bot controls. */
async function openOneOfTheBot(inbox: Inbox): Promise<void> {
  await inbox.page.locator("[data-conversation][data-control=bot]").first().click();
  await expect(inbox.button("Take over")).toBeVisible();
}

/** A question and its answers, up to the point where the next answer is being written. */
async function talkWithMaya(inbox: Inbox, simulator: Simulator): Promise<void> {
  const maya = simulator.customer(MAYA);
  await maya.writes("Size 39 in blue, if you have it");
  await inbox.open("Maya Lindqvist");
  await inbox.answer("Hi Maya! One blue pair in 39 is left. Shall I put it aside for you?");
  await expect(inbox.bubble("One blue pair")).toHaveAttribute("data-delivery", "delivered");
  await simulator.customer(INES).writes("Thanks! And where is my order 48190?");
  await expect(inbox.row("Inês Carvalho")).toContainText("is on its way");
  await maya.reads();
  await expect(inbox.bubble("One blue pair")).toHaveAttribute("data-delivery", "read");
  await maya.writes("Yes please! I can pick it up tomorrow.");
  await expect(inbox.bubble("Yes please!")).toBeVisible();
  await inbox.field.fill("Done. It waits for you at the counter until 18:00");
}

test("the sign-in looks right everywhere and is accessible", async ({ page }) => {
  await page.goto("/sign-in?error=wrong&email=mia%40example.test");
  await judge(page, "sign-in-wrong");
  await page.goto("/sign-in");
  await expect(page.locator("html[data-ready]")).toBeAttached();
  await judge(page, "sign-in");
});

test.describe("a shop in the middle of its day", () => {
  test.use({ demo: ["--conversations", "14"] });

  test("the inbox and its threads look right everywhere and are accessible", async ({ page, server, simulator }) => {
    test.slow();
    await signIn(page, "mia@example.test", server.person("mia@example.test").password);
    const inbox = new Inbox(page);
    await inbox.ready();
    await expect(inbox.rows.nth(10)).toBeVisible();
    await judge(page, "inbox");

    await openOneOfTheBot(inbox);
    await judge(page, "thread-bot");
    await inbox.button("Write anyway").click();
    await judge(page, "thread-interrupting");
    await inbox.button("Leave it to the bot").click();

    await talkWithMaya(inbox, simulator);
    await judge(page, "thread-ours");
    await page.emulateMedia({ colorScheme: "dark" });
    await inbox.button("Reply options").click();
    await keepPicture(page, "menu-send-dark");
    await page.keyboard.press("Escape");
    await inbox.page.getByRole("button", { name: /^Assign/ }).click();
    await keepPicture(page, "menu-assign-dark");
    await page.keyboard.press("Escape");
    await page.emulateMedia({ colorScheme: "light" });
    await inbox.profile.click();
    await keepPicture(page, "menu-profile-light");
  });
});

test.describe("a shop on its first day", () => {
  test.use({ demo: ["--conversations", "0"] });

  test("empty lists and errors say what to do, and look right everywhere", async ({ page, server }) => {
    await signIn(page, "mia@example.test", server.person("mia@example.test").password);
    const inbox = new Inbox(page);
    await inbox.ready();
    await expect(page.getByText("No conversations yet")).toBeVisible();
    await judge(page, "inbox-empty");
    await inbox.view("Closed").click();
    await expect(page.getByText("Nothing closed")).toBeVisible();
    await judge(page, "closed-empty");

    await page.route(/\/rpc\//, (route) => route.abort());
    await inbox.view("Mine").click();
    await expect(page.getByRole("alert")).toContainText("The server cannot be reached");
    await judge(page, "list-error");
    await page.unroute(/\/rpc\//);
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByText("Nothing assigned to you")).toBeVisible();

    await inbox.goto("/inbox/open/00000000-0000-0000-0000-000000000000");
    await expect(page.getByText("This conversation cannot be shown")).toBeVisible();
    await judge(page, "thread-error");
    await page.goto("/nowhere");
    await expect(page.getByText("There is nothing here")).toBeVisible();
    await judge(page, "not-found");
  });
});
