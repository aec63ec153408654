// Deleting: notes, and a conversation with everything known about its contact.
import { judge } from "../harness/look";
import { MAYA } from "../harness/simulator";
import { expect, test } from "../harness/test";

test.use({ demo: ["--conversations", "0"] });

const CUSTOMER = "Maya Lindqvist";

test("a conversation is deleted after a dialog that counts what is gone, and leaves everybody's screen", async ({ openAs, simulator }) => {
  const [mia, tom] = [await openAs("mia@example.test"), await openAs("tom@example.test")];
  await simulator.customer(MAYA).writes("Forget me, please");
  await tom.open(CUSTOMER);
  await mia.open(CUSTOMER);
  await mia.page.getByRole("button", { name: "Delete conversation…" }).click();
  const dialog = mia.page.getByRole("dialog", { name: `Delete the conversation with ${CUSTOMER}?` });
  await expect(dialog.getByRole("listitem").first()).toHaveText(/^\d+ messages?$/);
  await judge(mia.page, "deleting");
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await expect(mia.page.getByText("The conversation is deleted.")).toBeVisible();
  await expect(mia.row(CUSTOMER)).toBeHidden();
  await expect(tom.row(CUSTOMER)).toBeHidden();
  await expect(tom.page.getByText("It is no longer there.")).toBeVisible();
});

test("a note is deleted by its author after being asked once more", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await simulator.customer(MAYA).writes("Hello?");
  await mia.open(CUSTOMER);
  await mia.page.keyboard.press("n");
  await mia.page.keyboard.type("Written too fast");
  await mia.page.getByRole("button", { name: "Add note for team" }).click();
  const note = mia.log.getByRole("article", { name: /note/i });
  await note.getByRole("button", { name: "Delete the note of Mia" }).click();
  await note.getByRole("button", { name: "Delete for everybody" }).click();
  await expect(note).toBeHidden();
  await expect(mia.log.getByText("Mia deleted a note")).toBeVisible();
});
