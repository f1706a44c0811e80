import { type Browser, test as base, type Page } from "@playwright/test";
import { ADMIN, type E2eInstance, instanceOfWorker } from "./e2e-state";
import { hydratedPages } from "./hydrated";

export { expect } from "@playwright/test";
export { ADMIN };

type Fixtures = {
  /** The running product: its address and the database behind it, for arranging what no screen can. */
  instance: E2eInstance;
  /** A browser of somebody who is not signed in. */
  stranger: Page;
};

/** Pages start signed in as the admin. */
export const test = base.extend<Fixtures, { browser: Browser }>({
  browser: [async ({ browser }, use) => use(hydratedPages(browser)), { scope: "worker" }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its pattern.
  instance: async ({}, use) => {
    const instance = instanceOfWorker();
    if (!instance) throw new Error("No instance runs: run the tests through Playwright");
    await use(instance);
  },
  stranger: async ({ browser }, use) => {
    const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
    await use(await context.newPage());
    await context.close();
  },
});
