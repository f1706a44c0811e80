import type { Page } from "@playwright/test";
import { violationsInBothThemes, violationsOn } from "@/tests/support/axe";
import { ADMIN, test as base, expect } from "@/tests/support/e2e";
import {
  BLOCK_KEYS,
  cellOf,
  imagesShown,
  pressKeys,
  startRating,
} from "@/tests/support/rating-page";
import { openRatingProject, type RatingProject } from "@/tests/support/rating-project";

type Projects = { rating: RatingProject; screening: RatingProject; rated: RatingProject };
const test = base.extend<Projects>({
  rating: async ({ instance }, use) => {
    const project = await openRatingProject(instance, { mail: ADMIN.mail, grids: 2 });
    await use(project);
    await project.close();
  },
  rated: async ({ instance }, use) => {
    const project = await openRatingProject(instance, { mail: ADMIN.mail, grids: 0 });
    await project.addRatedGrid([2, 6]);
    await use(project);
    await project.close();
  },
  screening: async ({ instance }, use) => {
    const settings = { ratingMode: "screen", detail: true } as const;
    const project = await openRatingProject(instance, { mail: ADMIN.mail, grids: 1, settings });
    await use(project);
    await project.close();
  },
});

const LAYERS = [
  { key: "?", name: "Keys" },
  { key: "h", name: "Guidelines" },
  { key: "n", name: "Note on this grid" },
  { key: "u", name: "You cannot judge this grid?" },
  { key: "Shift+Enter", name: "The rest of this grid" },
];

