// The life of a workflow: built, published, set off from outside, seen at the customer's, stopped by an agent, explained.
import { Builder } from "../harness/builder";
import { Keyboard } from "../harness/keyboard";
import { Meta } from "../harness/meta";
import type { Customer, Simulator } from "../harness/simulator";
import { expect, type Inbox, test } from "../harness/test";

test.use({ demo: ["--conversations", "0"] });

/** A customer whose thread the bot has handed over to us. */
async function maraIsOurs(simulator: Simulator): Promise<Customer> {
  const mara = await simulator.newCustomer("7300000000091173", "Mara", "Lind");
  await mara.writes("Hi");
  await simulator.quiet();
  await mara.isPassedOnByBot();
  await simulator.quiet();
  return mara;
}

/** What workflows say of a contact, beside the conversation. */
function panel(inbox: Inbox) {
  return inbox.page.getByRole("complementary", { name: "Details" });
}

test("by mouse: built, published, set off by a message, stopped by an agent who sees why it ended", async ({ openAs, server, simulator }) => {
  const mia = await openAs("mia@example.test");
  const { page } = mia;
  await page.getByRole("link", { name: "Workflows" }).click();
  await page.getByRole("button", { name: "Add Workflow" }).click();
  const naming = page.getByRole("dialog", { name: "Add a workflow" });
  await naming.getByLabel("Name").fill("Sizes");
  await naming.getByRole("button", { name: "Create" }).click();
  const builder = new Builder(mia);
  await expect(page.getByRole("heading", { name: "Sizes" })).toBeVisible();
  await builder.chooseTrigger("Message Matches");
  await builder.drawer.getByRole("button", { name: "Add words" }).click();
  await builder.drawer.getByRole("textbox", { name: "Text" }).fill("size");
  await builder.add("Ask a Question");
  await builder.drawer.getByLabel("Message", { exact: true }).fill("Which size do you wear, $contact.firstname|friend?");
  await builder.drawer.getByLabel("Step name").fill("Ask for the size");
  await builder.button("Publish").click();
  await expect(page.getByText("Published: contacts enter it")).toBeVisible();

  // As Meta tells it: a signed body, posted to the address that Meta was given.
  const mara = await maraIsOurs(simulator);
  const message = { mid: "m_which_sizes", text: "Which SIZES do you have?" };
  await new Meta(server.inbox).tells({ sender: { id: mara.psid }, timestamp: Date.now(), message });
  await expect.poll(() => simulator.sentByUs()).toEqual(["Which size do you wear, Mara?"]);
  await expect(page.getByText("1 contact is in it.")).toBeVisible();

  const tom = await openAs("tom@example.test");
  await tom.goto("/inbox/all");
  await tom.open("Mara Lind");
  await expect(tom.bubble("Which size do you wear, Mara?")).toHaveAttribute("data-author", "workflow");
  await panel(tom).getByRole("tab", { name: "Workflows" }).click();
  await expect(panel(tom).getByText("At “Ask for the size”, waits for an answer")).toBeVisible();
  await panel(tom).getByRole("button", { name: "Stop Sizes" }).click();
  await expect(panel(tom).getByText("Tom stopped it for this contact.")).toBeVisible();
  await expect(page.getByText("Nobody is in it right now.")).toBeVisible();

  // Nothing comes of it any more, and the manager reads why.
  await mara.writes("42");
  await simulator.quiet();
  await page.goBack();
  await page.getByRole("button", { name: "Actions for Sizes", exact: true }).click();
  await page.getByRole("menuitem", { name: "Runs and Report" }).click();
  await page.getByRole("link", { name: "Mara Lind" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Tom stopped it for this contact." })).toBeVisible();
  await expect(page.locator("tr[data-step]").first()).toContainText("Ask for the size");
  expect(await simulator.sentByUs()).toHaveLength(1);
});

test("by keyboard: built, published, set off by a program, stopped by an agent who sees why it ended", async ({ openAs, simulator }) => {
  test.slow();
  const mia = await openAs("mia@example.test");
  const { page } = mia;
  const keys = new Keyboard(page);
  await keys.on(page.getByRole("link", { name: "Workflows" }));
  await keys.on(page.getByRole("button", { name: "Add Workflow" }));
  await keys.write(page.getByRole("dialog", { name: "Add a workflow" }).getByLabel("Name"), "Call back");
  await keys.press("Enter");
  const builder = new Builder(mia);
  await expect(page.getByRole("heading", { name: "Call back" })).toBeVisible();
  await keys.on(page.locator("[data-spot=trigger]"));
  await keys.on(builder.drawer.getByRole("button", { name: "Choose a trigger" }));
  await expect(page.getByRole("dialog").getByRole("searchbox")).toBeFocused();
  await keys.type("Incoming Webhook");
  await keys.press("Enter");
  await expect(page.locator("[data-spot=trigger]")).toContainText("Incoming Webhook");
  const hook = builder.drawer.getByLabel("Address to call", { exact: true });
  await keys.tabTo(hook);
  const address = await hook.inputValue();
  await keys.write(builder.drawer.getByLabel("Path", { exact: true }), "$.customer.id");
  await keys.press("Escape", "Insert");
  await expect(page.getByRole("dialog").getByRole("searchbox")).toBeFocused();
  await keys.type("Ask a Question");
  await keys.press("Enter");
  await keys.write(builder.drawer.getByLabel("Message", { exact: true }), "When may we call you, $contact.firstname|there?");
  await keys.press("Escape", "Control+s");
  await builder.saved();
  await keys.on(builder.button("Publish"));
  await expect(page.getByText("Published: contacts enter it")).toBeVisible();

  await maraIsOurs(simulator);
  const found = await page.request.get("/api/v1/conversations?view=all");
  const { items } = (await found.json()) as { items: { contact: { id: string; name: string } }[] };
  const { id } = items.find(({ contact }) => contact.name === "Mara Lind")?.contact ?? { id: "" };
  const body = JSON.stringify({ order: "A-1001", customer: { id } });
  const answer = await fetch(address, { method: "POST", headers: { "content-type": "application/json" }, body });
  expect([answer.status, Object.keys((await answer.json()) as object)]).toEqual([202, ["run"]]);
  await expect.poll(() => simulator.sentByUs()).toEqual(["When may we call you, Mara?"]);

  const tom = await openAs("tom@example.test");
  const his = new Keyboard(tom.page);
  await his.press("j");
  await expect(tom.page.getByRole("heading", { name: "Mara Lind" }).first()).toBeVisible();
  await expect(tom.bubble("When may we call you, Mara?")).toBeVisible();
  const tab = panel(tom).getByRole("tab", { name: "Workflows" });
  await his.tabTo(panel(tom).getByRole("tab", { selected: true }));
  while ((await tab.getAttribute("aria-selected")) !== "true") await his.press("ArrowRight");
  await his.on(panel(tom).getByRole("button", { name: "Stop Call back" }));
  await expect(panel(tom).getByText("Tom stopped it for this contact.")).toBeVisible();
  await expect(page.getByText("Nobody is in it right now.")).toBeVisible();
});
