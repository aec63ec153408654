// The workflow builder: built by mouse alone, by keyboard alone, kept, taken back, published, and never lost.
import { Builder } from "../harness/builder";
import { expectAccessible, judge } from "../harness/look";
import { expect, test } from "../harness/test";

test.use({ demo: ["--conversations", "0"] });

test("a workflow is built by mouse alone, saved and published", async ({ openAs }) => {
  const builder = await Builder.create(await openAs("ann@example.test"), "Welcome");
  const { page } = builder;
  await expect(builder.button("1 error")).toBeVisible();
  await builder.chooseTrigger("Conversation Closed");
  await builder.add("Add Comment");
  await builder.drawer.getByLabel("Note", { exact: true }).fill("Say hello to $contact.firstname|them");
  await builder.drawer.getByLabel("Step name").fill("First note");
  await builder.add("Add Comment");
  await expect(builder.drawer.getByText("Write the note.")).toBeVisible();
  await builder.drawer.getByLabel("Note", { exact: true }).fill("The second");
  await builder.drawer.getByLabel("Step name").fill("Second note");
  await expect(builder.steps).toHaveCount(2);

  // Dropped on the first plus, the second note goes before the first.
  await builder.step("Second note").dragTo(page.locator(".add").first());
  const top = async (name: string) => (await builder.step(name).boundingBox())?.y ?? 0;
  await expect.poll(async () => (await top("Second note")) < (await top("First note"))).toBe(true);

  await builder.button("Save").click();
  await builder.saved();
  await builder.button("Publish").click();
  await expect(page.getByText("Published: contacts enter it")).toBeVisible();
  await expect(page.locator(".add")).toHaveCount(3);
  await expect(page.locator(".add").first()).toBeHidden();

  await builder.button("Stop to edit").click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop" }).click();
  await expect(page.locator(".add").first()).toBeVisible();
  await expect(page.getByText("Stopped ·")).toBeVisible();
});

test("a workflow is built by keyboard alone, and taken back step by step", async ({ openAs }) => {
  const builder = await Builder.create(await openAs("ann@example.test"), "By keys");
  const { page } = builder;
  const keys = (...all: string[]) => all.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  await page.locator("[data-spot=trigger]").focus();
  await keys("Enter");
  await builder.drawer.getByRole("button", { name: "Choose a trigger" }).focus();
  await keys("Enter");
  await page.keyboard.type("Manual");
  await keys("Enter");
  await expect(page.locator("[data-spot=trigger]")).toContainText("Manual Trigger");
  await page.locator("[data-spot=trigger]").focus();
  await keys("Insert");
  await page.keyboard.type("Branch");
  await keys("Enter");
  await expect(builder.step("Branch")).toBeVisible();
  await keys("Escape");
  await expect(builder.drawer).toBeHidden();

  // Down to the first way, where nothing hangs yet.
  await keys("ArrowDown");
  await expect(page.locator(".add:focus")).toHaveCount(1);
  await keys("Insert");
  await page.keyboard.type("Wait");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("t");
  await page.getByRole("dialog").getByRole("button", { name: /^Wait Waits/ }).focus();
  await keys("Enter");
  await expect(builder.steps).toHaveCount(2);
  await keys("Escape", "Control+c", "ArrowUp", "Control+v");
  await expect(builder.steps).toHaveCount(3);
  await keys("Control+z");
  await expect(builder.steps).toHaveCount(2);
  await keys("Control+Shift+z");
  await expect(builder.steps).toHaveCount(3);
  await keys("Control+z", "Control+z", "Control+z", "Control+z");
  await expect(builder.steps).toHaveCount(0);
  await expect(page.locator("[data-spot=trigger]")).not.toContainText("Manual Trigger");
});

