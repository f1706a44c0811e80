import { type Browser, test as base, type Page } from "@playwright/test";
import { ADMIN } from "./e2e-state";
import { hydratedPages } from "./hydrated";

export { expect } from "@playwright/test";
export { ADMIN };

type Fixtures = {
  /** The running product: its address and the database behind it, for arranging what no screen can. */
  instance: { url: string; home: string; databaseUrl: string };
  /** A browser of somebody who is not signed in. */
  stranger: Page;
};

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests through Playwright`);
  return value;
}

/** Pages start signed in as the admin. */
export const test = base.extend<Fixtures, { browser: Browser }>({
  browser: [async ({ browser }, use) => use(hydratedPages(browser)), { scope: "worker" }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its pattern.
  instance: async ({}, use) => {
    await use({
      url: given("E2E_URL"),
      home: given("E2E_HOME"),
      databaseUrl: given("E2E_DATABASE_URL"),
    });
  },
  stranger: async ({ browser }, use) => {
    const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
    await use(await context.newPage());
    await context.close();
  },
});
