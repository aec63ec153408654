import { expect, type Locator, type Page } from "@playwright/test";

/** How many times Tab is pressed at most on the way to something. */
const PATIENCE = 150;

/** A person without a mouse. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Goes on with Tab until this has the focus, as somebody does who cannot point at it. */
  async tabTo(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    const isThere = () => target.evaluate((element) => element === document.activeElement);
    for (let n = 0; n < PATIENCE && !(await isThere()); n += 1) await this.page.keyboard.press("Tab");
    await expect(target).toBeFocused();
  }

  /** Goes there and presses a key on it. */
  async on(target: Locator, key = "Enter"): Promise<void> {
    await this.tabTo(target);
    await this.page.keyboard.press(key);
  }

  /** Goes to a field and writes. */
  async write(target: Locator, text: string): Promise<void> {
    await this.tabTo(target);
    await this.page.keyboard.type(text);
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }
}