test("the outline does all the canvas does", async ({ openAs }) => {
  const builder = await Builder.create(await openAs("ann@example.test"), "As a list");
  const { page } = builder;
  await builder.button("Outline").click();
  const tree = page.getByRole("tree", { name: "Outline" });
  await expect(tree.getByRole("treeitem")).toHaveCount(2);
  await tree.getByRole("treeitem").first().focus();
  await page.keyboard.press("+");
  await page.keyboard.type("Branch");
  await page.keyboard.press("Enter");
  await expect(tree.getByRole("treeitem")).toHaveCount(4);
  await expect(tree.getByRole("treeitem").nth(2)).toHaveAttribute("aria-level", "2");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Assign");
  await page.keyboard.press("Enter");
  await expect(tree.getByRole("treeitem", { name: /Assign To/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+x");
  await page.keyboard.press("Home");
  await page.keyboard.press("Control+v");
  await expect(tree.getByRole("treeitem").nth(1)).toContainText("Assign To");
  await page.keyboard.press("Delete");
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(tree.getByRole("treeitem")).toHaveCount(2);
  await expectAccessible(page);
});

test("what was not saved survives a reload, and undo goes back to what was saved", async ({ openAs }) => {
  const builder = await Builder.create(await openAs("ann@example.test"), "Kept");
  const { page } = builder;
  await builder.chooseTrigger("Conversation Opened");
  await builder.add("Send a Message");
  await builder.drawer.getByLabel("Message", { exact: true }).fill("Half a sen");
  await builder.kept();
  await page.reload();
  await builder.inbox.ready();
  await expect(page.getByText("Your unsaved changes are back.")).toBeVisible();
  await expect(builder.step("Half a sen")).toBeVisible();
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(builder.steps).toHaveCount(0);
  await page.getByRole("button", { name: /^Redo/ }).click();
  await expect(builder.step("Half a sen")).toBeVisible();

  // Offline, this browser keeps it by itself.
  await page.context().setOffline(true);
  await builder.step("Half a sen").click();
  await builder.drawer.getByLabel("Message", { exact: true }).fill("A whole sentence.");
  await expect(page.getByText("kept in this browser only")).toBeVisible();
  await page.context().setOffline(false);
  await builder.kept();
});

test("of two people who save, nobody loses a step", async ({ openAs }) => {
  const ann = await Builder.create(await openAs("ann@example.test"), "Shared");
  await ann.chooseTrigger("Conversation Opened");
  await ann.add("Open Conversation");
  await ann.drawer.getByLabel("Step name").fill("By Ann");
  await ann.kept();

  const mia = new Builder(await openAs("mia@example.test"));
  await mia.inbox.goto(new URL(ann.page.url()).pathname);
  await mia.chooseTrigger("Conversation Closed");
  await mia.add("Add Comment");
  await mia.drawer.getByLabel("Note", { exact: true }).fill("By Mia");
  await mia.button("Save").click();
  await mia.saved();

  // Ann hears of it at once, before she saves.
  const dialog = ann.page.getByRole("dialog", { name: "Somebody saved a newer version" });
  await dialog.getByRole("button", { name: "Take the newer one" }).click();
  await expect(ann.step("Add Comment")).toBeVisible();
  await ann.page.getByRole("button", { name: /^Undo/ }).click();
  await expect(ann.step("By Ann")).toBeVisible();
  await ann.button("Save").click();
  await ann.saved();
});

test("publishing names the loop it would close", async ({ openAs }) => {
  const builder = await Builder.create(await openAs("ann@example.test"), "Circle");
  await builder.chooseTrigger("Conversation Opened");
  await builder.add("Open Conversation");
  await builder.drawer.getByLabel("Step name").fill("Once more");
  await builder.button("Publish").click();
  const dialog = builder.page.getByRole("dialog", { name: "It was not published" });
  await expect(dialog).toContainText("Workflow loop detected: “Circle” (step “Once more”) starts “Circle” again.");
});

test("a workflow that writes beside a bot is published only after a question", async ({ openAs, simulator }) => {
  const mara = await simulator.newCustomer("7300000000091173", "Mara", "Lind");
  await mara.writes("Hi");
  await simulator.quiet();
  const builder = await Builder.create(await openAs("ann@example.test"), "Beside the bot");
  await builder.chooseTrigger("Conversation Opened");
  await builder.add("Send a Message");
  await builder.drawer.getByLabel("Message", { exact: true }).fill("Hello!");
  await builder.button("Publish").click();
  const dialog = builder.page.getByRole("dialog", { name: "A bot answers here, too" });
  await expect(dialog).toContainText("Shoe Shop");
  await dialog.getByRole("button", { name: "Publish anyway" }).click();
  await expect(builder.page.getByText("Published: contacts enter it")).toBeVisible();
});

test("a workflow that was built here answers a customer", async ({ openAs, simulator }) => {
  const builder = await Builder.create(await openAs("ann@example.test"), "Sizes");
  const { page } = builder;
  await builder.chooseTrigger("Message Matches");
  await builder.drawer.getByRole("button", { name: "Add words" }).click();
  await builder.drawer.getByRole("textbox", { name: "Text" }).fill("size");
  await builder.add("Send a Message");
  await builder.drawer.getByLabel("Message", { exact: true }).fill("We have 36 to 47, $contact.firstname|there.");
  await builder.button("Publish").click();
  await expect(page.getByText("Published: contacts enter it")).toBeVisible();

  const mara = await simulator.newCustomer("7300000000091173", "Mara", "Lind");
  await mara.writes("Hi");
  await simulator.quiet();
  await mara.isPassedOnByBot();
  await simulator.quiet();
  await mara.writes("Which sizes do you have?");
  await simulator.quiet();
  await expect.poll(() => simulator.sentByUs()).toEqual(["We have 36 to 47, Mara."]);
  await expect(page.getByText("Nobody is in it right now.")).toBeVisible();

  // Nothing can be changed while it is published: no plus, no delete, and the settings are only to be read.
  await builder.step("Send a Message").click();
  await expect(builder.drawer.getByLabel("Message", { exact: true })).toBeDisabled();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Delete");
  await expect(builder.steps).toHaveCount(1);
});

test("a test runs by its code, and its path lights up beside its turns", async ({ openAs, simulator }) => {
  const builder = await Builder.create(await openAs("ann@example.test"), "Tried out");
  const { page } = builder;
  await builder.chooseTrigger("Conversation Opened");
  await builder.add("Send a Message");
  await builder.drawer.getByLabel("Message", { exact: true }).fill("Hello from the test!");
  await builder.add("Ask a Question");
  await builder.drawer.getByLabel("Message", { exact: true }).fill("Which size?");
  await builder.button("Save").click();
  await builder.saved();
  await page.getByRole("button", { name: "Test", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Test this workflow" });
  await expect(dialog.getByLabel("Channel")).toContainText("Shoe Shop");
  await dialog.getByText("Trigger Variable (optional)").click();
  await dialog.getByRole("textbox").first().fill("contact");
  await dialog.getByRole("button", { name: "Next" }).click();
  await expect(dialog.getByRole("img", { name: /QR code/ })).toBeVisible();
  await expect(dialog.getByRole("link", { name: "Run in simulator" })).toHaveAttribute("href", simulator.address);
  await judge(page, "builder-test-code");
  const code = (await dialog.locator(".code").textContent()) ?? "";
  expect(code).toMatch(/^TEST\d{4}$/);

  const mara = await simulator.newCustomer("7300000000091173", "Mara", "Lind");
  await mara.writes("Hi");
  await simulator.quiet();
  await mara.isPassedOnByBot();
  await simulator.quiet();
  await mara.writes(code);
  const trace = page.getByRole("complementary", { name: "Trace" });
  await expect(trace).toContainText("Mara");
  await expect(dialog).toBeHidden();
  await expect(trace.getByRole("status")).toContainText("waits for an answer");
  await expect(builder.step("Send a Message")).toHaveAttribute("data-trail", "passed");
  await expect(builder.step("Ask a Question")).toHaveAttribute("data-trail", "here");
  expect(await simulator.sentByUs()).toEqual(["Hello from the test!", "Which size?"]);
  await judge(page, "builder-trace");
  await mara.writes("42");
  await expect(trace.getByRole("status")).toContainText("It reached its end.");

  await page.getByRole("button", { name: "End Testing" }).click();
  await expect(trace).toBeHidden();
  await mara.writes(code);
  await simulator.quiet();
  expect(await simulator.sentByUs()).toHaveLength(2);
});

test("a draft is tried on past conversations, and nothing is sent", async ({ openAs, simulator }) => {
  const mara = await simulator.newCustomer("7300000000091173", "Mara", "Lind");
  await mara.writes("Hi");
  await simulator.quiet();
  await mara.isPassedOnByBot();
  await simulator.quiet();
  const builder = await Builder.create(await openAs("ann@example.test"), "What if");
  const { page } = builder;
  await builder.chooseTrigger("Conversation Opened");
  await builder.add("Add Comment");
  await builder.drawer.getByLabel("Note", { exact: true }).fill("Welcome!");
  const before = await simulator.sends();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Try on past conversations" }).click();
  const dialog = page.getByRole("dialog", { name: "Past conversations" });
  await expect(dialog.getByText(/conversations? of the last 30 days, \d+ would have entered/)).toBeVisible();
  await dialog.locator("summary").first().click();
  await expect(dialog.getByText("Noted “Welcome!”").first()).toBeVisible();
  await judge(page, "builder-rehearsal");
  expect(await simulator.sends()).toHaveLength(before.length);
});

test("a step that lacks its connection leads to where connections are made", async ({ openAs }) => {
  const builder = await Builder.create(await openAs("ann@example.test"), "Asks a model");
  await builder.chooseTrigger("Conversation Opened");
  await builder.add("AI Agent");
  await expect(builder.drawer.getByText("An owner adds one in the settings.")).toBeVisible();
  await builder.drawer.getByRole("link", { name: "Connections in the settings" }).click();
  await expect(builder.page.getByRole("heading", { name: "Connections" })).toBeVisible();
});

test("settings are within reach, and others' doings are seen at once", async ({ openAs }) => {
  const ann = await Builder.create(await openAs("ann@example.test"), "Together");
  await ann.chooseTrigger("Conversation Closed");
  await ann.add("Add Comment");
  await ann.drawer.getByLabel("Note", { exact: true }).fill("By Ann");
  await ann.button("Save").click();
  await ann.saved();
  await ann.button("Workflow Settings").click();
  const settings = ann.page.getByRole("dialog", { name: "Workflow settings" });
  await settings.getByLabel("Incoming Message").check();
  await settings.getByRole("button", { name: "Save" }).click();
  await expect(settings).toBeHidden();

  const mia = new Builder(await openAs("mia@example.test"));
  await mia.inbox.goto(new URL(ann.page.url()).pathname);
  await mia.button("Publish").click();
  await expect(ann.page.getByText("Published: contacts enter it")).toBeVisible();
  await ann.button("Stop to edit").click();
  await ann.page.getByRole("dialog").getByRole("button", { name: "Stop" }).click();
  await expect(mia.page.getByText("Stopped ·")).toBeVisible();
  await expect(mia.page.locator(".add").first()).toBeVisible();
});

test("an end is connected by dragging, and each error leads to its step", async ({ openAs }) => {
  const builder = await Builder.create(await openAs("ann@example.test"), "Connected");
  const { page } = builder;
  await builder.chooseTrigger("Conversation Closed");
  await builder.add("Add Comment");
  await builder.drawer.getByLabel("Step name").fill("First note");
  await builder.add("Branch");
  await builder.drawer.getByLabel("Step name").fill("Which way");
  await page.keyboard.press("Escape");
  await expect(builder.button("2 errors")).toBeVisible();

  // An open end that is dropped on a step goes on with that step.
  await page.locator(".add[data-end]").last().dragTo(builder.step("First note"));
  await expect(builder.step("Jump To")).toBeVisible();
  await expect(builder.drawer.getByLabel("Step to go on at").locator("option:checked")).toHaveText("First note");
  await page.keyboard.press("Escape");

  await builder.button("2 errors").click();
  await page.getByRole("button", { name: /^First note/ }).and(page.locator(".flaw")).click();
  await expect(builder.drawer.getByRole("heading", { name: "Add Comment" })).toBeVisible();
  await expect(builder.drawer.getByLabel("Step name")).toHaveValue("First note");
  await builder.drawer.getByLabel("Note", { exact: true }).fill("Hello");
  await expect(builder.button("1 error")).toBeVisible();
  await page.keyboard.press("F8");
  await expect(builder.drawer.getByLabel("Step name")).toHaveValue("Which way");
});

test("a hundred steps stay smooth", async ({ openAs }) => {
  const builder = await Builder.create(await openAs("ann@example.test"), "A hundred");
  const { page } = builder;
  const id = page.url().split("/").at(-1) ?? "";
  await page.evaluate(async (id) => {
    const headers = { "content-type": "application/json", accept: "application/json" };
    const loaded = await fetch("/rpc/workflow", { method: "POST", headers, body: JSON.stringify({ id }) });
    const { revision } = ((await loaded.json()) as { workflow: { revision: number } }).workflow;
    const note = (text: string) => ({ type: "add_comment", settings: { text, mentions: [] } });
    const steps: Record<string, object> = {};
    for (let n = 1; n < 100; n += 1) steps[n] = { name: `Note ${n}`, kind: note(`${n}`), exits: { next: n + 1 } };
    steps[100] = { name: "Note 100", kind: note("100"), exits: {} };
    const trigger = { kind: { type: "conversation_closed" }, conditions: { join: "and", tests: [] }, once_per_contact: false };
    const draft = { graph: { trigger, first: 1, steps }, revision };
    const body = JSON.stringify({ id, draft });
    const answer = await fetch("/rpc/keep-working-copy", { method: "POST", headers, body });
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  }, id);
  await page.reload();
  await builder.inbox.ready();
  await expect(builder.steps).toHaveCount(100);
  await page.getByRole("button", { name: "Zoom in (+)" }).click();

  // Every act is timed from the key to the picture after it.
  const took = async (name: string, act: () => Promise<void>) => {
    await page.evaluate(() => {
      const frames: number[] = [];
      let last = performance.now();
      const watch = (now: number) => {
        frames.push(now - last);
        last = now;
        Object.assign(window, { frames });
        requestAnimationFrame(watch);
      };
      requestAnimationFrame(watch);
    });
    await act();
    const worst = await page.evaluate(() => Math.max(...(window as unknown as { frames: number[] }).frames));
    console.log(`${name}: longest frame ${worst.toFixed(0)} ms`);
    return worst;
  };
  await page.locator("[data-spot=step-1]").click();
  const note = builder.drawer.getByLabel("Note", { exact: true });
  await took("typing", async () => note.pressSequentially("twenty letters in all"));
  await page.keyboard.press("Escape");
  await took("walking", async () => {
    for (let n = 0; n < 20; n += 1) await page.keyboard.press("ArrowDown");
  });
  await took("panning", async () => {
    for (let n = 0; n < 20; n += 1) await page.mouse.wheel(0, 120);
  });
  await page.keyboard.press("Delete");
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(builder.steps).not.toHaveCount(100);
  await took("undo", async () => {
    await page.keyboard.press("Control+z");
    await expect(builder.steps).toHaveCount(100);
  });

  // The whole in small leads to any part of it.
  const small = page.locator(".minimap svg");
  const { width, height } = (await small.boundingBox()) ?? { width: 0, height: 0 };
  await small.click({ position: { x: width / 2, y: height - 2 } });
  await expect(builder.step("Note 100")).toBeInViewport();
  await page.locator("[data-spot=step-100]").focus();
  await page.keyboard.press("Insert");
  await page.getByRole("dialog").getByRole("button", { name: /^Add Comment/ }).click();
  await expect(page.getByText("A workflow has at most 100 steps.")).toBeVisible();
  await expect(builder.steps).toHaveCount(100);
});

test("the builder is legible and operable in both themes and all sizes", async ({ openAs }) => {
  const builder = await Builder.create(await openAs("ann@example.test"), "Returns and orders");
  const { page } = builder;
  await builder.chooseTrigger("Conversation Opened");
  await builder.add("Ask a Question");
  await builder.drawer.getByLabel("Message", { exact: true }).fill("How can we help?");
  await builder.drawer.getByLabel("What counts as an answer").selectOption("Multiple choice");
  await builder.drawer.getByRole("textbox", { name: "Text" }).nth(0).fill("My order");
  await builder.drawer.getByRole("textbox", { name: "Text" }).nth(1).fill("A return");
  await page.locator(".add[data-end]").first().click();
  await page.getByRole("dialog").getByRole("button", { name: /^Branch/ }).click();
  await judge(page, "builder");
  await page.keyboard.press("Escape");
  await judge(page, "builder-canvas");
  await page.locator(".add[data-end]").first().click();
  await judge(page, "builder-add");
  await page.keyboard.press("Escape");
  await builder.button("Outline").click();
  await judge(page, "builder-outline");
});
