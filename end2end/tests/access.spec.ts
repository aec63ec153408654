// Everybody can use it: by keyboard alone, on a phone, zoomed, in forced colours, and as a screen reader hears it.
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../harness/look";
import { LUCA, TOMAS } from "../harness/simulator";
import { expect, Inbox, keepPicture, signIn, test } from "../harness/test";

test.use({ demo: ["--conversations", "6"] });

/** The screens anybody signed in can reach. */
const SETTINGS = ["shortcuts", "notifications"] as const;

async function asMia(page: Page): Promise<Inbox> {
  await signIn(page, "mia@example.test");
  const inbox = new Inbox(page);
  await inbox.ready();
  return inbox;
}

/** Presses Tab until the element has the focus; fails when it never comes. */
async function tabTo(page: Page, wanted: Locator, most = 60): Promise<void> {
  for (let presses = 0; presses < most; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${wanted}`);
}

/** Whether whoever looks can see where the focus is. */
async function expectVisibleFocus(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const active = document.activeElement;
    if (!active || active === document.body) return "nothing has the focus";
    const style = getComputedStyle(active);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return outlined || style.boxShadow !== "none" || style.backgroundColor !== "rgba(0, 0, 0, 0)" ? "" : active.outerHTML;
  });
  expect(seen, "no mark shows the focus").toBe("");
}

test("every screen passes in both themes", async ({ page }) => {
  test.slow();
  const inbox = await asMia(page);
  await expect(inbox.rows.first()).toBeVisible();
  await expectAccessible(page, "inbox");
  await inbox.rows.first().click();
  await expect(inbox.log).toBeVisible();
  await expectAccessible(page, "thread");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
  await expectAccessible(page, "palette");
  await keepPicture(page, "palette-light-1440");
  await page.emulateMedia({ colorScheme: "dark" });
  await keepPicture(page, "palette-dark-1440");
  await page.keyboard.press("Escape");
  await page.emulateMedia({ colorScheme: null });
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await expectAccessible(page, "help");
  await keepPicture(page, "help-light-1440");
  await page.keyboard.press("Escape");
  for (const section of SETTINGS) {
    await page.goto(`/settings/${section}`);
    await inbox.ready();
    await expectAccessible(page, section);
    for (const theme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await keepPicture(page, `settings-${section}-${theme}-1440`);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await keepPicture(page, `settings-${section}-dark-390`);
    await page.setViewportSize({ width: 1440, height: 900 });
  }
});

test("from sign-in to close without a mouse, and the focus is always seen", async ({ page, simulator }) => {
  await page.goto("/sign-in");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await tabTo(page, page.getByLabel("Email"));
  await page.keyboard.type("mia@example.test");
  await tabTo(page, page.getByLabel("Password"));
  await page.keyboard.type("baton-demo");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/inbox/);
  const inbox = new Inbox(page);
  await inbox.ready();
  await simulator.customer(LUCA).writes("Is anybody there?");
  await expect(inbox.rows.first()).toContainText("Luca Moretti");

  await tabTo(page, inbox.rows.first());
  await expectVisibleFocus(page);
  await page.keyboard.press("Enter");
  await expect(inbox.log).toBeVisible();
  await expect(inbox.row("Luca Moretti")).toHaveAttribute("aria-selected", "true");
  await tabTo(page, inbox.button("Take over"));
  await expectVisibleFocus(page);
  await page.keyboard.press("Enter");
  await expect(inbox.field).toBeFocused();
  await page.keyboard.type("Yes, I am. How can I help?");
  await tabTo(page, inbox.send);
  await page.keyboard.press("Enter");
  await expect(inbox.bubble("Yes, I am.")).toBeVisible();
  await tabTo(page, inbox.button("Reset control"), 120);
  await page.keyboard.press("Enter");
  await expect(inbox.chip).not.toContainText("We have control");

  const assign = page.getByRole("button", { name: /^Assign/ });
  await tabTo(page, assign, 120);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu", { name: "Assign" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(assign, "a menu gives the focus back").toBeFocused();
  await tabTo(page, inbox.button("Close"), 120);
  await page.keyboard.press("Enter");
  await expect(inbox.button("Reopen")).toBeVisible();
});

test("the list is walked with arrows and holds one stop of the Tab key", async ({ page }) => {
  const inbox = await asMia(page);
  await expect(inbox.rows.nth(2)).toBeVisible();
  await expect(page.locator("[data-conversation][tabindex='0']")).toHaveCount(1);
  await tabTo(page, inbox.rows.first());
  await page.keyboard.press("ArrowDown");
  await expect(inbox.rows.first()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(inbox.rows.nth(1)).toBeFocused();
  await expect(inbox.rows.nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowUp");
  await expect(inbox.rows.first()).toBeFocused();
});

test("the thread is a log that says who wrote what", async ({ page, simulator }) => {
  const inbox = await asMia(page);
  await simulator.customer(TOMAS).writes("Can I talk to a person please?");
  await inbox.row("Tomas").click();
  await expect(inbox.log).toBeVisible();
  await simulator.customer(TOMAS).writes("Hello?");
  const last = inbox.log.getByRole("article").filter({ hasText: "Hello?" });
  await expect(last).toHaveAccessibleName(/Tomas/);
  await expect(inbox.bubble("Hello?")).toHaveAttribute("dir", "auto");
});

test("targets are at least 24 pixels, and 40 on a phone's controls", async ({ page }) => {
  const inbox = await asMia(page);
  await inbox.rows.first().click();
  await expect(inbox.log).toBeVisible();
  const small = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("a[href], button, input, textarea, [role=switch]")]
        .filter((element) => element.checkVisibility() && !element.closest(".visually-hidden, .skip"))
        .map((element) => ({ html: element.outerHTML.slice(0, 120), box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
        .map(({ html, box }) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`),
    );
  expect(await small()).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await small()).toEqual([]);
  for (const section of SETTINGS) {
    await page.goto(`/settings/${section}`);
    expect((await small()).filter((told) => !told.includes("class=\"link\"") && !told.includes("checkbox") && !told.includes("range"))).toEqual([]);
  }
});

