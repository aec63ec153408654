// Workflows outside the builder: list, templates, import, the panel beside the conversation, runs and report.
import { readFile, writeFile } from "node:fs/promises";
import type { Locator, Page, TestInfo } from "@playwright/test";
import { judge } from "../harness/look";
import { expect, type Inbox, test } from "../harness/test";

test.use({ demo: ["--conversations", "6"] });

/** A button for agents that asks for a summary, leaves it as a note after a day, and ends. */
const CALL_BACK = {
  format: "baton.workflow.v1",
  name: "Call back",
  description: "Reminds the team to call a customer",
  triggers: [
    {
      kind: {
        type: "shortcut",
        icon: "phone",
        name: "Promise a call",
        description: "We call back within a day",
        form: [
          { label: "What about", variable: "summary", kind: "text", required: true },
          { label: "Number", variable: "number", kind: "phone" },
        ],
      },
    },
  ],
  first: 1,
  steps: {
    1: { name: "A day", kind: { type: "wait", settings: { duration_ms: 86_400_000 } }, exits: { next: 2 } },
    2: { name: "Remind", kind: { type: "add_comment", settings: { text: "Call about $form.summary" } } },
  },
};

/** Names a team that is nowhere. */
const STRANGER = {
  ...CALL_BACK,
  name: "From elsewhere",
  steps: {
    1: {
      name: "To their team",
      kind: {
        type: "assign_to",
        settings: { to: { type: "team", team: "0198c5a0-0000-7000-8000-000000000001", logic: "round_robin" } },
      },
    },
  },
};

async function ready(page: Page): Promise<void> {
  await expect(page.locator("html[data-ready]")).toBeAttached();
}

/** The module as a manager uses it. */
class Workflows {
  constructor(readonly page: Page) {}

  async open(path = ""): Promise<void> {
    await this.page.goto(`/workflows${path}`);
    await ready(this.page);
  }

  row(name: string): Locator {
    return this.page.locator("tr[data-workflow]").filter({ has: this.page.getByRole("link", { name, exact: true }) });
  }

  async menu(name: string): Promise<Locator> {
    await this.page.getByRole("button", { name: `Actions for ${name}`, exact: true }).click();
    return this.page.getByRole("menu", { name: `Actions for ${name}`, exact: true });
  }

  async act(name: string, action: string): Promise<void> {
    const menu = await this.menu(name);
    await menu.getByRole("menuitem", { name: action, exact: true }).click();
  }

  /** Chooses a file in the import dialog. */
  async choose(name: string, text: string, info: TestInfo): Promise<Locator> {
    const dialog = this.page.getByRole("dialog", { name: "Import a workflow" });
    if (!(await dialog.isVisible())) {
      await this.page.getByRole("button", { name: "More ways to add a workflow" }).click();
      await this.page.getByRole("menuitem", { name: "Import", exact: true }).click();
    }
    const path = info.outputPath(name);
    await writeFile(path, text);
    await dialog.getByLabel("Browse file").setInputFiles(path);
    return dialog;
  }

  async import(file: object, info: TestInfo): Promise<Locator> {
    const dialog = await this.choose("workflow.json", JSON.stringify(file), info);
    await dialog.getByRole("button", { name: "Import", exact: true }).click();
    return dialog;
  }

  /** Imports the shortcut and publishes it. */
  async callBack(info: TestInfo): Promise<void> {
    await this.open();
    const dialog = await this.import(CALL_BACK, info);
    await dialog.getByRole("button", { name: "Close" }).click();
    await this.act("Call back", "Publish");
    await expect(this.row("Call back")).toHaveAttribute("data-status", "published");
  }
}

/** The panel beside an open conversation, at its workflows. */
async function beside(inbox: Inbox, customer: string): Promise<Locator> {
  await inbox.goto("/inbox/all");
  await inbox.row(customer).click();
  const panel = inbox.page.getByRole("complementary", { name: "Details" });
  await panel.getByRole("tab", { name: "Workflows" }).click();
  await expect(panel.getByRole("heading", { name: "Ongoing workflows" })).toBeVisible();
  return panel;
}

