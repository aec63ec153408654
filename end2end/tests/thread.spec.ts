// The thread as it is read: files, what happened in between, searching, colleagues at the same conversation.
import { expectAccessible, judge } from "../harness/look";
import { Meta } from "../harness/meta";
import { MAYA, PAGE } from "../harness/simulator";
import { expect, type Inbox, test } from "../harness/test";

test.use({ demo: ["--conversations", "0"] });

const CUSTOMER = "Maya Lindqvist";

/** Tells the server something as Meta would, at a moment from now. */
async function told(inbox: Inbox, item: object, later = 0): Promise<void> {
  await new Meta(new URL(inbox.page.url()).origin).tells({ timestamp: Date.now() + later, ...item });
}

test("a picture appears from our own server and nothing is asked of anybody else", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  const foreign: string[] = [];
  mia.page.on("request", (request) => {
    if (new URL(request.url()).host !== new URL(mia.page.url()).host) foreign.push(request.url());
  });
  await simulator.customer(MAYA).attaches("image", `${simulator.address}/parcel.png`);
  await mia.open(CUSTOMER);
  const picture = mia.log.getByRole("img", { name: "Photo" });
  await expect(picture).toBeVisible();
  await expect(picture).toHaveAttribute("src", /^\/media\//);
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
  expect(foreign).toEqual([]);
});

test("a template shows its buttons and which one was tapped; links lead out safely", async ({ openAs }) => {
  const mia = await openAs("mia@example.test");
  const template = {
    type: "template",
    payload: {
      template_type: "button",
      text: "What next?",
      buttons: [
        { type: "web_url", url: "https://shop.example.org/orders/4411", title: "Open order" },
        { type: "postback", title: "Talk to a person", payload: "PB:HUMAN" },
      ],
    },
  };
  const page = { sender: { id: PAGE }, recipient: { id: MAYA } };
  await told(mia, { ...page, message: { mid: "m_e1", is_echo: true, app_id: 611203984417755, attachments: [template] } });
  await told(mia, { postback: { mid: "m_e2", title: "Talk to a person", payload: "PB:HUMAN" } }, 1_000);
  await mia.open(CUSTOMER);
  await expect(mia.log.getByText("What next?")).toBeVisible();
  await expect(mia.log.locator(".offer[data-tapped]")).toHaveText("Talk to a person");
  await expect(mia.log.getByRole("link", { name: /Open order/ })).toHaveAttribute("rel", /noopener noreferrer/);
});

test("what happened stands between the messages as lines that can be hidden", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await simulator.customer(MAYA).writes("Can I talk to a person please?");
  await simulator.quiet();
  await told(mia, { referral: { ref: "order_4411", source: "SHORTLINK", type: "OPEN_THREAD" } }, 5_000);
  await mia.open(CUSTOMER);
  await expect(mia.log.getByText("Maya came through a link (order_4411)")).toBeVisible();
  await mia.page.getByRole("button", { name: "Shown between messages" }).click();
  const kinds = mia.page.getByRole("dialog", { name: "Shown between messages" });
  await judge(mia.page, "popover-events");
  await kinds.getByLabel("What the customer did").uncheck();
  await expect(mia.log.getByText("Maya came through a link (order_4411)")).toBeHidden();
  await kinds.getByLabel("Everything").check();
  await expect(mia.log.getByText("Maya came through a link (order_4411)")).toBeVisible();
});

test("an edited message shows what it said before, and one that is taken back says nothing", async ({ openAs }) => {
  const mia = await openAs("mia@example.test");
  await told(mia, { message: { mid: "m_1", text: "size 39" } });
  await told(mia, { message_edit: { mid: "m_1", text: "size 40", num_edit: 1 } }, 1_000);
  await mia.open(CUSTOMER);
  await mia.log.getByRole("button", { name: "edited" }).click();
  const dialog = mia.page.getByRole("dialog", { name: "What this message said" });
  await expect(dialog.getByRole("listitem")).toHaveText([/size 39/, /size 40/]);
  await judge(mia.page, "wordings");
  await dialog.getByRole("button", { name: "Done" }).click();
  await told(mia, { message: { mid: "m_1", is_deleted: true } }, 2_000);
  await expect(mia.log.getByText("The customer deleted this message")).toBeVisible();
  await expect(mia.log.getByText("size 40")).toHaveCount(0);
});

