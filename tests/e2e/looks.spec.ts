import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { test as base, expect } from "@/tests/support/e2e";
import { untilAlive } from "@/tests/support/hydrated";

type Made = { slug: string };

/** A project with two accepted pairs of words that the Sketch simulator can draw. */
const test = base.extend<{ made: Made }>({
  made: async ({ page, instance }, use) => {
    const call = async (procedure: string, input: Record<string, unknown>) => {
      const answer = await page.request.post(`/api/trpc/${procedure}`, {
        data: { json: input },
        headers: { origin: instance.url },
      });
      expect(answer.ok(), await answer.text()).toBe(true);
      return (await answer.json()).result.data.json;
    };
    const { slug } = await call("project.create", { name: `Looks ${randomUUID().slice(0, 8)}` });
    const { id } = await call("mining.createPattern", {
      project: slug,
      name: "Animal and incorrect place",
      category: "lcmis",
    });
    const pairs = [
      { a: "monkey", b: "ice floe" },
      { a: "penguin", b: "desert" },
    ];
    await call("mining.addPairs", { project: slug, patternId: id, pairs });
    await use({ slug });
  },
});

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const drawn = (page: Page) =>
  page.getByRole("region", { name: "Look", exact: true }).locator("img");

/** Presses a button once the page is alive: a press before would be lost. */
async function press(page: Page, name: string | RegExp) {
  const control = button(page, name).first();
  await untilAlive(control);
  await control.click();
}

test("two pairs are looked at by keyboard: a fine one is set aside, a wrong one goes on, and both come back", async ({
  page,
  made,
}) => {
  await page.goto(`/p/${made.slug}/pairs`);
  await press(page, "Pre-check 2 pairs: 2 renders");
  await page.getByRole("link", { name: "Look at them" }).click();
  await expect(page.getByText("1 of 2", { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(heading(page)).toHaveText("monkey×ice floe");
  await expect(drawn(page)).toHaveCount(4);
  const width = await drawn(page)
    .first()
    .evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth));
  expect(width).toBeGreaterThanOrEqual(512);

  await page.keyboard.press("a");
  await expect(heading(page)).toHaveText("penguin×desert");
  await page.keyboard.press("x");
  await expect(heading(page)).toHaveText("Nothing waits for a look");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.keyboard.press("u");
  await expect(heading(page)).toHaveText("penguin×desert");
  await page.keyboard.press("x");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();

  await page.goto(`/p/${made.slug}/pairs`);
  const table = page.getByRole("table", { name: "Pairs" });
  await expect(table.getByRole("row", { name: /^monkey/ })).toContainText("Set aside");
  await expect(table.getByRole("row", { name: /^monkey/ })).toContainText("Plainly fine");
  await expect(table.getByRole("row", { name: /^penguin/ })).toContainText("Accepted");

  await table.getByRole("link", { name: "monkey" }).click();
  const looks = page.getByRole("region", { name: "Quick looks" });
  await expect(looks).toContainText("Plainly fine");
  await expect(looks.locator("img")).toHaveCount(4);
  await looks.getByRole("button", { name: "Look again" }).click();
  await looks.getByRole("link", { name: "Waits for a look" }).click();
  await expect(heading(page)).toHaveText("monkey×ice floe");
});

test("A and B alone: what is wrong is marked with the keys of the grid, and the pair says what came of it", async ({
  page,
  made,
}) => {
  await page.goto(`/p/${made.slug}/pairs`);
  await page.getByRole("table", { name: "Pairs" }).getByRole("link", { name: "monkey" }).click();
  await press(page, "Check A and B alone");
  await page.goto(`/p/${made.slug}/looks`);
  await expect(page.getByText("1 of 2", { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(heading(page)).toHaveText("monkey");
  await expect(drawn(page)).toHaveCount(20);
  await expect(button(page, "Save 20 of 20 right")).toBeVisible();
  for (const key of ["1", "2", "b", "b"]) await page.keyboard.press(key);
  await button(page, "Image 5: right").click();
  await expect(button(page, "Save 17 of 20 right")).toBeVisible();
  await page.keyboard.press("Enter");

  await expect(heading(page)).toHaveText("ice floe");
  for (const key of ["q", "w", "e", "r", "t"]) await page.keyboard.press(key);
  await expect(page.getByText("It cannot draw this reliably")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();

  await page.goto(`/p/${made.slug}/pairs`);
  await page.getByRole("table", { name: "Pairs" }).getByRole("link", { name: "monkey" }).click();
  const looks = page.getByRole("region", { name: "Quick looks" });
  await expect(looks).toContainText("17 of 20");
  await expect(looks).toContainText("15 of 20: cannot draw it reliably");
  await page.goto(`/p/${made.slug}/runs/1`);
  await expect(heading(page)).toContainText("2 concepts alone");
  await expect(page.getByRole("region", { name: "Looks" }).locator("img")).toHaveCount(40);
});