async function firstCustomer(inbox: Inbox): Promise<string> {
  await inbox.goto("/inbox/all");
  return (await inbox.rows.first().locator(".name").innerText()).trim();
}

test("what is wrong with a file is said in its own words, and nothing is made of it", async ({ openAs }, info) => {
  const mia = await openAs("mia@example.test");
  const workflows = new Workflows(mia.page);
  await workflows.open();
  await expect(mia.page.getByRole("heading", { name: "No workflows yet" })).toBeVisible();

  const schema = "Invalid JSON schema, please submit a valid JSON file";
  const [trigger] = CALL_BACK.triggers;
  const { 1: step } = CALL_BACK.steps;
  const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [index + 1, step]));
  const refusals: [string, string][] = [
    ["not json at all", "The file is not JSON"],
    [JSON.stringify({ ...CALL_BACK, triggers: [trigger, trigger] }), schema],
    [JSON.stringify({ ...CALL_BACK, triggers: [trigger, trigger], steps: {}, first: null }), schema],
    [JSON.stringify({ ...CALL_BACK, steps: {}, first: null }), schema],
    [JSON.stringify({ ...CALL_BACK, surprise: true }), schema],
    [JSON.stringify({ ...CALL_BACK, steps: many }), "The workflow has 101 steps; at most 100 can be imported."],
  ];
  for (const [text, words] of refusals) {
    const dialog = await workflows.choose("refused.json", text, info);
    await dialog.getByRole("button", { name: "Import", exact: true }).click();
    await expect(dialog.getByRole("alert")).toContainText(words);
  }
  const dialog = await workflows.choose("large.json", " ".repeat(400 * 1024 + 1), info);
  await expect(dialog.getByRole("alert")).toHaveText("The file has 401 KB; at most 400 KB can be imported.");
  await expect(dialog.getByRole("button", { name: "Import", exact: true })).toBeDisabled();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(mia.page.getByRole("heading", { name: "No workflows yet" })).toBeVisible();
});

test("a file from elsewhere loses what does not exist here and says so", async ({ openAs }, info) => {
  const mia = await openAs("mia@example.test");
  const workflows = new Workflows(mia.page);
  await workflows.open();
  const dialog = await workflows.import(STRANGER, info);
  await expect(dialog).toContainText("“From elsewhere” with 1 step is in the list.");
  await expect(dialog.getByRole("listitem")).toContainText("To their team");
  await expect(dialog.getByRole("listitem")).toContainText("a team");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(workflows.row("From elsewhere")).toContainText("1 step is not complete");
  const again = await workflows.import(STRANGER, info);
  await again.getByRole("button", { name: "Close" }).click();
  await expect(workflows.row("From elsewhere (2)")).toBeVisible();
  const menu = await workflows.menu("From elsewhere");
  await expect(menu.getByRole("menuitem", { name: "Publish: 1 step is not complete" })).toHaveAttribute("aria-disabled", "true");
});

