import { expect, keepPicture, signIn, test } from "../harness/test";

test("whoever is not signed in is led to the sign-in, and from there to where they wanted to go", async ({ page, server }) => {
  await page.goto("/inbox/unassigned");
  await expect(page).toHaveURL(/\/sign-in/);
  await keepPicture(page, "sign-in");
  const [owner] = server.people;
  await page.getByLabel("Email").fill(owner.email);
  await page.getByLabel("Password").fill(owner.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/inbox\/unassigned/);
});

test("everybody the demo names can sign in", async ({ server, openAs }) => {
  expect(server.people.length).toBeGreaterThan(1);
  for (const person of server.people) {
    const page = await openAs(person.email);
    await expect(page).toHaveURL(/\/inbox/);
  }
});

test("a wrong password is refused in words, and the address need not be typed again", async ({ page, server }) => {
  const [owner] = server.people;
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(owner.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue(owner.email);
  await expect(page).toHaveURL(/\/sign-in/);
});

test.describe("without the browser half", () => {
  test.use({ javaScriptEnabled: false });

  test("signing in works before WebAssembly has loaded, or without it", async ({ page, server }) => {
    await signIn(page, server.people[0].email, server.people[0].password);
    await expect(page).toHaveURL(/\/inbox/);
  });
});
