import { expect, type Locator, type Page } from "@playwright/test";

/** The kinds of author a bubble may have. */
export type Author = "customer" | "agent" | "bot" | "page_inbox";

/** The inbox as a person uses it: everything is found by the names and attributes it promises. */
export class Inbox {
  constructor(readonly page: Page) {}

  /** Waits until the page answers and no longer is only drawn. */
  async ready(): Promise<void> {
    await expect(this.page.locator("html[data-ready]")).toBeAttached();
  }

  /** Goes to an address of the product and waits until it answers. */
  async goto(path: string): Promise<void> {
    await this.page.goto(path);
    await this.ready();
  }

  /** Marks this load of the page; the answer asks whether it is still the same load. */
  async remember(): Promise<() => Promise<void>> {
    const mark = `load-${Date.now()}`;
    await this.page.evaluate((mark) => Object.assign(window, { mark }), mark);
    return async () => {
      const found = await this.page.evaluate(() => (window as unknown as { mark?: string }).mark);
      expect(found, "the page was loaded again").toBe(mark);
    };
  }

  /** The conversations of the list, from the top. */
  get rows(): Locator {
    return this.page.locator("[data-conversation]");
  }

  /** A customer's row in the list. */
  row(customer: string): Locator {
    return this.rows.filter({ hasText: customer });
  }

  /** The lock in a customer's row. */
  lock(customer: string): Locator {
    return this.row(customer).getByRole("img", { name: /^Controlled by/ });
  }

  /** A view in the navigation, such as "With bot". */
  view(name: string): Locator {
    return this.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: new RegExp(`^${name}`) });
  }

  /** Expects a view's counter: how many are unread, or else how many there are; "" for none. */
  async counts(view: string, number: string): Promise<void> {
    await expect(this.view(view)).toHaveText(`${view}${number}`);
  }

  /** Opens a customer's conversation from the list. */
  async open(customer: string): Promise<void> {
    await this.row(customer).click();
    await expect(this.page.getByRole("heading", { name: customer }).first()).toBeVisible();
    await expect(this.log).toBeVisible();
  }

  /** Who has control, in words. */
  get chip(): Locator {
    return this.page.getByRole("group", { name: "Control of this thread" }).getByRole("status");
  }

  get log(): Locator {
    return this.page.getByRole("log");
  }

  /** The messages of the open conversation, oldest first. */
  get bubbles(): Locator {
    return this.log.locator("[data-message]");
  }

  /** The bubbles that say this. */
  bubble(text: string): Locator {
    return this.bubbles.filter({ hasText: text });
  }

  /** The bubble with what stands around it: who, when, how far it came, what went wrong. */
  around(text: string): Locator {
    return this.log.getByRole("article").filter({ hasText: text });
  }

  /** Expects the authors of all messages, oldest first. */
  async authors(...authors: Author[]): Promise<void> {
    await expect
      .poll(() => this.bubbles.evaluateAll((all) => all.map((one) => one.getAttribute("data-author"))))
      .toEqual(authors);
  }

  /** Expects all messages, oldest first. */
  async says(...texts: (string | RegExp)[]): Promise<void> {
    await expect(this.bubbles).toHaveText(texts);
  }

  /** Where one writes. */
  get field(): Locator {
    return this.page.getByRole("textbox", { name: /^Message to/ });
  }

  get send(): Locator {
    return this.page.getByRole("button", { name: /^Send to/ });
  }

  /** Writes and sends. */
  async answer(text: string): Promise<void> {
    await this.field.fill(text);
    await this.send.click();
  }

  /** Writes, and sends in another way, such as "Send and reset control". */
  async answerAnd(text: string, way: string): Promise<void> {
    await this.field.fill(text);
    await this.page.getByRole("button", { name: "Reply options" }).click();
    await this.page.getByRole("menuitem", { name: way }).click();
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** Opens the menu of whoever is signed in; its name begins with theirs. */
  get profile(): Locator {
    return this.page.getByRole("button", { name: /Profile and settings/ });
  }

  /** Why something was not done. */
  get problem(): Locator {
    return this.page.getByRole("alert");
  }

  /** The history of who had control, newest first. */
  get timeline(): Locator {
    return this.page.getByRole("complementary", { name: "Details" }).locator("li[data-control]");
  }

  /** What a bubble is painted with, as red, green and blue from 0 to 255. */
  async paintOf(bubble: Locator): Promise<{ red: number; green: number; blue: number }> {
    return bubble.first().evaluate((element) => {
      const brush = document.createElement("canvas").getContext("2d");
      if (!brush) throw new Error("the browser cannot paint");
      brush.fillStyle = getComputedStyle(element).backgroundColor;
      brush.fillRect(0, 0, 1, 1);
      const [red, green, blue] = brush.getImageData(0, 0, 1, 1).data;
      return { red, green, blue };
    });
  }
}