test("a workflow is published, stopped, renamed, cloned, taken out and deleted from the list", async ({ openAs }, info) => {
  test.slow();
  const mia = await openAs("mia@example.test");
  await mia.page.getByRole("link", { name: "Workflows" }).click();
  await mia.page.waitForURL("**/workflows");
  const workflows = new Workflows(mia.page);
  await workflows.callBack(info);
  await expect(mia.page.getByText("1 of 100")).toBeVisible();

  const row = workflows.row("Call back");
  await expect(row).toContainText("Mia");
  let menu = await workflows.menu("Call back");
  const names = async () => (await menu.getByRole("menuitem").allInnerTexts()).map((text) => text.split("\n")[0]);
  expect(await names()).toEqual(["Stop", "Open in Builder", "Runs and Report", "Edit Name/Description", "Workflow Settings", "Clone", "Export", "Delete"]);
  await expect(menu.getByRole("menuitem", { name: "Delete: Stop it first" })).toHaveAttribute("aria-disabled", "true");
  await mia.page.keyboard.press("Escape");

  await workflows.act("Call back", "Workflow Settings");
  const settings = mia.page.getByRole("dialog", { name: "Workflow settings" });
  await expect(settings.getByLabel(/^Outgoing Message/)).toBeDisabled();
  await settings.getByLabel(/^Allow users to stop this Workflow/).uncheck();
  await settings.getByRole("button", { name: "Save" }).click();
  await expect(settings).toBeHidden();

  await workflows.act("Call back", "Stop");
  const stop = mia.page.getByRole("dialog", { name: "Stop workflow" });
  await expect(stop).toContainText("Nobody is in it.");
  await stop.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(row).toHaveAttribute("data-status", "stopped");
  menu = await workflows.menu("Call back");
  expect((await names())[0]).toBe("Publish");
  await mia.page.keyboard.press("Escape");
  await expect(mia.page.getByRole("button", { name: "Actions for Call back", exact: true })).toBeFocused();

  await workflows.act("Call back", "Workflow Settings");
  await expect(settings.getByLabel(/^Allow users to stop this Workflow/)).not.toBeChecked();
  await settings.getByLabel(/^Outgoing Message/).check();
  await settings.getByLabel("Hours to wait").fill("200");
  await settings.getByRole("button", { name: "Save" }).click();
  await expect(settings.getByRole("alert")).toContainText("between 1 and 168 hours");
  await settings.getByLabel("Hours to wait").fill("48");
  await settings.getByRole("button", { name: "Save" }).click();
  await expect(settings).toBeHidden();

  await workflows.act("Call back", "Clone");
  await expect(workflows.row("Call back clone")).toHaveAttribute("data-status", "draft");
  await workflows.act("Call back clone", "Edit Name/Description");
  const naming = mia.page.getByRole("dialog", { name: "Name and description" });
  await naming.getByLabel("Name").fill("call BACK");
  await naming.getByRole("button", { name: "Save" }).click();
  await expect(naming.getByRole("alert")).toBeVisible();
  await expect(naming.getByLabel("Name")).toHaveValue("call BACK");
  await naming.getByLabel("Name").fill("Ask for a review");
  await naming.getByRole("button", { name: "Save" }).click();
  await expect(workflows.row("Ask for a review")).toBeVisible();

  const search = mia.page.getByRole("searchbox", { name: "Search workflows" });
  await search.fill("review");
  await expect(mia.page.locator("tr[data-workflow]")).toHaveCount(1);
  await expect(mia.page).toHaveURL(/q=review/);
  await search.fill("nothing like it");
  await mia.page.getByRole("button", { name: "Show all" }).click();
  await mia.page.getByRole("button", { name: /^Stopped/ }).click();
  await expect(mia.page.locator("tr[data-workflow]")).toHaveCount(1);
  await mia.page.reload();
  await ready(mia.page);
  await expect(mia.page.locator("tr[data-workflow]")).toHaveCount(1);
  await mia.page.getByRole("button", { name: /^All/ }).click();

  const taken = mia.page.waitForEvent("download");
  await workflows.act("Call back", "Export");
  const file = await taken;
  expect(file.suggestedFilename()).toBe("call-back.json");
  const { format, name, steps } = JSON.parse(await readFile(await file.path(), "utf8"));
  expect({ format, name, steps: Object.keys(steps) }).toEqual({ format: CALL_BACK.format, name: CALL_BACK.name, steps: ["1", "2"] });

  await workflows.act("Ask for a review", "Delete");
  const ask = mia.page.getByRole("dialog", { name: "Delete workflow" });
  await expect(ask).toContainText("This cannot be undone.");
  await ask.getByRole("button", { name: "Cancel" }).click();
  await expect(workflows.row("Ask for a review")).toBeVisible();
  await workflows.act("Ask for a review", "Delete");
  await ask.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(workflows.row("Ask for a review")).toHaveCount(0);

  const tom = await openAs("tom@example.test");
  await expect(tom.page.getByRole("link", { name: "Workflows" })).toHaveCount(0);
  const refused = await tom.page.goto("/workflows");
  expect(refused?.status()).toBe(403);
  await expect(tom.page.getByText("You may not do that.")).toBeVisible();

  const report = await workflows.import(STRANGER, info);
  await report.getByRole("button", { name: "Close" }).click();
  await workflows.act("Call back", "Clone");
  await workflows.act("Call back", "Publish");
  await expect(row).toHaveAttribute("data-status", "published");
  await judge(mia.page, "workflows");
});

