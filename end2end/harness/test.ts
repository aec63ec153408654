// What every test imports: `import { expect, signIn, test } from "../harness/test"`.
import { fileURLToPath } from "node:url";
import { type BrowserContext, type Page, expect, test as base } from "@playwright/test";
import { Deployment } from "./deployment";
import { Inbox } from "./inbox";
import { Server } from "./server";
import { Simulator } from "./simulator";

interface Harness {
  /** A demo of this test's own, so that no test sees what another did. */
  server: Server;
  simulator: Simulator;
  /** Opens a browser of its own for a person and signs them in; two of them are two agents. */
  openAs: (email: string) => Promise<Inbox>;
  /** `baton serve` with nobody and nothing in it, beside `baton simulator`. */
  deployment: Deployment;
}

interface Options {
  /** Arguments for `baton demo`: `test.use({ demo: ["--conversations", "200"] })`. */
  demo: string[];
}

export const test = base.extend<Harness & Options>({
  demo: [[], { option: true }],

  server: async ({ demo }, use, info) => {
    const server = await Server.start(demo);
    await use(server);
    await server.stop();
    if (info.status !== info.expectedStatus) await info.attach("server log", { body: server.log });
  },

  simulator: async ({ server }, use) => use(new Simulator(server.simulator)),

  baseURL: async ({ server }, use) => use(server.inbox),

  context: async ({ context }, use) => {
    const failures = listenForFailures(context);
    await use(context);
    expect(failures, "the page threw").toEqual([]);
  },

  openAs: async ({ browser, server, contextOptions }, use) => {
    const opened: { context: BrowserContext; failures: string[] }[] = [];
    await use(async (email) => {
      const context = await browser.newContext({ ...contextOptions, baseURL: server.inbox });
      opened.push({ context, failures: listenForFailures(context) });
      const inbox = new Inbox(await context.newPage());
      await signIn(inbox.page, email, server.person(email).password);
      await inbox.ready();
      return inbox;
    });
    for (const { context, failures } of opened) {
      await context.close();
      expect(failures, "a page threw").toEqual([]);
    }
  },

  deployment: async ({}, use, info) => {
    const deployment = await Deployment.start();
    await use(deployment);
    await deployment.stop();
    if (info.status !== info.expectedStatus) await info.attach("server log", { body: deployment.log });
  },
});

/** The same for tests of `baton serve`: addresses are the deployment's, and no demo is started. */
export const deployed = test.extend({
  baseURL: async ({ deployment }, use) => use(deployment.inbox),
});

export { expect, Inbox };

/** Signs in as a person would, and arrives at the inbox. */
export async function signIn(page: Page, email: string, password = "baton-demo"): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/inbox/);
}

/** Keeps a picture of the page for human eyes: `screenshots/<name>.png`. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const path = fileURLToPath(new URL(`../screenshots/${name}.png`, import.meta.url));
  await page.screenshot({ path, animations: "disabled" });
}

/** A panic in WebAssembly arrives as an uncaught error: no journey may have one, even when it looks fine. */
function listenForFailures(context: BrowserContext): string[] {
  const failures: string[] = [];
  context.on("weberror", (failure) => failures.push(String(failure.error())));
  context.on("console", (message) => {
    if (/panicked|hydration/i.test(message.text())) failures.push(message.text());
  });
  return failures;
}
