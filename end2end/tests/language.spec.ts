// The language of the screens: chosen in the profile, guessed from the browser before anybody signed in.
import type { Page } from "@playwright/test";
import { judge } from "../harness/look";
import { expect, test } from "../harness/test";

test.use({ demo: ["--conversations", "6"] });

async function ready(page: Page): Promise<void> {
  await expect(page.locator("html[data-ready]")).toBeAttached();
}

async function choose(page: Page, label: string, language: string): Promise<void> {
  await page.goto("/settings/profile");
  await ready(page);
  await page.getByLabel(label, { exact: true }).selectOption(language);
}

test("the screens speak the language somebody chose, and English to everybody else", async ({ openAs }) => {
  const [mia, ann] = [await openAs("mia@example.test"), await openAs("ann@example.test")];
  await choose(mia.page, "Language", "Deutsch");
  // The page loads itself again, in German from the first byte.
  await expect(mia.page.getByRole("heading", { name: "Profil", level: 1 })).toBeVisible();
  await expect(mia.page.locator("html")).toHaveAttribute("lang", "de");
  await ready(mia.page);

  await mia.page.goto("/inbox/open");
  await ready(mia.page);
  await expect(mia.page.getByRole("link", { name: /^Nicht zugewiesen/ })).toBeVisible();
  const row = mia.page.getByRole("option").or(mia.page.getByRole("row")).first();
  await row.click();
  await expect(mia.page.getByRole("region", { name: /^Nachrichten mit/ })).toBeVisible();
  await judge(mia.page, "language-thread");

  // What the browser draws by itself speaks it, too.
  await mia.page.keyboard.press("Control+k");
  await mia.page.keyboard.type("einstell");
  await expect(mia.page.getByRole("option", { name: /^Einstellungen/ }).first()).toBeVisible();
  await mia.page.keyboard.press("Escape");

  await ann.page.goto("/inbox/open");
  await ready(ann.page);
  await expect(ann.page.locator("html")).toHaveAttribute("lang", "en");
  await expect(ann.page.getByRole("link", { name: /^Unassigned/ })).toBeVisible();

  await choose(mia.page, "Sprache", "English");
  await expect(mia.page.getByRole("heading", { name: "Profile", level: 1 })).toBeVisible();
});

test("every screen speaks German", async ({ openAs }) => {
  const mia = await openAs("mia@example.test");
  await choose(mia.page, "Language", "Deutsch");
  await expect(mia.page.getByRole("heading", { name: "Profil", level: 1 })).toBeVisible();
  for (const [path, heading] of [
    ["/settings/profile", "Profil"],
    ["/settings/pages", "Seiten"],
    ["/settings/people", "Personen"],
    ["/workflows", "Workflows"],
    ["/workflows/templates", "Vorlagen"],
  ] as const) {
    await mia.page.goto(path);
    await ready(mia.page);
    await expect(mia.page.getByRole("heading", { name: heading, level: 1 })).toBeVisible();
    await judge(mia.page, `language-${path.split("/").pop()}`);
  }
});

test.describe("a browser that asks for German", () => {
  test.use({ locale: "de-AT" });

  test("is greeted in German before anybody signed in", async ({ page }) => {
    await page.goto("/sign-in");
    await ready(page);
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    await expect(page.getByRole("button", { name: "Anmelden" })).toBeVisible();
    await page.getByLabel("E-Mail").fill("mia@example.test");
    await page.getByLabel("Passwort").fill("not this one");
    await page.getByRole("button", { name: "Anmelden" }).click();
    await expect(page.getByRole("alert")).toContainText("passen nicht zusammen");
    await judge(page, "language-sign-in");
  });
});