test("a template is found, looked at and made a draft", async ({ openAs }) => {
  const mia = await openAs("mia@example.test");
  const workflows = new Workflows(mia.page);
  await workflows.open();
  await mia.page.getByRole("link", { name: "Use a template" }).click();
  await expect(mia.page.getByRole("listitem").filter({ has: mia.page.getByRole("heading") })).toHaveCount(30);
  await ready(mia.page);
  await judge(mia.page, "templates");
  await mia.page.getByRole("searchbox", { name: "Search templates" }).fill("vip");
  await mia.page.getByRole("link", { name: "Use Template" }).click();
  await expect(mia.page.getByRole("heading", { name: "Routing: VIP Contacts" })).toBeVisible();
  await expect(mia.page.getByRole("img", { name: /^The workflow as a tree of/ })).toBeVisible();
  await judge(mia.page, "template");
  await mia.page.getByRole("button", { name: "Use Template" }).click();
  await mia.page.waitForURL(/\/workflows\/[0-9a-f-]{36}$/);
  await workflows.open();
  await expect(workflows.row("Routing: VIP Contacts")).toContainText("steps are not complete");
});

test("two agents see a run live, and who stops it second is told who was first", async ({ openAs }, info) => {
  test.slow();
  const mia = await openAs("mia@example.test");
  const workflows = new Workflows(mia.page);
  await workflows.callBack(info);
  const [tom, zoe] = [await openAs("tom@example.test"), await openAs("zoe@example.test")];
  const customer = await firstCustomer(tom);
  const [his, hers] = [await beside(tom, customer), await beside(zoe, customer)];
  await expect(hers.getByText("No workflow is running for this contact.")).toBeVisible();

  await his.getByRole("button", { name: "Start Promise a call" }).click();
  const form = tom.page.getByRole("dialog", { name: "Promise a call" });
  await form.getByLabel("Number (optional)").fill("call me");
  await form.getByRole("button", { name: "Start" }).click();
  await expect(form.getByText("This has to be answered.")).toBeVisible();
  await expect(form.getByText("Write a phone number")).toBeVisible();
  await expect(form.getByLabel("Number (optional)")).toHaveValue("call me");
  await form.getByLabel("What about").fill("the blue boots");
  await form.getByLabel("Number (optional)").fill("+47 22 33 44 55");
  await form.getByRole("button", { name: "Start" }).click();
  await expect(form).toBeHidden();
  const stop = { name: "Stop Call back" };
  await expect(his.getByRole("button", stop)).toBeVisible();
  await expect(hers.getByRole("button", stop)).toBeVisible();
  await expect(hers.getByText("At “A day”, waits until")).toBeVisible();
  await expect(hers.getByRole("button", { name: "Start Promise a call" })).toHaveCount(0);
  await judge(tom.page, "panel-workflows", "Details");

  // Zoë's word to stop is held up on its way until Tom's has arrived.
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await zoe.page.route("**/rpc/stop-run", async (route) => {
    await held;
    await route.continue();
  });
  await hers.getByRole("button", stop).click();
  await expect(hers.getByRole("button", stop)).toBeDisabled();
  await his.getByRole("button", stop).click();
  await expect(tom.page.getByText("Call back was stopped for this contact.")).toBeVisible();
  await expect(hers.getByText("Tom stopped it for this contact.")).toBeVisible();
  release();
  await expect(zoe.page.getByText("Call back had ended already. Tom stopped it for this contact.")).toBeVisible();
  await expect(hers.getByRole("button", { name: "Start Promise a call" })).toBeVisible();

  await workflows.open();
  await workflows.act("Call back", "Runs and Report");
  await mia.page.getByRole("link", { name: customer }).click();
  await expect(mia.page.getByRole("status").filter({ hasText: "Tom stopped it for this contact." })).toBeVisible();
  await expect(mia.page.locator("tr[data-step]").first()).toContainText("A day");
  await judge(mia.page, "run");
  await mia.page.goBack();
  await mia.page.getByRole("link", { name: "Report" }).click();
  await expect(mia.page.getByText("Stopped for the contact")).toBeVisible();
  await ready(mia.page);
  await judge(mia.page, "report");
});

