// Every kind of message is drawn, from our own copies; nobody else is asked for anything.
import type { Page } from "@playwright/test";
import { judge } from "../harness/look";
import { Meta } from "../harness/meta";
import { MAYA, PAGE, type Simulator } from "../harness/simulator";
import { expect, type Inbox, test } from "../harness/test";

test.use({ demo: ["--conversations", "0"] });

const CUSTOMER = "Maya Lindqvist";

/** Puts a file where Meta keeps files, as an app does that sends one, and returns its address. */
async function kept(simulator: Simulator, kind: string, name: string, mime: string, content: Buffer): Promise<string> {
  const form = new FormData();
  form.set("message", JSON.stringify({ attachment: { type: kind, payload: { is_reusable: true } } }));
  form.set("filedata", new Blob([new Uint8Array(content)], { type: mime }), name);
  const call = `${simulator.address}/v25.0/${PAGE}/message_attachments?access_token=EAAGfixturePageTokenA`;
  const answer = (await (await fetch(call, { method: "POST", body: form })).json()) as { attachment_id?: string };
  if (!answer.attachment_id) throw new Error(`not kept: ${JSON.stringify(answer)}`);
  return `${simulator.address}/sim/file/${answer.attachment_id}`;
}

/** Half a second of a hum, as a WAV file. */
function hum(): Buffer {
  const samples = Buffer.from(Array.from({ length: 4_000 }, (_, n) => 128 + Math.round(60 * Math.sin(n / 6))));
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(8_000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

/** A few frames of a ball that moves, recorded by this browser. */
async function film(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
    const brush = canvas.getContext("2d");
    const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: "video/webm" });
    const chunks: Blob[] = [];
    recorder.ondataavailable = ({ data }) => chunks.push(data);
    const done = new Promise((resolve) => (recorder.onstop = resolve));
    recorder.start();
    for (let frame = 0; frame < 20; frame++) {
      await new Promise(requestAnimationFrame);
      if (!brush) continue;
      brush.fillStyle = "#dbe7ff";
      brush.fillRect(0, 0, 320, 180);
      brush.fillStyle = "#1b63d1";
      brush.fillRect(frame * 12, 60, 60, 60);
    }
    recorder.stop();
    await done;
    const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  });
  return Buffer.from(base64, "base64");
}

/** Notes every request that does not go to the product itself. */
function foreignTo(inbox: Inbox): string[] {
  const foreign: string[] = [];
  const own = new URL(inbox.page.url()).host;
  inbox.page.on("request", (request) => {
    const { host, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && host !== own) foreign.push(request.url());
  });
  return foreign;
}

