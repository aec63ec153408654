// The team: joining, restrictions, leaving, the second step, and the settings on every screen.
import { createHmac } from "node:crypto";
import type { Browser, Page } from "@playwright/test";
import { judge } from "../harness/look";
import { expect, Inbox, keepPicture, signIn, test } from "../harness/test";

test.use({ demo: ["--conversations", "6"] });

const PASSWORD = "four little words more";

async function ready(page: Page): Promise<void> {
  await expect(page.locator("html[data-ready]")).toBeAttached();
}

/** Types address and password; what comes of it is the test's to say. */
async function knock(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function settings(page: Page, section: string): Promise<void> {
  await page.goto(`/settings/${section}`);
  await ready(page);
}

/** Invites somebody by keyboard alone and answers the link. */
async function invite(page: Page, email: string, name: string): Promise<string> {
  await settings(page, "people");
  await page.getByRole("button", { name: "Invite", exact: true }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Invite somebody" });
  await expect(dialog.getByLabel("Email")).toBeFocused();
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  const link = page.getByRole("dialog", { name: "Send them this link" }).getByLabel("Invitation link");
  await expect(link).toBeVisible();
  const address = await link.inputValue();
  await page.keyboard.press("Escape");
  await expect(link).toBeHidden();
  return address;
}

/** A browser of somebody who follows a link and joins. */
async function join(browser: Browser, link: string): Promise<Inbox> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: new URL(link).origin });
  const page = await context.newPage();
  await page.goto(link);
  await expect(page.getByText("Ann invites you to Shoe Shop as an agent.")).toBeVisible();
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByRole("alert")).toContainText("at least 10 characters");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Join" }).click();
  await page.waitForURL(/\/inbox/);
  const inbox = new Inbox(page);
  await inbox.ready();
  return inbox;
}

/** The code an authenticator app would show (RFC 6238). */
function code(secret: string, step = Math.floor(Date.now() / 30_000)): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/\s/g, "")].map((one) => alphabet.indexOf(one).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", key).update(counter).digest();
  const offset = hash[hash.length - 1] & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("somebody is invited, joins, is restricted, and is out at once when they leave", async ({ browser, openAs }) => {
  test.slow();
  const ann = await openAs("ann@example.test");
  const link = await invite(ann.page, "nils@example.test", "Nils Holm");
  const nils = await join(browser, link);
  await expect(nils.profile).toContainText("Nils");

  const late = await browser.newPage();
  await late.goto(link);
  await expect(late.getByRole("heading", { name: "This invitation was used" })).toBeVisible();
  await late.goto(link.replace(/[^/]+$/, "no-such-link"));
  await expect(late.getByRole("heading", { name: "This invitation is not valid" })).toBeVisible();
  await late.close();

  await settings(ann.page, "people");
  await ann.page.getByRole("link", { name: /Nils Holm/ }).click();
  await expect(ann.page.getByRole("heading", { name: "Nils Holm" })).toBeVisible();
  const started = nils.page.waitForEvent("load");
  await ann.page.getByLabel("Take over from a bot").uncheck();
  await ann.page.getByLabel("Only their own").check();
  await ann.page.getByRole("button", { name: "Save changes" }).click();
  await expect(ann.page.getByText("Saved.")).toBeVisible();
  await started;
  await nils.ready();

  await ann.page.reload();
  await ready(ann.page);
  await expect(ann.page.getByLabel("Only their own")).toBeChecked();
  await expect(ann.page.getByLabel("Take over from a bot")).not.toBeChecked();
  await ann.page.getByRole("button", { name: "Deactivate…" }).click();
  const ask = ann.page.getByRole("dialog", { name: "Deactivate Nils Holm?" });
  await ask.getByLabel(/Who gets/).selectOption({ label: "Mia" });
  await ask.getByRole("button", { name: "Deactivate", exact: true }).click();
  await expect(nils.page.getByRole("dialog", { name: "Your sign-in has ended" })).toBeVisible();
  await expect(ann.page.getByText("They cannot sign in.")).toBeVisible();
  await knock(nils.page, "nils@example.test", PASSWORD);
  await expect(nils.page.getByRole("alert")).toContainText("do not match");
  await nils.page.context().close();

  await settings(ann.page, "audit");
  const log = ann.page.locator("[data-act]");
  await expect(log.first()).toHaveAttribute("data-act", "person.deactivated");
  await ann.page.getByLabel("What").selectOption({ label: "changed restrictions" });
  await ann.page.getByRole("button", { name: "Show" }).click();
  await expect(ann.page).toHaveURL(/act=person.restrictions_changed/);
  await expect(log).toHaveCount(1);
  await expect(log.first()).toContainText("Nils Holm");
  const [file] = await Promise.all([ann.page.waitForEvent("download"), ann.page.getByRole("link", { name: "Export" }).click()]);
  expect(file.suggestedFilename()).toBe("audit.csv");
});

test("with a second step the password is not enough, and a recovery code helps when the phone is lost", async ({
  openAs,
  page,
  server,
}) => {
  const mia = await openAs("mia@example.test");
  const { password } = server.person("mia@example.test");
  await settings(mia.page, "profile");
  await mia.page.getByRole("button", { name: "Turn on" }).click();
  const dialog = mia.page.getByRole("dialog", { name: "Two-factor sign-in" });
  await dialog.getByLabel("Password").fill(password);
  await dialog.getByRole("button", { name: "Continue" }).click();
  await expect(dialog.getByRole("img")).toBeVisible();
  await keepPicture(mia.page, "two-factor-scan");
  const secret = (await dialog.locator("code").textContent()) ?? "";
  await dialog.getByLabel("Code").fill("000000");
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await expect(dialog.getByRole("alert")).toContainText("does not fit");
  const used = code(secret);
  await dialog.getByLabel("Code").fill(used);
  await dialog.getByRole("button", { name: "Turn on" }).click();
  const codes = dialog.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  await keepPicture(mia.page, "two-factor-codes");
  const recovery = (await codes.first().textContent()) ?? "";
  await dialog.getByRole("button", { name: "I have kept them" }).click();
  await expect(mia.page.getByText("10 recovery codes are left.")).toBeVisible();

  await knock(page, "mia@example.test", password);
  await expect(page).toHaveURL(/\/sign-in\/code/);
  await judge(page, "second-step");
  await page.getByLabel("Code").fill(used);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert"), "the code was used already").toContainText("does not fit");
  await page.getByLabel("Code").fill(recovery.toUpperCase());
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/inbox/);
});