test("what nobody may stop is hidden from agents and explained to managers", async ({ openAs }, info) => {
  const mia = await openAs("mia@example.test");
  const workflows = new Workflows(mia.page);
  await workflows.callBack(info);
  const tom = await openAs("tom@example.test");
  const customer = await firstCustomer(tom);
  const his = await beside(tom, customer);
  await his.getByRole("button", { name: "Start Promise a call" }).click();
  const form = tom.page.getByRole("dialog", { name: "Promise a call" });
  await form.getByLabel("What about").fill("boots");
  await form.getByRole("button", { name: "Start" }).click();
  await expect(his.getByRole("button", { name: "Stop Call back" })).toBeEnabled();
  await workflows.act("Call back", "Workflow Settings");
  const settings = mia.page.getByRole("dialog", { name: "Workflow settings" });
  await settings.getByLabel(/^Allow users to stop this Workflow/).uncheck();
  await settings.getByRole("button", { name: "Save" }).click();
  await expect(his.getByRole("button", { name: "Stop Call back" })).toHaveCount(0);
  const hers = await beside(mia, customer);
  await expect(hers.getByRole("button", { name: "Stop Call back" })).toBeDisabled();
  await expect(hers.getByText("Its settings do not let anybody stop it for a contact.")).toBeVisible();
});

test("an agent who is kept from workflows finds neither icon nor tab", async ({ openAs }) => {
  const ann = await openAs("ann@example.test");
  await ann.goto("/settings/people");
  await ann.page.getByRole("link", { name: /Tom/ }).click();
  const check = ann.page.getByLabel(/^See and stop workflows/);
  await expect(check).toBeVisible();
  await check.uncheck();
  await ann.page.getByRole("button", { name: "Save changes" }).click();
  await expect(ann.page.getByText("Saved.")).toBeVisible();
  const tom = await openAs("tom@example.test");
  await tom.goto("/inbox/all");
  await tom.rows.first().click();
  await expect(tom.page.getByRole("complementary", { name: "Details" })).toBeVisible();
  await expect(tom.page.getByRole("tab", { name: "Workflows" })).toHaveCount(0);
  await expect(tom.page.getByRole("button", { name: "Workflows" })).toHaveCount(0);
  const answer = await tom.page.request.post("/rpc/conversation-runs", { data: { conversation: "0198c5a0-0000-7000-8000-000000000001" } });
  expect(answer.status()).toBe(403);
});

