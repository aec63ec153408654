// Pages as managers see them: connected, lost, found again, and nothing sent without consent.
import { judge } from "../harness/look";
import { deployed, expect, Inbox, keepPicture, signIn, test } from "../harness/test";
import { BATON_APP, PAGE } from "../harness/simulator";

const OUTLET = "118877665544332";

test("a page that loses its access is shown to everybody, put right, and what waited leaves with consent", async ({
  openAs,
  simulator,
}) => {
  const tom = await openAs("tom@example.test");
  await tom.goto("/inbox/open");
  await simulator.post("switches", { page: PAGE, app: BATON_APP, token_expired: true });
  const free = tom.page.locator('[data-conversation][data-control="ours"]').first();
  await free.click();
  await tom.answer("Written while the page was lost");
  const banner = tom.page.locator(`.banner[data-page="${PAGE}"]`);
  await expect(banner).toContainText("Shoe Shop is disconnected");
  await expect(banner).toContainText("Ask Ann or Mia");
  await expect(banner.getByRole("link")).toHaveCount(0);

  const mia = await openAs("mia@example.test");
  await expect(mia.page.locator(`.banner[data-page="${PAGE}"]`).getByRole("link", { name: "Reconnect" })).toBeVisible();
  await mia.goto(`/settings/pages/${PAGE}`);
  const card = mia.page.locator(`.connection[data-page="${PAGE}"]`);
  await expect(card).toHaveAttribute("data-health", "disconnected");
  await mia.button("Check again").click();
  await expect(mia.page.locator('[data-check="token"]')).toHaveAttribute("data-level", "failed");
  await judge(mia.page, "page-disconnected");

  await simulator.post("switches", { page: PAGE, app: BATON_APP, token_expired: false });
  await mia.button("Check again").click();
  await expect(card).toHaveAttribute("data-health", "connected");
  const waiting = mia.page.locator("[data-waiting]");
  await expect(waiting).toContainText("Written while the page was lost");
  await judge(mia.page, "page-waiting");
  expect(await simulator.sentByUs()).not.toContain("Written while the page was lost");
  await mia.button("Send all").click();
  await expect(waiting).toHaveCount(0);
  await expect.poll(async () => simulator.sentByUs()).toContain("Written while the page was lost");
  await expect(banner).toHaveCount(0);
  for (const side of ["in", "out"]) {
    await expect(mia.page.locator(`table[data-side="${side}"]`)).toHaveAttribute("data-balances", "true");
  }
});

test("missing fields are named and subscribed with one button", async ({ openAs, simulator }) => {
  await simulator.post("switches", { page: PAGE, app: BATON_APP, fields: ["messages", "message_echoes"] });
  const ann = await openAs("ann@example.test");
  await ann.goto(`/settings/pages/${PAGE}`);
  await ann.button("Check again").click();
  const line = ann.page.locator('[data-check="subscription"]');
  await expect(line).toHaveAttribute("data-level", "failed");
  await expect(line).toContainText("standby");
  await ann.button("Subscribe now").click();
  await expect(line).toHaveAttribute("data-level", "ok");
});

test("a second page is connected by signing in with Facebook", async ({ openAs }) => {
  const ann = await openAs("ann@example.test");
  const page = ann.page;
  await ann.goto("/settings/pages/connect");
  await keepPicture(page, "connect");
  await page.getByRole("link", { name: "Sign in with Facebook" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await ann.ready();
  await expect(page.getByRole("alert")).toContainText("cancelled");
  await page.getByRole("link", { name: "Sign in with Facebook" }).click();
  await page.getByLabel("Shoe Shop", { exact: true }).uncheck();
  await page.getByRole("button", { name: "Continue" }).click();
  await ann.ready();
  const outlet = page.locator(`li[data-page="${OUTLET}"]`);
  await expect(outlet).toContainText("Ready to be connected");
  await expect(page.locator(`li[data-page="${PAGE}"]`)).toContainText("not ticked in the dialog");
  await judge(page, "connect-choose");
  await page.getByRole("button", { name: "Connect the chosen pages" }).click();
  await expect(page.getByRole("heading", { name: "Shoe Shop Outlet is connected." })).toBeVisible();
  await page.getByRole("link", { name: "Go to your pages" }).click();
  await expect(page.locator(`.connection[data-page="${OUTLET}"]`)).toHaveAttribute("data-health", "connected");
  await keepPicture(page, "pages");
});

test("sending is paused and resumed, and a page is disconnected and keeps its history", async ({ openAs }) => {
  const ann = await openAs("ann@example.test");
  const tom = await openAs("tom@example.test");
  await ann.goto(`/settings/pages/${PAGE}`);
  await ann.button("Pause sending").click();
  await expect(tom.page.locator(`.banner[data-page="${PAGE}"]`)).toContainText("Ann paused sending");
  await ann.button("Resume sending").click();
  await expect(tom.page.locator(`.banner[data-page="${PAGE}"]`)).toHaveCount(0);
  await ann.button("Disconnect the page").click();
  await ann.page.getByRole("dialog").getByRole("button", { name: "Disconnect", exact: true }).click();
  await expect(ann.page.locator(`.connection[data-page="${PAGE}"]`)).toHaveAttribute("data-health", "removed");
  await tom.goto("/inbox/open");
  await tom.rows.first().click();
  await expect(tom.page.getByText("Shoe Shop is no longer connected")).toBeVisible();
  await expect(tom.bubbles.first()).toBeVisible();
});

test("agents find no pages in the settings, and the server refuses them", async ({ openAs }) => {
  const tom = await openAs("tom@example.test");
  await tom.goto("/settings/pages");
  await expect(tom.page.getByText("You may not do that")).toBeVisible();
});

test("the pages look right everywhere and are accessible", async ({ openAs }) => {
  const ann = await openAs("ann@example.test");
  for (const path of ["/settings/pages", `/settings/pages/${PAGE}`, "/settings/pages/connect"]) {
    await ann.goto(path);
    await judge(ann.page, path.slice(1).replaceAll("/", "-"));
  }
});
