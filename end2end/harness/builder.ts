import { expect, type Locator, type Page } from "@playwright/test";
import type { Inbox } from "./inbox";

/** The builder as a person uses it. */
export class Builder {
  constructor(readonly inbox: Inbox) {}

  get page(): Page {
    return this.inbox.page;
  }

  /** Makes an empty workflow and opens it. */
  static async create(inbox: Inbox, name: string): Promise<Builder> {
    const id = await inbox.page.evaluate(async (name) => {
      const answer = await fetch("/rpc/create-workflow", {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json" },
        body: JSON.stringify({ naming: { name, description: "" } }),
      });
      if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
      return ((await answer.json()) as { id: string }).id;
    }, name);
    await inbox.goto(`/workflows/${id}`);
    const builder = new Builder(inbox);
    await expect(builder.page.getByRole("heading", { name })).toBeVisible();
    return builder;
  }

  /** A step on the canvas, or a line of the outline. */
  step(name: string): Locator {
    return this.page.locator(".node, [role=treeitem]").filter({ hasText: name });
  }

  get steps(): Locator {
    return this.page.locator(".node:not([data-kind=trigger])");
  }

  get drawer(): Locator {
    return this.page.getByRole("complementary", { name: "Settings of the selection" });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name });
  }

  async chooseTrigger(name: string): Promise<void> {
    await this.page.locator("[data-spot=trigger]").click();
    await this.drawer.getByRole("button", { name: "Choose a trigger" }).click();
    await this.page.getByRole("dialog").getByRole("button", { name: new RegExp(`^${name}`) }).click();
    await expect(this.page.locator("[data-spot=trigger]")).toContainText(name);
  }

  /** Adds a step by the last plus on the canvas. */
  async add(kind: string): Promise<void> {
    await this.page.locator(".add[data-end]").last().click();
    await this.page.getByRole("dialog").getByRole("button", { name: new RegExp(`^${kind}`) }).click();
    await expect(this.drawer.getByRole("heading", { name: kind })).toBeVisible();
  }

  async saved(): Promise<void> {
    await expect(this.page.getByText("All changes saved")).toBeVisible();
  }

  async kept(): Promise<void> {
    await expect(this.page.getByText("Not saved, kept for you")).toBeVisible();
  }
}