test("video, voice, file and sticker are shown from our own copies", async ({ openAs, simulator }) => {
  test.slow();
  const mia = await openAs("mia@example.test");
  const maya = simulator.customer(MAYA);
  const pdf = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
  await maya.attaches("video", await kept(simulator, "video", "unboxing.webm", "video/webm", await film(mia.page)));
  await maya.attaches("audio", await kept(simulator, "audio", "voice.wav", "audio/wav", hum()));
  await maya.attaches("file", await kept(simulator, "file", "invoice-0042.pdf", "application/pdf", pdf));
  await maya.attaches("sticker", `${simulator.address}/parcel.png`);
  await simulator.quiet();
  const foreign = foreignTo(mia);
  await mia.open(CUSTOMER);
  const video = mia.log.locator("video");
  await expect(video).toHaveAttribute("src", /^\/media\//);
  await expect(video).toHaveAccessibleName("Video");
  await expect.poll(() => video.evaluate((one: HTMLVideoElement) => one.videoWidth)).toBe(320);
  const voice = mia.log.locator("audio");
  await expect(voice).toHaveAttribute("src", /^\/media\//);
  await expect.poll(() => voice.evaluate((one: HTMLAudioElement) => one.duration)).toBeCloseTo(0.5, 1);
  const sticker = mia.log.getByRole("img", { name: "Sticker" });
  await expect.poll(() => sticker.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBeGreaterThan(100);
  const file = mia.log.getByRole("link", { name: /Save/ });
  await expect(file).toContainText(/\d+ B/);
  const [saved] = await Promise.all([mia.page.waitForEvent("download"), file.click()]);
  expect(await saved.failure()).toBeNull();
  expect(foreign, "somebody else was asked").toEqual([]);
  await video.scrollIntoViewIfNeeded();
  await judge(mia.page, "kinds-files");
});

test("reels, posts, ads, opt-ins and what Meta withholds are told in words that lead out safely", async ({ openAs, server }) => {
  test.slow();
  const mia = await openAs("mia@example.test");
  const meta = new Meta(server.inbox);
  for (const name of [
    "message-referral-ads",
    "message-fallback-link",
    "message-reel",
    "message-post",
    "message-ig-reel",
    "message-ig-post",
    "optin-send-to-messenger",
    "message-product-template",
    "message-appointment-booking",
    "message-unsupported",
  ]) {
    await meta.tellsFixture(name);
  }
  await meta.tells({ message: { mid: "m_story", attachments: [{ type: "story_mention", payload: {} }] } });
  const foreign = foreignTo(mia);
  await mia.open(CUSTOMER);
  await expect(mia.log.getByText("Came through an ad (autumn_socks)")).toBeVisible();
  await expect(mia.log.getByText("Warm feet week")).toBeVisible();
  for (const [title, host] of [
    ["How we pack your socks", "facebook.com"],
    ["Winter sale starts Monday", "facebook.com"],
    ["Sock folding hack", "instagram.com"],
  ]) {
    const link = mia.log.getByRole("link", { name: title });
    await expect(link).toContainText(host);
    await expect(link).toHaveAttribute("rel", "noopener noreferrer nofollow");
    await expect(link).toHaveAttribute("target", "_blank");
  }
  await expect(mia.log.getByText("Messenger does not tell what this message contains.")).toBeVisible();
  await expect(mia.log.getByText("Something we cannot show yet (story mention)")).toBeVisible();
  await expect(mia.log.getByText(/order_4411/).first()).toBeVisible();
  expect(foreign, "somebody else was asked").toEqual([]);
  await judge(mia.page, "kinds-words");
});

test("a message that comes late stands in its place and says so", async ({ openAs, server }) => {
  const mia = await openAs("mia@example.test");
  const meta = new Meta(server.inbox);
  const now = Date.now();
  await meta.tells({ timestamp: now - 600_000, message: { mid: "m_1", text: "The first" } });
  await meta.tells({ timestamp: now - 60_000, message: { mid: "m_3", text: "The third" } });
  await mia.open(CUSTOMER);
  await mia.says("The first", "The third");
  await meta.tells({ timestamp: now - 400_000, message: { mid: "m_2", text: "The second" } });
  await mia.says("The first", "The second", "The third");
  await expect(mia.around("The second")).toContainText("arrived late");
  await expect(mia.around("The third")).not.toContainText("arrived late");
  await judge(mia.page, "kinds-late");
});

test("a file that did not come says why, and fetching it again asks Facebook for its new address", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await simulator.next("history", { kind: "refuse", status: 400, code: 100, subcode: 33 }, 50);
  await simulator.next("other", { kind: "refuse", status: 400, code: 100, subcode: 33 }, 50);
  await simulator.customer(MAYA).attaches("image", `${simulator.address}/sim/file/1`);
  await mia.open(CUSTOMER);
  await expect(mia.log.getByText("Facebook no longer has this file. Ask the customer to send it again.")).toBeVisible();
  await judge(mia.page, "kinds-missing");
  await simulator.heal();
  const asked = mia.page.waitForRequest(/\/rpc\/fetch-again/);
  await mia.log.getByRole("button", { name: "Fetch again" }).click();
  await asked;
  await expect(mia.log.getByRole("button", { name: "Fetch again" }), "it is still gone, and may be asked for again").toBeVisible();
});

test("a file Facebook did not hand over is fetched again and shown", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  await simulator.next("file", { kind: "http", status: 404 }, 50);
  await simulator.customer(MAYA).attaches("image", `${simulator.address}/parcel.png`);
  await mia.open(CUSTOMER);
  await expect(mia.log.getByRole("button", { name: "Fetch again" })).toBeVisible();
  await simulator.heal();
  await mia.log.getByRole("button", { name: "Fetch again" }).click();
  const picture = mia.log.getByRole("img", { name: "Photo" });
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await expect(mia.log.getByRole("button", { name: "Fetch again" })).toHaveCount(0);
});

test("a picture at an address that is not Facebook's is never opened", async ({ openAs, simulator }) => {
  const mia = await openAs("mia@example.test");
  const foreign = foreignTo(mia);
  await simulator.customer(MAYA).attaches("image", "http://127.0.0.1:9/tracker.png");
  await mia.open(CUSTOMER);
  await expect(mia.log.getByText("The address does not belong to Facebook, so it was not opened.")).toBeVisible();
  expect(foreign).toEqual([]);
});