test("a field is defined, written beside the conversation, and takes only what fits", async ({ openAs }) => {
  test.slow();
  const mia = await openAs("mia@example.test");
  await mia.goto("/settings/fields");
  await mia.page.getByRole("button", { name: "New field" }).click();
  const dialog = mia.page.getByRole("dialog", { name: "Field" });
  await dialog.getByLabel("Name").fill("Shoe size");
  await expect(dialog.getByLabel("Key")).toHaveValue("shoe_size");
  await dialog.getByLabel("Type").selectOption("Number");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(mia.page.locator("[data-field=shoe_size]")).toContainText("not used yet");
  await judge(mia.page, "settings-fields");

  const [tom, zoe] = [await openAs("tom@example.test"), await openAs("zoe@example.test")];
  const customer = await firstCustomer(tom);
  for (const inbox of [tom, zoe]) {
    await inbox.goto("/inbox/all");
    await inbox.row(customer).click();
  }
  const [his, hers] = [tom, zoe].map((inbox) => inbox.page.getByRole("complementary", { name: "Details" }));
  await his.getByRole("button", { name: "Shoe size: add" }).click();
  await his.getByRole("textbox", { name: "Shoe size" }).fill("large");
  await tom.page.keyboard.press("Enter");
  await expect(his.getByRole("alert")).toContainText("Write a number");
  await expect(his.getByRole("textbox", { name: "Shoe size" })).toHaveValue("large");
  await his.getByRole("textbox", { name: "Shoe size" }).fill("39");
  await tom.page.keyboard.press("Enter");
  await expect(hers.getByRole("button", { name: "Shoe size: 39. Edit" })).toBeVisible();
  await his.getByRole("switch", { name: "Bot Status" }).uncheck();
  await expect(hers.getByRole("switch", { name: "Bot Status" })).not.toBeChecked();
  await expect(hers.getByText("Off: people answer")).toBeVisible();
  await his.getByRole("combobox", { name: "Add a tag" }).fill("VIP");
  await tom.page.keyboard.press("Enter");
  await expect(hers.getByRole("button", { name: "Remove tag VIP" })).toBeVisible();
  await judge(tom.page, "panel-contact", "Details");
  await hers.getByRole("button", { name: "Remove tag VIP" }).click();
  await expect(his.getByRole("button", { name: "Remove tag VIP" })).toHaveCount(0);

  await mia.goto("/settings/tags");
  const vip = mia.page.getByRole("listitem").filter({ hasText: "VIP" });
  await expect(vip).toContainText("not used yet");
  await mia.page.getByRole("button", { name: "Edit VIP" }).click();
  const tag = mia.page.getByRole("dialog", { name: "Tag" });
  await tag.getByLabel("Name").fill("Regular");
  await tag.getByRole("button", { name: "Save" }).click();
  await expect(vip).toHaveCount(0);
  await mia.page.getByRole("button", { name: "New tag" }).click();
  await tag.getByLabel("Name").fill("regular");
  await tag.getByRole("button", { name: "Save" }).click();
  await expect(tag.getByRole("alert")).toContainText("There is a tag “regular” already.");
  await tag.getByRole("button", { name: "Cancel" }).click();
  await mia.page.getByRole("button", { name: "Delete Regular" }).click();
  await mia.page.getByRole("dialog", { name: "Delete tag" }).getByRole("button", { name: "Delete" }).click();
  await expect(mia.page.getByText("No tags yet")).toBeVisible();
  await mia.goto("/settings/fields");
  await mia.page.getByRole("button", { name: "Delete Shoe size" }).click();
  const end = mia.page.getByRole("dialog", { name: "Delete field" });
  await expect(end).toContainText("Its values of 1 contact are lost.");
  await end.getByRole("button", { name: "Delete" }).click();
  await expect(mia.page.locator("[data-field=shoe_size]")).toHaveCount(0);
});

test("business hours are put together, say what is wrong, and know whether it is open", async ({ openAs }) => {
  const mia = await openAs("mia@example.test");
  await mia.goto("/settings/hours");
  await mia.page.getByRole("button", { name: "New business hours" }).click();
  const dialog = mia.page.getByRole("dialog", { name: "Business hours" });
  await dialog.getByLabel("Name").fill("Support");
  await dialog.getByLabel("Time zone").fill("Europe/Oslo");
  await dialog.getByLabel("Monday to").fill("08:00");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("alert")).toContainText("On Monday, a span has to end after it begins");
  await dialog.getByLabel("Monday to").fill("12:00");
  await dialog.getByRole("button", { name: "Monday: Add hours" }).click();
  await dialog.getByLabel("Monday from").nth(1).fill("13:00");
  await dialog.getByLabel("Monday to").nth(1).fill("17:00");
  await dialog.getByLabel("Day", { exact: true }).fill("2026-12-24");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await judge(mia.page, "settings-hours-dialog");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect(mia.page.getByText("Mon 09:00–12:00 and 13:00–17:00, Tue to Fri 09:00–17:00 · Europe/Oslo · 1 holiday")).toBeVisible();
  await expect(mia.page.getByText(/^(Open|Closed) now$/)).toBeVisible();
  await judge(mia.page, "settings-hours");
  await mia.page.getByRole("button", { name: "Delete Support" }).click();
  await mia.page.getByRole("dialog", { name: "Delete business hours" }).getByRole("button", { name: "Delete" }).click();
  await expect(mia.page.getByRole("heading", { name: "No business hours yet" })).toBeVisible();
});
