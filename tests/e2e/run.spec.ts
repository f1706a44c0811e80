import type { BrowserContext, Page } from "@playwright/test";
import { expect, test } from "@/tests/support/e2e";

const TABS = 8;
const isStream = (url: string) => url.includes("/api/trpc/live.projects");

/** The runs page of a new example project, once all its prompts are written. */
async function openRuns(page: Page): Promise<string> {
  await page.goto("/", { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Start from the example" }).click();
  await page.waitForURL(/\/p\/everyday-objects(-\d+)?$/);
  await page.goto(`${new URL(page.url()).pathname}/runs`);
  await expect(page.getByRole("heading", { name: "Nothing drawn yet" })).toBeVisible();
  // The number grows by itself while the worker writes prompts.
  await expect(drawAll(page)).toBeVisible({ timeout: 60_000 });
  return page.url();
}

const drawAll = (page: Page) => page.getByRole("button", { name: "Draw 24 pairs" });

async function startRun(page: Page) {
  await drawAll(page).click();
  await page.waitForURL(/\/runs\/1$/);
}

const imagesIn = (page: Page) => page.getByRole("region", { name: "Pairs" }).locator("img");

async function cancel(page: Page) {
  await page.getByRole("button", { name: "Cancel run …" }).click();
  await page.getByRole("button", { name: "Cancel the run" }).click();
  await expect(page.getByText("Cancelled; what was drawn stays.")).toBeVisible();
}

async function openTabs(context: BrowserContext, url: string, count: number): Promise<Page[]> {
  const tabs: Page[] = [];
  for (let i = 0; i < count; i++) {
    const tab = await context.newPage();
    await tab.goto(url);
    tabs.push(tab);
  }
  return tabs;
}

test("images appear as they are drawn, and a cancelled run keeps them", async ({ page }) => {
  test.setTimeout(120_000);
  await openRuns(page);
  await page.getByLabel("Raters per grid").fill("3");
  await startRun(page);
  await expect(page.getByText("3 raters per grid")).toBeVisible();

  await expect(imagesIn(page).nth(8)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("progressbar", { name: /renders done$/ })).toBeVisible();
  const width = await imagesIn(page)
    .first()
    .evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth));
  expect(width).toBe(160);

  await cancel(page);
  expect(await imagesIn(page).count()).toBeGreaterThan(8);
  await expect(page.getByRole("button", { name: "Cancel run …" })).toBeHidden();
  // A pair that was not begun says so, in place of being drawn for ever.
  await page.goto(page.url().replace(/runs.*/, "pairs"));
  const row = page.getByRole("row").filter({ hasText: "crab" }).filter({ hasText: "bamboo" });
  await row.getByRole("link", { name: "crab" }).click();
  await expect(page.getByText("Its run was cancelled, 0 of 20 images drawn")).toBeVisible();
  // It can be drawn alone.
  await page.getByRole("button", { name: /^Render 20 images with / }).click();
  await page.waitForURL(/\/runs\/2$/);
  await expect(page.getByRole("heading", { name: "on 1 pair" })).toBeVisible();
});

test("eight open tabs all move, over one stream, also when the one that has it closes", async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const streams = new Set<Page>();
  context.on("request", (request) => {
    if (isStream(request.url())) streams.add(request.frame().page());
  });
  const url = await openRuns(page);
  const others = await openTabs(context, url, TABS - 1);
  expect(streams.size).toBe(1);
  await page.close();
  await expect.poll(() => streams.size).toBe(2);

  const [starter, ...watchers] = others;
  await startRun(starter!);
  for (const tab of watchers) {
    await expect(tab.getByRole("link", { name: "Run 1" })).toBeVisible();
  }
  await cancel(starter!);
  for (const tab of watchers) await expect(tab.getByText("Cancelled")).toBeVisible();
});

test("a bridge's token is shown once, with the lines that start it, and can be revoked", async ({
  page,
}) => {
  await page.goto("/settings/bridges");
  await page.getByRole("button", { name: "Make a bridge token …" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("lab-gpu");
  await page.getByRole("button", { name: "Make the token" }).click();
  const token = await page.getByRole("textbox", { name: "Token" }).inputValue();
  expect(token.length).toBeGreaterThan(40);
  await expect(page.getByText(`BRIDGE_TOKEN=${token}`)).toBeVisible();

  await page.getByRole("button", { name: "Done" }).click();
  const row = page.getByRole("row", { name: /lab-gpu/ });
  await expect(row.getByText("never")).toBeVisible();
  expect(await page.content()).not.toContain(token);

  await row.getByRole("button", { name: "Revoke …" }).click();
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(row.getByText("Revoked")).toBeVisible();
});
