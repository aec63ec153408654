// How a screen is judged: by a machine for accessibility, by human eyes from pictures.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { keepPicture } from "./test";

const THEMES = ["light", "dark"] as const;
const WIDTHS = [1440, 1024, 390] as const;
/** WCAG 2.2 A and AA, and what axe holds good practice: rules of 2.2 are off unless they are asked for. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * Judges a screen as it stands: axe in both themes, and a picture in every theme and width,
 * `screenshots/<name>-<theme>-<width>.png`. None may be wider than its screen. `open` is a button that opens, where there
 * is no room, what the picture is about.
 */
export async function judge(page: Page, name: string, open?: string): Promise<void> {
  await expectAccessible(page, name);
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      if (open) await unfold(page, open);
      const over = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      await expect.poll(over, `${name} at ${width} is wider than the screen`).toBeLessThanOrEqual(0);
      await keepPicture(page, `${name}-${theme}-${width}`);
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize({ width: 1440, height: 900 });
}

async function unfold(page: Page, name: string): Promise<void> {
  const opener = page.getByRole("button", { name, exact: true });
  if ((await opener.isVisible()) && (await opener.getAttribute("aria-expanded")) === "false") await opener.click();
}

/** Expects no violation of any impact on the whole page, in both themes. */
export async function expectAccessible(page: Page, what = "the page"): Promise<void> {
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme });
    await settled(page);
    // What a menu or popover half covers for the moment is small only as long as it is open.
    const covered = await page.locator(".popover, .menu").filter({ visible: true }).count();
    const axe = new AxeBuilder({ page }).withTags(RULES).disableRules(covered > 0 ? ["target-size"] : []);
    const { violations } = await axe.analyze();
    const told = violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html).join("\n")}`);
    expect(told, `${what}, ${theme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
}

/** Waits for what still moves; what lies in a closed part of the page, or turns for ever, never finishes. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const moving = document.getAnimations().filter(({ effect }) => {
      const seen = (effect as KeyframeEffect | null)?.target?.checkVisibility();
      return seen && effect?.getComputedTiming().iterations !== Infinity;
    });
    await Promise.all(moving.map((animation) => animation.finished.catch(() => undefined)));
  });
}
