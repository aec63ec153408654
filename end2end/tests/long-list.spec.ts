// How a very long list scrolls while fifty changes a second come in, against a plain list in the same browser. It is
// a measurement: `MEASURE=1 node node_modules/@playwright/test/cli.js test long-list` prints it, and nothing else runs
// it, because on a busy machine frames say more about the machine.
import type { Page } from "@playwright/test";
import { MAYA, TOMAS } from "../harness/simulator";
import { expect, test } from "../harness/test";

test.skip(!process.env.MEASURE, "a measurement");
test.use({ demo: ["--conversations", "300"] });

const SECONDS = 6;

test("frames while scrolling", async ({ openAs, simulator }) => {
  test.setTimeout(300_000);
  const mia = await openAs("mia@example.test");
  const ours = ".list > .scroll";
  for (let turn = 0; turn < 40; turn++) {
    await mia.page.locator(ours).evaluate((list) => list.scrollBy(0, 5_000));
    await mia.page.waitForTimeout(100);
  }
  await mia.page.locator(ours).evaluate((list) => list.scrollTo(0, 0));
  let writing = true;
  const changes = (async () => {
    for (let n = 0; writing; n++) {
      await Promise.all([MAYA, TOMAS].map((psid) => simulator.customer(psid).writes(`Change ${n}`)));
      await mia.page.waitForTimeout(40);
    }
  })();
  const live = await scroll(mia.page, ours);
  const drawn = await mia.rows.count();
  writing = false;
  await changes;
  await putPlainList(mia.page);
  const plain = await scroll(mia.page, "#plain");
  const ratio = (live.p95 / plain.p95).toFixed(2);
  console.log(`long list: ${drawn} rows drawn, frame p95 ${live.p95.toFixed(1)} ms (${live.frames} frames); ` +
    `plain list ${plain.p95.toFixed(1)} ms (${plain.frames} frames); ${ratio} ×`);
  expect(drawn).toBeLessThanOrEqual(60);
});

/** Scrolls by 40 pixels a frame and answers how long the frames took. */
function scroll(page: Page, selector: string): Promise<{ p95: number; frames: number }> {
  return page.evaluate(
    ([selector, seconds]) =>
      new Promise((resolve) => {
        const list = document.querySelector(selector);
        if (!list) throw new Error(`no ${selector}`);
        const times: number[] = [];
        let before = performance.now();
        const end = before + seconds * 1_000;
        let step = 40;
        const frame = (now: number) => {
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
    [selector, SECONDS] as const,
  );
}

/** Three hundred copies of the first row, without anything behind them. */
function putPlainList(page: Page): Promise<void> {
  return page.evaluate(() => {
    const row = document.querySelector(".row");
    const list = document.querySelector<HTMLElement>(".list > .scroll");
    if (!row || !list) throw new Error("no list");
    const plain = document.createElement("div");
    plain.id = "plain";
    plain.className = "scroll";
    const rows = document.createElement("div");
    rows.className = "rows";
    for (let n = 0; n < 300; n++) rows.append(row.cloneNode(true));
    plain.append(rows);
    list.replaceWith(plain);
  });
}
