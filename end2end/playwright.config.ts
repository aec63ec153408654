import { defineConfig, devices } from "@playwright/test";

// The system's Chromium, kept from talking to anybody but us; as root it cannot use its sandbox.
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

// How many times longer than usual everything may take: `PATIENCE=3` for a machine that is busy with other things.
const patience = Number(process.env.PATIENCE ?? 1);

export default defineConfig({
  testDir: "tests",
  outputDir: "results",
  fullyParallel: true,
  workers: 2,
  // Two cores carry two browsers, two servers and a simulator. What fails is run once more; what passes only then is told
  // as flaky at the end, and is a bug to be looked at.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000 * patience,
  expect: { timeout: 10_000 * patience },
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1440, height: 900 },
    // Dates and times are written as the browser's language has them.
    locale: "en-GB",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags },
  },
});
