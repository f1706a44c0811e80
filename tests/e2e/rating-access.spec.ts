import { violationsOn } from "@/tests/support/axe";
import { ADMIN, test as base, expect } from "@/tests/support/e2e";
import { imagesShown, startRating } from "@/tests/support/rating-page";
import { openRatingProject, type RatingProject } from "@/tests/support/rating-project";

type Projects = { rating: RatingProject; screening: RatingProject };
const test = base.extend<Projects>({
  rating: async ({ instance }, use) => {
    const project = await openRatingProject(instance, { mail: ADMIN.mail, grids: 2 });
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
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violationsOn(page)).toEqual([]);
  }
  for (const { key, name } of LAYERS) {
    await page.keyboard.press(key);
    await expect(page.getByRole("dialog", { name })).toBeVisible();
    expect(await violationsOn(page), name).toEqual([]);
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
  expect(await violationsOn(phone)).toEqual([]);
  const width = await phone.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(390);

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

test("with reduced motion the grid left goes at once", async ({ page, rating }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await startRating(page, rating);
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");

  await expect(page.getByText("Grid 2 of 2")).toBeVisible();
  await expect(page.locator("[inert]")).toHaveCount(0);
});
