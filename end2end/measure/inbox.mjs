// Measures the inbox in a browser and prints one line of JSON: what its first load brings over the network, and how long
// frames take while a long list scrolls and changes come in, against a plain list of the same rows in the same browser.
// `make bench` calls it: node inbox.mjs '{"address": …, "email": …, "password": …, "hook": …, "secret": …, "page": …,
// "customers": […], "seconds": …}'.
import { createHmac } from "node:crypto";
import { chromium } from "@playwright/test";

const plan = JSON.parse(process.argv[2]);
/** How many webhooks a second come in; each changes a conversation of the list. */
const RATE = 50;
const LIST = ".list > .scroll";

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
const viewport = { width: 1440, height: 900 };
const state = await signIn();
const firstLoad = await loadFirst();
const list = await scrollLong();
const cookie = state.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
console.log(JSON.stringify({ ...firstLoad, ...list, cookie }));
await browser.close();

async function signIn() {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await page.goto(`${plan.address}/sign-in`);
  await page.getByLabel("Email").fill(plan.email);
  await page.getByLabel("Password").fill(plan.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/inbox/);
  const state = await context.storageState();
  await context.close();
  return state;
}

/** With nothing in the cache, until nobody moves anything any more: bytes of bodies as they come, compressed. */
async function loadFirst() {
  const context = await browser.newContext({ viewport, storageState: state });
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  const urls = new Map();
  const bytes = new Map();
  wire.on("Network.requestWillBeSent", ({ requestId, request }) => urls.set(requestId, request.url));
  wire.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    bytes.set(requestId, (bytes.get(requestId) ?? 0) + encodedDataLength);
  });
  await wire.send("Network.enable");
  await page.goto(`${plan.address}/inbox/open`);
  await page.locator("html[data-ready]").waitFor();
  const until = Date.now();
  await page.waitForTimeout(3_000);
  const files = [...bytes].map(([id, size]) => [new URL(urls.get(id) ?? plan.address).pathname, size]);
  for (const [path, size] of files.sort(([, a], [, b]) => b - a)) console.error(`  ${(size / 1_000).toFixed(1)} KB ${path}`);
  const ready = await page.evaluate(() => performance.now());
  await context.close();
  const first = files.reduce((sum, [, size]) => sum + size, 0);
  return { first_load_bytes: first, ready_ms: ready - (Date.now() - until) };
}

async function scrollLong() {
  const context = await browser.newContext({ viewport, storageState: state });
  const page = await context.newPage();
  await page.goto(`${plan.address}/inbox/open`);
  await page.locator("html[data-ready]").waitFor();
  const list = page.locator(LIST);
  // Far down, so that many pages are there; then back, so that what comes in is seen.
  for (let turn = 0; turn < 100; turn += 1) {
    await list.evaluate((list) => list.scrollBy(0, 20_000));
    await page.waitForTimeout(50);
  }
  const loaded = await list.evaluate((list) => list.scrollHeight);
  await list.evaluate((list) => list.scrollTo(0, 0));
  const changes = write();
  const live = await scroll(page, LIST);
  const rows = await page.locator("[data-conversation]").count();
  const written = await changes.stop();
  await page.evaluate(putPlainList, LIST);
  const plain = await scroll(page, "#plain");
  await context.close();
  console.error(`  ${loaded} px of list, ${written} webhooks, ${live.frames} and ${plain.frames} frames`);
  return { rows, live_p95_ms: live.p95, plain_p95_ms: plain.p95 };
}

/** Lets customers of the list write, many a second, until it is told to stop; answers how many were heard. */
function write() {
  let [writing, sent, begun] = [true, 0, Date.now()];
  const post = async (n) => {
    const psid = plan.customers[n % plan.customers.length];
    const [at, mid] = [Date.now(), `m_measure_${Date.now()}_${n}`];
    const item = { sender: { id: psid }, recipient: { id: plan.page }, timestamp: at, message: { mid, text: `Change ${n}` } };
    const body = JSON.stringify({ object: "page", entry: [{ id: plan.page, time: at, messaging: [item] }] });
    const signature = `sha256=${createHmac("sha256", plan.secret).update(body).digest("hex")}`;
    const headers = { "content-type": "application/json", "x-hub-signature-256": signature };
    const answer = await fetch(`${plan.address}${plan.hook}`, { method: "POST", headers, body });
    if (!answer.ok) throw new Error(`a webhook was answered ${answer.status}`);
  };
  const done = (async () => {
    while (writing) {
      const due = Math.floor(((Date.now() - begun) / 1_000) * RATE);
      const some = [];
      for (; sent < due; sent += 1) some.push(post(sent));
      await Promise.all(some);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  return {
    stop: async () => {
      writing = false;
      await done;
      return sent;
    },
  };
}

/** Scrolls by 40 pixels a frame, up and down, and answers how long the frames took. */
function scroll(page, selector) {
  return page.evaluate(
    ([selector, seconds]) =>
      new Promise((resolve) => {
        const list = document.querySelector(selector);
        const times = [];
        let before = performance.now();
        const end = before + seconds * 1_000;
        let step = 40;
        const frame = (now) => {
          times.push(now - before);
          before = now;
          const at = list.scrollTop;
          list.scrollTop += step;
          if (list.scrollTop === at) step = -step;
          if (now < end) return requestAnimationFrame(frame);
          times.sort((a, b) => a - b);
          resolve({ p95: times[Math.floor(times.length * 0.95)], frames: times.length });
        };
        requestAnimationFrame(frame);
      }),
    [selector, plan.seconds],
  );
}

/** A thousand copies of the first row, with nothing behind them, in place of the list. */
function putPlainList(selector) {
  const list = document.querySelector(selector);
  const row = list.querySelector("[data-conversation]");
  const plain = document.createElement("div");
  plain.id = "plain";
  plain.className = "scroll";
  const rows = document.createElement("div");
  rows.className = "rows";
  for (let n = 0; n < 1_000; n += 1) rows.append(row.cloneNode(true));
  plain.append(rows);
  list.replaceWith(plain);
}