test("words are found far back, one place after the other", async ({ openAs }) => {
  const mia = await openAs("mia@example.test");
  for (let n = 0; n < 70; n += 1) {
    const text = n === 2 || n === 60 ? `the red boots, ${n}` : `message ${n}`;
    await told(mia, { message: { mid: `m_${n}`, text } }, n * 100 - 60_000);
  }
  await mia.open(CUSTOMER);
  await mia.page.getByRole("button", { name: "Search in this conversation" }).click();
  await mia.page.getByRole("searchbox", { name: "Search in this conversation" }).fill("RED boots");
  await expect(mia.page.getByText("1 of 2")).toBeVisible();
  await expect(mia.log.locator("[data-marked]")).toHaveText(/the red boots, 60/);
  await mia.page.keyboard.press("Enter");
  await expect(mia.page.getByText("2 of 2")).toBeVisible();
  await expect(mia.log.locator("[data-marked]")).toHaveText(/the red boots, 2/);
  await expect(mia.log.locator("[data-marked]")).toBeInViewport();
  await mia.page.keyboard.press("Escape");
  await expect(mia.log.locator("[data-marked]")).toHaveCount(0);
});

test("managers see how Facebook sent a message, agents do not", async ({ openAs, simulator }) => {
  const [mia, tom] = [await openAs("mia@example.test"), await openAs("tom@example.test")];
  await simulator.customer(MAYA).writes("Hello there");
  await mia.open(CUSTOMER);
  await mia.log.getByRole("button", { name: "Raw data" }).first().click();
  const dialog = mia.page.getByRole("dialog", { name: "Raw data" });
  await expect(dialog.getByText('"Hello there"').first()).toBeVisible();
  await judge(mia.page, "raw-data");
  await tom.open(CUSTOMER);
  await expect(tom.log.getByRole("button", { name: "Copy text" }).first()).toBeAttached();
  await expect(tom.log.getByRole("button", { name: "Raw data" })).toHaveCount(0);
});

test("colleagues at the same conversation see each other, and that one is typing", async ({ openAs, simulator }) => {
  const [mia, tom] = [await openAs("mia@example.test"), await openAs("tom@example.test")];
  await simulator.customer(MAYA).writes("Can I talk to a person please?");
  await simulator.quiet();
  await mia.open(CUSTOMER);
  await tom.open(CUSTOMER);
  await expect(mia.page.getByText("Tom is looking at this")).toBeVisible({ timeout: 15_000 });
  await tom.page.getByRole("textbox", { name: /Message to Maya/ }).pressSequentially("Hello");
  await expect(mia.page.getByText("Tom is typing…")).toBeVisible({ timeout: 15_000 });
  await tom.goto("/inbox/open");
  await expect(mia.page.locator(".colleagues")).toHaveCount(0, { timeout: 20_000 });
});

test("the thread with everything in it is accessible in both themes", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await simulator.customer(MAYA).attaches("image", `${simulator.address}/parcel.png`);
  await told(mia, { message: { mid: "m_r", text: "Is this still there?", referral: { product: { id: "4839" } } } });
  await told(mia, { order: { products: [{ name: "Wool socks", quantity: 2, unit_price: 129, currency: "SEK" }], note: "gift wrap" } }, 1_000);
  await mia.open(CUSTOMER);
  await expect(mia.log.getByText("Maya sent a shopping cart")).toBeVisible();
  await expectAccessible(mia.page, "a thread with everything in it");
});
