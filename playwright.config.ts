import { defineConfig } from "@playwright/test";
import { instanceOfWorker, stateFile } from "./tests/support/e2e-state";

// The journeys are about what is done with images: clip art is drawn in no time. One of them takes the default.
process.env.DEFAULT_GENERATOR ??= "sketch";
const reportFile = process.env.PLAYWRIGHT_JSON_OUTPUT_NAME;

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./tests/support/e2e-setup.ts",
  // Each has an instance of its own: `--workers=2` where there are cores for them.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: reportFile ? [["list"], ["json", { outputFile: reportFile }]] : "list",
  use: {
    baseURL: instanceOfWorker()?.url,
    storageState: stateFile(),
    // A trace costs more than the tests themselves: ask for it with `--trace retain-on-failure`.
    screenshot: "only-on-failure",
    viewport: { width: 1280, height: 720 },
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
    },
  },
});