test("a phone shows one pane at a time, and going back closes it", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const inbox = await asMia(page);
  await expect(inbox.rows.first()).toBeVisible();
  await inbox.rows.first().click();
  await expect(inbox.log).toBeVisible();
  await expect(inbox.rows.first()).toBeHidden();
  await keepPicture(page, "phone-thread-390");
  await page.goBack();
  await expect(inbox.rows.first()).toBeVisible();
  await expect(inbox.log).toBeHidden();
});

test("zoomed to 200 % nothing is lost and nothing needs two directions of scrolling", async ({ page }) => {
  await page.setViewportSize({ width: 640, height: 400 });
  const inbox = await asMia(page);
  await expect(inbox.rows.first()).toBeVisible();
  const wider = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await wider()).toBeLessThanOrEqual(0);
  await inbox.rows.first().click();
  await expect(inbox.log).toBeVisible();
  expect(await wider()).toBeLessThanOrEqual(0);
  await keepPicture(page, "zoom-thread-640");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeInViewport();
  await keepPicture(page, "zoom-palette-640");
});

test.describe("in forced colours", () => {
  test.use({ contextOptions: { forcedColors: "active" } });

  test("who holds a thread and what is chosen stay visible", async ({ page }) => {
    const inbox = await asMia(page);
    await inbox.row("Luca Moretti").click();
    await expect(inbox.log).toBeVisible();
    await expect(inbox.lock("Luca Moretti")).toBeVisible();
    await keepPicture(page, "forced-thread-1440");
    await page.keyboard.press("Control+k");
    const chosen = page.getByRole("dialog").getByRole("option", { selected: true });
    await expect(chosen).toBeVisible();
    const outline = await chosen.first().evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline).not.toBe("none");
    await keepPicture(page, "forced-palette-1440");
  });

  test("in settings and workflows one sees where one is and what can be pressed", async ({ page }) => {
    await asMia(page);
    for (const path of ["settings/pages", "settings/people", "settings/profile", "settings/shortcuts", "workflows"]) {
      await page.goto(`/${path}`);
      await expect(page.locator("html[data-ready]")).toBeAttached();
      const here = page.getByRole("navigation").locator("[aria-current=page]").first();
      expect(await here.evaluate((element) => getComputedStyle(element).outlineStyle), `${path} says where one is`).not.toBe("none");
      const button = page.getByRole("main").locator(".button").filter({ visible: true }).first();
      expect(await button.evaluate((element) => getComputedStyle(element).borderTopStyle), `a button of ${path}`).toBe("solid");
      await keepPicture(page, `forced-${path.replace("/", "-")}-1440`);
    }
    await page.goto("/workflows/templates");
    await page.getByRole("button", { name: "Use template" }).first().or(page.getByRole("link", { name: "Use template" }).first()).click();
    await expect(page.locator("html[data-ready]")).toBeAttached();
    await keepPicture(page, "forced-template-1440");
  });
});

test("with reduced motion nothing moves for long", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await asMia(page);
  await page.keyboard.press("Control+k");
  const longest = await page.evaluate(() =>
    Math.max(0, ...document.getAnimations().map((animation) => Number(animation.effect?.getComputedTiming().duration ?? 0))),
  );
  expect(longest).toBeLessThanOrEqual(1);
});

test("it can be installed", async ({ page, request }) => {
  await page.goto("/sign-in");
  const address = await page.locator("link[rel=manifest]").getAttribute("href");
  const manifest = (await (await request.get(address ?? "")).json()) as { name: string; icons: { src: string }[] };
  expect(manifest.name).toBe("Baton");
  for (const { src } of manifest.icons) expect((await request.get(src)).headers()["content-type"]).toBe("image/svg+xml");
});
