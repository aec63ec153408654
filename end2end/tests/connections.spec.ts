// Services that workflows use: connected by an owner, tested, talked to, and never shown their keys again.
import type { Page, TestInfo } from "@playwright/test";
import { writeFile } from "node:fs/promises";
import { judge } from "../harness/look";
import { expect, test } from "../harness/test";

test.use({ demo: ["--conversations", "3"] });

/** Finds out an order number with the simulated model, once a customer asks for advice. */
const ADVISER = {
  format: "baton.workflow.v1",
  name: "Adviser",
  settings: { control: { when_not_ours: "take_over" } },
  triggers: [{ kind: { type: "message_matches", how: "contains", words: ["advice"] } }],
  first: 1,
  steps: {
    1: {
      name: "Find the order",
      kind: {
        type: "ai_agent",
        settings: {
          connection: "Simulated model",
          instructions: "Be kind.",
          objective: "Find out the order number.",
          save: [{ what: "the order number", variable: "order" }],
        },
      },
      exits: { success: 2 },
    },
    2: { name: "Remind", kind: { type: "add_comment", settings: { text: "Order $agent.order|-" } } },
  },
};

async function importAndPublish(page: Page, file: object & { name: string }, info: TestInfo): Promise<void> {
  await page.goto("/workflows");
  await expect(page.locator("html[data-ready]")).toBeAttached();
  await page.getByRole("button", { name: "More ways to add a workflow" }).click();
  await page.getByRole("menuitem", { name: "Import", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Import a workflow" });
  const path = info.outputPath("workflow.json");
  await writeFile(path, JSON.stringify(file));
  await dialog.getByLabel("Browse file").setInputFiles(path);
  await dialog.getByRole("button", { name: "Import", exact: true }).click();
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: `Actions for ${file.name}`, exact: true }).click();
  await page.getByRole("menuitem", { name: "Publish", exact: true }).click();
  const anyway = page.getByRole("button", { name: "Publish anyway" });
  await expect(anyway.or(page.locator("tr[data-status=published]"))).toBeVisible();
  if (await anyway.isVisible()) await anyway.click();
  await expect(page.locator("tr[data-status=published]")).toContainText(file.name);
}

test("an owner connects a service and tests it, and its key is never seen again", async ({ openAs, simulator }) => {
  test.slow();
  const ann = await openAs("ann@example.test");
  const { page } = ann;
  await ann.goto("/settings/connections");
  const simulated = page.locator('[data-connection="Simulated model"]');
  await simulated.getByRole("button", { name: "Test Simulated model" }).click();
  await expect(simulated.getByRole("status")).toContainText("small-talk answers.");
  await page.getByRole("button", { name: "New connection" }).click();
  const dialog = page.getByRole("dialog", { name: "Connection" });
  await dialog.getByLabel("Name", { exact: true }).fill("Main model");
  await dialog.getByLabel("Address", { exact: true }).fill("somewhere");
  await dialog.getByLabel("Model", { exact: true }).fill("small-talk");
  await dialog.getByLabel("Key", { exact: true }).fill("sk-not-the-right-one");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("alert")).toContainText("begins with https://");
  await expect(dialog.getByLabel("Key", { exact: true })).toHaveValue("sk-not-the-right-one");
  await judge(page, "settings-connections-dialog");
  await dialog.getByLabel("Address", { exact: true }).fill(simulator.address);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  const main = page.locator('[data-connection="Main model"]');
  await main.getByRole("button", { name: "Test Main model" }).click();
  await expect(main.getByRole("status")).toContainText("Incorrect API key provided: ….");
  await judge(page, "settings-connections");
  await main.getByRole("button", { name: "Edit Main model" }).click();
  await expect(dialog.getByLabel("Name", { exact: true })).toBeDisabled();
  await expect(dialog.getByLabel("Key", { exact: true })).toHaveValue("");
  expect(await page.content()).not.toContain("sk-not-the-right-one");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await main.getByRole("button", { name: "Delete Main model" }).click();
  await page.getByRole("dialog", { name: "Delete connection" }).getByRole("button", { name: "Delete" }).click();
  await expect(main).toHaveCount(0);

  const mia = await openAs("mia@example.test");
  await mia.goto("/settings/connections");
  await expect(mia.page.getByText("You may not do that.")).toBeVisible();
  await expect(mia.page.getByRole("link", { name: "Connections" })).toHaveCount(0);
});

test("the simulated model finds out what a step wants to know", async ({ openAs, simulator }, info) => {
  test.slow();
  const ann = await openAs("ann@example.test");
  await importAndPublish(ann.page, ADVISER, info);
  const ida = await simulator.newCustomer("7300000000099911", "Ida", "Holm");
  await ida.writes("I need advice");
  await expect.poll(() => simulator.sentByUs()).toContain("Could you tell me the order number?");
  await ida.writes("It is 48190.");
  await expect.poll(() => simulator.sentByUs()).toContain("Thank you, I have noted that.");
  await ann.goto("/inbox/all");
  await ann.open("Ida Holm");
  await expect(ann.log.getByText("Order 48190")).toBeVisible();
  await ann.page.getByRole("button", { name: "Close with a note" }).click();
  const form = ann.page.getByRole("dialog", { name: "Close with a note" });
  await form.getByLabel("Category").fill("Order");
  await form.getByLabel("Summary").fill("asked for advice");
  await judge(ann.page, "closing-note");
  await form.getByRole("button", { name: "Close" }).click();
  await expect(ann.page.getByRole("button", { name: "Reopen" })).toBeVisible();
  await expect(ann.log.getByText("closed the conversation: Order · asked for advice")).toBeVisible();
});
