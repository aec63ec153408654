// Who may write, what travels with an answer, and what happens to it while it cannot leave.
import type { Page } from "@playwright/test";
import { judge } from "../harness/look";
import { Line } from "../harness/line";
import { BATON_APP, MAYA, PAGE, type Simulator } from "../harness/simulator";
import { assign, handedOver, restrict } from "../harness/team";
import { expect, type Inbox, test } from "../harness/test";

test.use({ demo: ["--conversations", "0"] });

const CUSTOMER = "Maya Lindqvist";
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const MEGABYTE = 1024 * 1024;

async function openOurs(openAs: (email: string) => Promise<Inbox>, simulator: Simulator, email: string): Promise<Inbox> {
  const inbox = await openAs(email);
  await handedOver(inbox, simulator, MAYA, CUSTOMER);
  await inbox.open(CUSTOMER);
  await expect(inbox.chip).toHaveText("We have control");
  return inbox;
}

/** Lets files fall onto an element, or pastes them into it, as the browser tells of it. */
async function hand(page: Page, how: "drop" | "paste" | "dragover", target: string, names: string[]): Promise<void> {
  await page.evaluate(
    ([how, target, names, pixel]) => {
      const bytes = Uint8Array.from(atob(pixel as string), (letter) => letter.charCodeAt(0));
      const data = new DataTransfer();
      for (const name of names as string[]) data.items.add(new File([bytes], name, { type: "image/png" }));
      const element = document.querySelector(target as string);
      const box = element?.getBoundingClientRect();
      const at = { clientX: (box?.x ?? 0) + 20, clientY: (box?.y ?? 0) + 20 };
      const event =
        how === "paste"
          ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
          : new DragEvent(how as string, { dataTransfer: data, bubbles: true, cancelable: true, ...at });
      element?.dispatchEvent(event);
    },
    [how, target, names, PIXEL] as const,
  );
}

const files = (inbox: Inbox) => inbox.page.getByRole("list", { name: "Files of the answer" }).getByRole("listitem");

test("who is bound to their own conversations claims one before they write in it", async ({ openAs, simulator }) => {
  const ann = await openAs("ann@example.test");
  await restrict(ann, "Tom", (page) => page.getByLabel("Write in every conversation they see").uncheck());
  const tom = await openOurs(openAs, simulator, "tom@example.test");
  await expect(tom.page.getByText("This conversation is assigned to nobody.")).toBeVisible();
  await expect(tom.field).toBeHidden();
  await judge(tom.page, "composer-claim");
  await tom.button("Claim").click();
  await expect(tom.field).toBeFocused();
  await expect(tom.page.getByRole("button", { name: "Assign, now Tom" })).toBeVisible();
  await tom.answer("It is mine now");
  await expect(tom.bubble("It is mine now")).toHaveAttribute("data-delivery", "delivered");

  await tom.field.fill("What I was about to say");
  await ann.goto("/inbox/all");
  await ann.open(CUSTOMER);
  await assign(ann, "Mia");
  await expect(tom.page.getByText("This conversation is assigned to Mia.")).toBeVisible();
  await expect(tom.send).toBeHidden();
  await judge(tom.page, "composer-not-mine");
  await assign(ann, "Tom");
  await expect(tom.field, "what was typed is still there").toHaveValue("What I was about to say");
});

test("files are pasted into the answer and dropped onto the thread", async ({ openAs, simulator }) => {
  const mia = await openOurs(openAs, simulator, "mia@example.test");
  await mia.field.fill("Look at these");
  await hand(mia.page, "paste", "#answer", ["screenshot.png"]);
  await expect(files(mia)).toHaveCount(1);
  await hand(mia.page, "dragover", ".thread", ["socks.png"]);
  await expect(mia.page.getByText("Drop files to send them to Maya")).toBeVisible();
  await judge(mia.page, "composer-drop");
  await hand(mia.page, "drop", ".thread", ["socks.png", "shoes.png"]);
  await expect(mia.page.getByText("Drop files to send them to Maya")).toBeHidden();
  await expect(files(mia)).toHaveText([/screenshot\.png/, /socks\.png/, /shoes\.png/]);
  await expect(mia.page.locator(".files [data-state=ready]")).toHaveCount(3);
  await judge(mia.page, "composer-files");
  await mia.page.getByRole("button", { name: "Remove socks.png" }).click();
  await expect(files(mia)).toHaveCount(2);
  await mia.send.click();
  await expect.poll(() => simulator.carriedByUs()).toEqual(["Look at these", "screenshot.png", "shoes.png"]);
});

test("what is dropped beside the thread does not replace the page", async ({ openAs, simulator }) => {
  const mia = await openOurs(openAs, simulator, "mia@example.test");
  const same = await mia.remember();
  await hand(mia.page, "drop", "nav[aria-label=Main]", ["stray.png"]);
  await expect(files(mia)).toHaveCount(0);
  await same();
});