test("a picture, a theme and a new password follow the person", async ({ openAs, server }) => {
  const tom = await openAs("tom@example.test");
  const other = await openAs("tom@example.test");
  const { password } = server.person("tom@example.test");
  await settings(tom.page, "profile");
  const chosen = { name: "tom.png", mimeType: "image/png", buffer: Buffer.from(PICTURE, "base64") };
  await tom.page.locator("input[type=file]").setInputFiles(chosen);
  await expect(tom.page.locator(".portrait img")).toBeVisible();
  await expect.poll(() => tom.page.locator(".portrait img").evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(192);
  await expect(other.page.locator(".me img"), "another browser sees it without a reload").toBeVisible();
  await ready(tom.page);
  await tom.page.getByLabel("Dark theme").check();
  await tom.page.getByLabel("Present password").fill(password);
  await tom.page.getByLabel("New password").fill(PASSWORD);
  await tom.page.getByRole("button", { name: "Change password" }).click();
  await expect(tom.page.getByText("Password changed.").first()).toBeVisible();
  await expect(other.page.getByRole("dialog", { name: "Your sign-in has ended" })).toBeVisible();
  await signIn(other.page, "tom@example.test", PASSWORD);
  await other.page.waitForURL(/\/inbox/);
  await expect(other.page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("the settings look right everywhere and are accessible", async ({ openAs }) => {
  test.slow();
  const { page } = await openAs("ann@example.test");
  await invite(page, "zoe.zander@example.test", "Zoe Zander");
  for (const section of ["profile", "workspace", "people", "teams", "audit"]) {
    await settings(page, section);
    await judge(page, `settings-${section}`);
  }
  await settings(page, "people");
  await page.getByRole("link", { name: /Tom/ }).click();
  await expect(page.getByRole("heading", { name: "Tom" })).toBeVisible();
  await judge(page, "settings-person");
  await page.getByRole("button", { name: "Deactivate…" }).click();
  await judge(page, "settings-deactivate");
  await page.keyboard.press("Escape");
  await settings(page, "people");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await judge(page, "settings-invite");
});

test("on a phone the settings are a list, then a section with the way back", async ({ openAs }) => {
  const { page } = await openAs("ann@example.test");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/settings");
  await ready(page);
  const sections = page.getByRole("navigation", { name: "Settings" });
  await expect(sections.getByRole("link", { name: "People" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Profile" })).toBeHidden();
  await keepPicture(page, "settings-list-390");
  await sections.getByRole("link", { name: "People" }).click();
  await expect(page.getByRole("heading", { name: "People" })).toBeVisible();
  await expect(sections).toBeHidden();
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(sections.getByRole("link", { name: "People" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { name: "People" })).toBeVisible();
});

/** A blue square of 8 by 8. */
const PICTURE =
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGMQiTqBFTEMLQkAG4pNgSZCGX8AAAAASUVORK5CYII=";