test("axe finds nothing on the rater's home, the grid and each of its dialogs, light and dark", async ({
  page,
  rating,
}) => {
  await page.goto(`/rate?project=${rating.slug}`, { waitUntil: "networkidle" });
  expect(await violationsOn(page)).toEqual([]);
  await startRating(page, rating);
  expect(await violationsInBothThemes(page)).toEqual([]);
  for (const { key, name } of LAYERS) {
    await page.keyboard.press(key);
    await expect(page.getByRole("dialog", { name })).toBeVisible();
    expect(await violationsInBothThemes(page), name).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
});

test("axe finds nothing while screening with detail", async ({ page, screening }) => {
  await startRating(page, screening);
  await page.keyboard.press("j");

  expect(await violationsOn(page)).toEqual([]);
});

test("axe finds nothing where researchers see what raters pass on", async ({ page, rating }) => {
  await page.goto(`/p/${rating.slug}/rating`, { waitUntil: "networkidle" });

  expect(await violationsOn(page)).toEqual([]);
});

const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

test("a training grid says that it is one, and after it how each image was meant, for every eye", async ({
  page,
  rating,
}) => {
  await rating.addTraining();
  await page.goto(`/rate?project=${rating.slug}`, { waitUntil: "networkidle" });
  // The project that was asked for stands first; others of this account may offer training as well.
  await page.getByRole("button", { name: "Train first" }).first().click();
  await page.waitForURL(/\/rate\/[0-9a-f-]{36}$/);
  await imagesShown(page);
  await expect(page.getByText("Training", { exact: true })).toBeVisible();
  await pressKeys(page, [...BLOCK_KEYS, "Enter"]);

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("5 images were meant otherwise");
  await expect(page.getByRole("listitem").first()).toContainText("Meant:Correct");
  // One filled button: what was submitted is not submitted again.
  await expect(page.getByRole("button", { name: "Submit" })).toHaveCount(0);
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await imagesShown(page);
  await expect(page.getByText("Training", { exact: true })).toHaveCount(0);
});

test("on a tablet three images stand in a row, and the keys go by what is seen", async ({
  page,
  rating,
}) => {
  await startRating(page, rating);
  await page.setViewportSize({ width: 820, height: 1180 });
  const topOf = async (number: number) => (await cellOf(page, number).boundingBox())?.y;
  await expect.poll(async () => (await topOf(3)) === (await topOf(1))).toBe(true);
  expect(await topOf(4)).toBeGreaterThan((await topOf(3)) ?? 0);
  expect(await widthOf(page)).toBe(820);
  expect(await violationsInBothThemes(page)).toEqual([]);

  await pressKeys(page, ["ArrowDown", "End", "ArrowRight"]);
  await expect(cellOf(page, 6)).toBeFocused();
  await expect(cellOf(page, 6)).toHaveAccessibleName("image 6 of 20, prompt 1, draw 2, unrated");
  await pressKeys(page, ["Space", "Home"]);
  await expect(cellOf(page, 6)).toHaveAccessibleName(/, incorrect$/);
  await expect(cellOf(page, 4)).toBeFocused();
  // Nothing of an image is cut off.
  const isWhole = await cellOf(page, 4).evaluate((cell) => {
    const image = cell.querySelector("img")?.getBoundingClientRect();
    return image !== undefined && image.bottom <= cell.getBoundingClientRect().bottom;
  });
  expect(isWhole).toBe(true);
});

test("on a phone one image is judged after the other, and the grid is submitted by touch", async ({
  browser,
  rating,
  page,
}) => {
  const context = await browser.newContext({
    storageState: await page.context().storageState(),
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  const phone = await context.newPage();
  await phone.goto(`/rate?project=${rating.slug}`, { waitUntil: "networkidle" });
  await phone
    .getByRole("button", { name: /^(Start|Continue)/ })
    .first()
    .tap();
  const step = (number: number) => phone.getByRole("region", { name: `Image ${number} of 20` });
  await expect(step(1)).toHaveAttribute("aria-busy", "false");
  expect(await violationsInBothThemes(phone)).toEqual([]);
  expect(await widthOf(phone)).toBe(390);
  await phone.getByRole("button", { name: "Keys" }).tap();
  const sheet = phone.getByRole("dialog", { name: "Keys" });
  expect(await sheet.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
  expect(await violationsInBothThemes(phone)).toEqual([]);
  await sheet.getByRole("button", { name: /^Close/ }).tap();

  await phone.getByRole("button", { name: "Correct", exact: true }).tap();
  await expect(step(2)).toBeVisible();
  await phone.getByRole("button", { name: "Image before" }).tap();
  await expect(phone.getByRole("button", { name: "Correct", exact: true })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await phone.getByRole("button", { name: "Next image" }).tap();
  for (let number = 2; number <= 20; number += 1) {
    await expect(step(number)).toBeVisible();
    await phone.getByRole("button", { name: "Incorrect", exact: true }).tap();
  }
  await phone.getByRole("button", { name: "Submit" }).tap();

  await expect.poll(rating.levels).toMatchObject([{ level: 4, correct: 1 }]);
  await context.close();
});

test("at 200 % nothing is lost: the same grid is judged by keyboard, image by image", async ({
  page,
  rating,
}) => {
  await startRating(page, rating);
  // 1280 x 720 at twice the size has room for this.
  await page.setViewportSize({ width: 640, height: 360 });
  const step = (number: number) => page.getByRole("region", { name: `Image ${number} of 20` });
  await expect(step(1)).toHaveAttribute("aria-busy", "false");

  await page.keyboard.press("j");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("k");

  await expect(page.getByText("18 of 20 open", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "cannot judge" })).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 720 });
  await imagesShown(page);
  await expect(page.getByText("18 of 20 open", { exact: true })).toBeVisible();
});

test("at 200 % no page about rating is wider than the window", async ({ page, rated }) => {
  await page.setViewportSize({ width: 640, height: 360 });
  const home = `/p/${rated.slug}/rating`;
  const pages = ["", "/progress", "/adjudication", "/agreement", "/marks"].map((at) => home + at);
  const tooWide: string[] = [];
  for (const address of [`/rate?project=${rated.slug}`, ...pages]) {
    await page.goto(address, { waitUntil: "networkidle" });
    if ((await widthOf(page)) > 640) tooWide.push(address);
  }

  expect(tooWide).toEqual([]);
});

test("with reduced motion the grid left goes at once", async ({ page, rating }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await startRating(page, rating);
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");

  await expect(page.getByText("Grid 2 of 2")).toBeVisible();
  await expect(page.locator("[data-place=leaving]")).toHaveCount(0);
});
