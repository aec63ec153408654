import { judge } from "../harness/look";
import { deployed, expect, Inbox, signIn, test } from "../harness/test";
import { MAYA } from "../harness/simulator";

test.use({ demo: ["--conversations", "0"] });

test("whoever is not signed in is led to the sign-in, and from there to where they wanted to go", async ({ page, server }) => {
  await page.goto("/inbox/unassigned");
  await expect(page).toHaveURL(/\/sign-in/);
  const [owner] = server.people;
  await page.getByLabel("Email").fill(owner.email);
  await page.getByLabel("Password").fill(owner.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/inbox\/unassigned/);
});

test("everybody the demo names can sign in", async ({ server, openAs }) => {
  expect(server.people.length).toBeGreaterThan(1);
  for (const person of server.people) {
    const inbox = await openAs(person.email);
    await expect(inbox.page).toHaveURL(/\/inbox/);
    await expect(inbox.profile).toContainText(person.name);
  }
});

test("a wrong password is refused in words, and the address need not be typed again", async ({ page, server }) => {
  const [owner] = server.people;
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(owner.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toHaveText("Email and password do not match. Check both and try again.");
  await expect(page.getByLabel("Email")).toHaveValue(owner.email);
  await expect(page).toHaveURL(/\/sign-in/);
});

test("signing out on all devices ends every other session at once, and what was typed there is kept", async ({
  openAs,
  simulator,
}) => {
  const here = await openAs("mia@example.test");
  const there = await openAs("mia@example.test");
  const colleague = await openAs("tom@example.test");
  await simulator.customer(MAYA).writes("Can I talk to a person please?");
  await there.open("Maya Lindqvist");
  await expect(there.chip).toHaveText("We have control");
  await there.field.fill("Hello Maya, one mo");
  const stillLoaded = await there.remember();

  await here.profile.click();
  await here.page.getByRole("menuitem", { name: "Sign out on all devices" }).click();
  await expect(here.page).toHaveURL(/\/sign-in/);
  const ended = there.page.getByRole("dialog", { name: "Your sign-in has ended" });
  await expect(ended).toBeVisible();
  await judge(there.page, "session-ended");
  await expect(colleague.page.getByRole("dialog")).toHaveCount(0);

  await ended.getByRole("button", { name: "I am signed in" }).click();
  await expect(ended).toContainText("Not signed in yet");
  const [popup] = await Promise.all([
    there.page.waitForEvent("popup"),
    ended.getByRole("link", { name: "Open sign-in" }).click(),
  ]);
  await signIn(popup, "mia@example.test");
  await popup.close();
  await ended.getByRole("button", { name: "I am signed in" }).click();
  await expect(ended).toBeHidden();
  await expect(there.field).toHaveValue("Hello Maya, one mo");
  await there.answer("Hello Maya, one moment.");
  await expect(there.bubble("one moment.")).toHaveAttribute("data-delivery", "delivered");
  await stillLoaded();
});

test.describe("without the browser half", () => {
  test.use({ javaScriptEnabled: false, demo: ["--conversations", "3"] });

  test("signing in works before WebAssembly has loaded, or without it, and conversations can be read", async ({
    page,
    server,
  }) => {
    await page.goto("/sign-in");
    await page.getByLabel("Email").fill(server.people[0].email);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert")).toContainText("do not match");
    await signIn(page, server.people[0].email, server.people[0].password);
    const inbox = new Inbox(page);
    await expect(inbox.rows).toHaveCount(3);
    await inbox.open("Maya Lindqvist");
    await expect(inbox.bubble("I am SalesBot")).toBeVisible();
  });
});

deployed("on an empty server the first owner sets up the workspace, connects a page, and the first message arrives", async ({
  page,
  deployment,
}) => {
  const { simulator } = deployment;
  await page.goto("/");
  await expect(page).toHaveURL(/\/set-up/);
  await page.getByLabel("Workspace").fill("Shoe Shop");
  await page.getByLabel("Your name").fill("Ann Andersson");
  await page.getByLabel("Email").fill("ann@example.test");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Create workspace" }).click();
  await expect(page.getByRole("alert")).toContainText("at least 10 characters");
  await expect(page.getByLabel("Your name")).toHaveValue("Ann Andersson");
  await page.getByLabel("Password").fill("a long enough password");
  await page.getByRole("button", { name: "Create workspace" }).click();
  await page.waitForURL(/\/inbox/);

  const inbox = new Inbox(page);
  await inbox.ready();
  await expect(page.getByText("No page is connected yet")).toBeVisible();
  await deployment.connectPage();
  await simulator.customer(MAYA).writes("Hi! Do you have the Fjord Runner in 39?");
  await expect(inbox.row("Maya Lindqvist")).toHaveAttribute("data-control", "bot");

  await page.goto("/set-up");
  await expect(page.getByRole("button", { name: "Create workspace" }), "set-up is gone").toHaveCount(0);
});

deployed("people added on the command line sign in with the password they were given", async ({ page, deployment }) => {
  await deployment.hire("Ann", "ann@example.test", "owner", "the first long password");
  await deployment.hire("Zoe", "zoe@example.test", "agent", "another long password");
  await signIn(page, "zoe@example.test", "another long password");
  await expect(new Inbox(page).profile).toContainText("Zoe");
});
