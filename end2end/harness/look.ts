// How a screen is judged: by a machine for accessibility, by human eyes from pictures.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { keepPicture } from "./test";

const THEMES = ["light", "dark"] as const;
const WIDTHS = [1440, 1024, 390] as const;

/** Keeps a picture in every theme and width, `screenshots/<name>-<theme>-<width>.png`; none may be wider than its screen. */
export async function keepPictures(page: Page, name: string): Promise<void> {
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      const over = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      await expect.poll(over, `${name} at ${width} is wider than the screen`).toBeLessThanOrEqual(0);
      await keepPicture(page, `${name}-${theme}-${width}`);
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** Expects no violation of any impact on the whole page, in both themes. */
export async function expectAccessible(page: Page, what = "the page"): Promise<void> {
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme });
    await settled(page);
    const { violations } = await new AxeBuilder({ page }).analyze();
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
