import { expect, type Page } from "@playwright/test";
import type { Inbox } from "./inbox";
import type { Simulator } from "./simulator";

/** Opens, as a manager, what somebody of the team sees and may do, and changes it. */
export async function restrict(manager: Inbox, who: string, change: (page: Page) => Promise<void>): Promise<void> {
  await manager.goto("/settings/people");
  await manager.page.getByRole("link", { name: new RegExp(who) }).click();
  await expect(manager.page.getByRole("heading", { name: who })).toBeVisible();
  await change(manager.page);
  await manager.page.getByRole("button", { name: "Save changes" }).click();
  await expect(manager.page.getByText("Saved.")).toBeVisible();
}

/** Gives the open conversation to somebody, as the menu names them: "Me", "Tom", "Returns", "Nobody". */
export async function assign(inbox: Inbox, to: string): Promise<void> {
  await inbox.page.getByRole("button", { name: /^Assign/ }).click();
  await inbox.page.getByRole("menuitemradio", { name: to, exact: true }).click();
  await expect(inbox.page.getByRole("menu", { name: "Assign" })).toBeHidden();
}

/** A customer greets the bot, which has control, and then wants a person: the thread is ours, as this list shows. */
export async function handedOver(inbox: Inbox, simulator: Simulator, psid: string, name: string): Promise<void> {
  await simulator.customer(psid).writes("Hello!");
  await expect(inbox.row(name)).toHaveAttribute("data-control", "bot");
  await simulator.quiet();
  await simulator.customer(psid).writes("Can I talk to a person please?");
  await expect(inbox.row(name)).toHaveAttribute("data-control", "ours");
  await simulator.quiet();
}
