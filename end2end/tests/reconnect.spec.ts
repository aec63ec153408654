// The server dies in the middle of the work and comes back: browsers catch up by themselves.
import { deployed as test, expect, Inbox, signIn } from "../harness/test";
import { MAYA, TOMAS } from "../harness/simulator";
import type { Deployment } from "../harness/deployment";
import type { Page } from "@playwright/test";

const PASSWORD = "a long enough password";
const CUSTOMER = "Maya Lindqvist";

async function openDesk(page: Page, deployment: Deployment): Promise<Inbox> {
  await deployment.hire("Mia", "mia@example.test", "owner", PASSWORD);
  await deployment.connectPage();
  await deployment.simulator.customer(MAYA).writes("Can I talk to a person please?");
  await deployment.simulator.quiet();
  await signIn(page, "mia@example.test", PASSWORD);
  const inbox = new Inbox(page);
  await inbox.ready();
  await inbox.open(CUSTOMER);
  await expect(inbox.chip).toHaveText("We have control");
  return inbox;
}

test("a server that is killed and started again costs the browser nothing: no reload, no gap, nothing twice", async ({
  page,
  deployment,
}) => {
  const inbox = await openDesk(page, deployment);
  const stillLoaded = await inbox.remember();
  const { simulator } = deployment;
  const before = await inbox.bubbles.count();

  await deployment.crash();
  await expect(page.getByRole("status").filter({ hasText: "Connection lost, trying again" })).toBeVisible();
  await simulator.customer(MAYA).writes("Are you still there?");
  await simulator.customer(TOMAS).writes("Where is my order?");
  await deployment.restart();
  await simulator.customer(MAYA).writes("Hello?");

  await expect(inbox.bubble("Are you still there?")).toHaveCount(1);
  await expect(inbox.bubble("Hello?")).toHaveCount(1);
  await expect(inbox.row("Tomas Berg")).toHaveAttribute("data-control", "bot");
  await expect(page.getByText("Connection lost, trying again")).toHaveCount(0);
  await expect(inbox.bubbles).toHaveCount(before + 2);
  await expect(inbox.rows).toHaveCount(2);
  await inbox.counts("All open", "1 unread");
  await inbox.counts("With bot", "1");
  await stillLoaded();

  const shown = await inbox.bubbles.allTextContents();
  await page.reload();
  await inbox.ready();
  await expect(inbox.bubbles, "the page as it stood is the page as it loads").toHaveText(shown);
});

test("killed again and again while customers write and an agent answers, nothing is lost and nothing is sent twice", async ({
  page,
  deployment,
}) => {
  const inbox = await openDesk(page, deployment);
  const stillLoaded = await inbox.remember();
  const { simulator } = deployment;
  const before = await inbox.bubbles.count();
  const questions: string[] = [];
  const answers: string[] = [];
  for (const round of [1, 2, 3]) {
    const writing = [1, 2, 3, 4].map((n) => `Question ${round}.${n}`);
    questions.push(...writing);
    for (const words of writing.slice(0, 2)) await simulator.customer(MAYA).writes(words);
    await inbox.answer(`Answer ${round}`);
    await expect(inbox.bubble(`Answer ${round}`)).not.toHaveAttribute("data-delivery", "sending");
    answers.push(`Answer ${round}`);
    await deployment.crash();
    for (const words of writing.slice(2)) await simulator.customer(MAYA).writes(words);
    await deployment.restart();
    await expect(inbox.bubble(`Question ${round}.4`)).toHaveCount(1);
  }
  await simulator.quiet();
  for (const words of [...questions, ...answers]) await expect(inbox.bubble(words)).toHaveCount(1);
  await expect(inbox.bubbles).toHaveCount(before + questions.length + answers.length);
  const sent = await simulator.sentByUs();
  expect(new Set(sent).size, "nothing is sent twice").toBe(sent.length);
  for (const words of answers) {
    // An answer that was about to leave when the server died is not sent again; the agent is told.
    const told = sent.includes(words) ? /^(sent|delivered|read)$/ : /^unknown$/;
    await expect(inbox.bubble(words)).toHaveAttribute("data-delivery", told);
  }
  await stillLoaded();
});

test("a server that stays away is told apart from a hiccup, and what is typed meanwhile is kept", async ({
  page,
  deployment,
}) => {
  const inbox = await openDesk(page, deployment);
  await deployment.crash();
  await inbox.field.fill("Hello Maya, one moment");
  await expect(page.getByText(/^You are offline since/)).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText("What you send waits in this browser and leaves by itself.")).toBeVisible();
  await deployment.restart();
  await expect(page.getByText(/^You are offline since/)).toHaveCount(0);
  await expect(inbox.field).toHaveValue("Hello Maya, one moment");
  await inbox.send.click();
  await expect(inbox.bubble("one moment")).toHaveAttribute("data-delivery", "delivered");
  expect(await deployment.simulator.sentByUs()).toEqual(["Hello Maya, one moment"]);
});
