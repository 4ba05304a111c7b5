import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";
import type { Options } from "./fixtures/test";

// Debian's Chromium where there is one; elsewhere the one that `npx playwright install chromium` fetched.
const chromium = "/usr/bin/chromium";

export default defineConfig<Options>({
  testDir: "tests",
  outputDir: "test-results",
  globalSetup: "./support/global-setup.ts",
  // Each worker has a server, a database and a mailbox of its own (support/stack.ts). Within a file, tests run in order.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  // A test of many steps on a slow machine; each step has its own ten seconds.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    locale: "en-GB",
    timezoneId: "Europe/London",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    video: "off",
    launchOptions: {
      ...(existsSync(chromium) ? { executablePath: chromium } : {}),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [{ name: "default" }],
});
