import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";
import type { Options } from "./fixtures/test";

// Debian's Chromium where there is one, without windows if possible: that is twice as fast. Elsewhere what `npx playwright install
// chromium` fetched.
const chromium = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"].find(existsSync);

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
    // Recording one takes a quarter of the time. To have one: npx playwright test --trace on
    trace: "off",
    screenshot: "only-on-failure",
    video: "off",
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
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