test("files Messenger does not take are refused in words before anything travels", async ({ openAs, simulator }) => {
  const mia = await openOurs(openAs, simulator, "mia@example.test");
  const uploads: string[] = [];
  mia.page.on("request", (request) => {
    if (request.method() === "POST" && request.url().includes("/uploads/")) uploads.push(request.url());
  });
  const field = mia.page.locator("input[type=file]");
  const file = (name: string, mimeType: string, size: number) => ({ name, mimeType, buffer: Buffer.alloc(size) });
  for (const [refused, words] of [
    [file("setup.exe", "application/x-msdownload", 10), "Messenger does not take files like setup.exe"],
    [file("huge.jpg", "image/jpeg", 8 * MEGABYTE + 1), "huge.jpg has 8.1 MB. Messenger takes at most 8 MB"],
    [file("long.mp4", "video/mp4", 25 * MEGABYTE + 1), "long.mp4 has 25.1 MB. Messenger takes at most 25 MB"],
    [file("nothing.pdf", "application/pdf", 0), "nothing.pdf is empty."],
  ] as const) {
    await field.setInputFiles(refused);
    await expect(mia.problem).toContainText(words);
    await expect(files(mia)).toHaveCount(0);
  }
  expect(uploads, "something travelled").toEqual([]);
  await judge(mia.page, "composer-refused");

  const pixel = Buffer.from(PIXEL, "base64");
  const pictures = Array.from({ length: 11 }, (_, n) => ({ name: `p${n}.png`, mimeType: "image/png", buffer: pixel }));
  await field.setInputFiles(pictures);
  await expect(mia.problem).toContainText("One answer carries at most 10 files. Send the others after it.");
  await expect(files(mia)).toHaveCount(10);
  expect(uploads).toHaveLength(10);
});

test("a file that only claims to be a picture is unmasked by the server, and can be removed", async ({ openAs, simulator }) => {
  const mia = await openOurs(openAs, simulator, "mia@example.test");
  const disguised = { name: "cute.png", mimeType: "image/png", buffer: Buffer.from("MZ this is a program") };
  await mia.page.locator("input[type=file]").setInputFiles(disguised);
  await expect(files(mia).getByRole("alert")).toContainText("Messenger does not take files like cute.png");
  await mia.page.getByRole("button", { name: "Remove cute.png" }).click();
  await expect(files(mia)).toHaveCount(0);
  await mia.answer("Only words");
  await expect.poll(() => simulator.carriedByUs()).toEqual(["Only words"]);
});

test("what is sent without a line waits in the browser and leaves once by itself", async ({ openAs, simulator }) => {
  const mia = await openOurs(openAs, simulator, "mia@example.test");
  const line = await Line.of(mia);
  await line.cut();
  await expect(mia.page.getByText("You are offline. What you send waits in this browser")).toBeVisible();
  await mia.answer("The first");
  await mia.answer("The second");
  await expect(mia.bubble("The second")).toHaveAttribute("data-delivery", "sending");
  await expect(mia.page.getByText("2 messages wait.")).toBeVisible();
  await judge(mia.page, "composer-offline");
  expect(await simulator.sentByUs()).toEqual([]);
  await line.mend();
  await expect(mia.bubble("The second")).toHaveAttribute("data-delivery", "delivered", { timeout: 30_000 });
  await expect(mia.bubble("The first")).toHaveAttribute("data-delivery", "delivered");
  expect(await simulator.sentByUs()).toEqual(["The first", "The second"]);
  await expect(mia.page.getByText("You are offline.")).toBeHidden();
});

test("on a disconnected page an answer is kept as a draft or waits, and nothing leaves unasked", async ({ openAs, simulator }) => {
  const mia = await openOurs(openAs, simulator, "mia@example.test");
  await simulator.post("switches", { page: PAGE, app: BATON_APP, token_expired: true });
  await mia.answer("The one that found out");
  await expect(mia.page.getByText("This page cannot send right now.", { exact: false }).first()).toBeVisible();
  await mia.answer("Better later");
  await expect(mia.problem).toContainText("Nothing was sent");
  await judge(mia.page, "composer-disconnected");
  await mia.button("Keep as draft").click();
  await expect(mia.problem).toHaveCount(0);
  await expect(mia.field).toHaveValue("Better later");
  await expect(mia.bubble("Better later")).toHaveCount(0);
  await mia.send.click();
  await mia.button("Let it wait").click();
  await expect(mia.bubble("Better later")).toHaveAttribute("data-delivery", "queued");
  expect(await simulator.sentByUs()).toEqual([]);
});
