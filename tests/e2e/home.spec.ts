import type { Page } from "@playwright/test";
import { expect, test } from "@/tests/support/e2e";

// A press before the page's scripts have come would be lost.
const openHome = (page: Page) => page.goto("/", { waitUntil: "networkidle" });

async function startExample(page: Page) {
  await openHome(page);
  await page.getByRole("button", { name: "Start from the example" }).click();
  await page.waitForURL(/\/p\/everyday-objects(-\d+)?$/);
}

test("the example leads from home to a board with pairs, by one press", async ({ page }) => {
  // The board counts what can be drawn also where no event reaches it.
  await page.route("**/api/trpc/live.projects**", (route) => route.abort());
  await startExample(page);

  const seeds = page.getByRole("region", { name: "Phase 1: Seeds" });
  await expect(seeds.getByRole("row", { name: "Accepted 24" })).toBeVisible();
  const expand = page.getByRole("region", { name: "Phase 2: Expand and verify" });
  await expect(expand.getByRole("button", { name: "Render 24 pairs, 480 images" })).toBeVisible({
    timeout: 25_000,
  });
  await expect(page.getByText("Under test: Sketch simulator, revision 1")).toBeVisible();
  await expect(page.getByRole("link", { name: "Loop" })).toHaveAttribute("aria-current", "page");
  // However much waits, one button is filled.
  expect(await page.locator("main .bg-accent.text-ink-on-accent").count()).toBeLessThanOrEqual(1);
});

test("an empty project asks for a pattern, then for proposals of it", async ({ page }) => {
  await openHome(page);
  await page.getByRole("button", { name: /^(Empty|New) project$/ }).click();
  await page.getByLabel("Name").fill("Cups and glasses");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/p\/cups-and-glasses/);
  await expect(page.getByRole("heading", { level: 1, name: "No pairs yet" })).toBeVisible();

  await page.getByRole("link", { name: "Name a pattern" }).click();
  await page.getByRole("button", { name: "New pattern", exact: true }).click();
  await page.getByLabel("Name").fill("Beverage and incorrect container");
  await page.getByRole("button", { name: "Add pattern" }).click();

  const pattern = page.getByRole("row", { name: /Beverage and incorrect container/ });
  await expect(pattern.getByRole("button", { name: "Propose pairs" })).toBeVisible();
});

test("a page is asked for once somebody points at its link, not because its link is shown", async ({
  page,
}) => {
  const ahead: string[] = [];
  page.on("request", (request) => {
    if ("next-router-prefetch" in request.headers()) ahead.push(new URL(request.url()).pathname);
  });
  await startExample(page);
  await page.reload({ waitUntil: "networkidle" });
  expect(ahead).toEqual([]);

  await page.getByRole("link", { name: "Pairs", exact: true }).hover();
  await expect
    .poll(() => new Set(ahead))
    .toEqual(new Set([`${new URL(page.url()).pathname}/pairs`]));
});

test("on a phone the tab of the page that is open is in view", async ({ page }) => {
  await startExample(page);
  const home = page.url();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${home}/members`);
  const tabs = page.getByRole("navigation", { name: "Project" });
  await expect(tabs.getByRole("link", { name: "Members" })).toBeInViewport({ ratio: 0.99 });
  await expect(tabs.getByRole("link", { name: "Loop" })).not.toBeInViewport();

  await page.goto(home);
  await expect(tabs.getByRole("link", { name: "Loop" })).toBeInViewport({ ratio: 0.99 });
});

test("the chosen theme is in the page as it arrives, so that nothing flashes", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await openHome(page);
  const ground = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();

  await page.getByRole("button", { name: /account and theme$/ }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect.poll(ground).not.toBe(light);

  const served = await (await page.request.get("/")).text();
  expect(served).toContain('data-theme="dark"');

  await page.getByRole("menuitemradio", { name: "As the system" }).click();
  await expect.poll(ground).toBe(light);
});

test("the palette finds a pair by one of its concepts, by keyboard alone", async ({ page }) => {
  await startExample(page);
  await expect(page.getByRole("region", { name: "Phase 1: Seeds" })).toBeVisible();

  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Go to a page, a project or a pair").fill("coke");
  await expect(page.getByRole("option", { name: /iced coke/ }).first()).toBeVisible();
  await page.keyboard.press("Enter");

  await page.waitForURL(/\/pairs\/[0-9a-f-]{36}$/);
});
