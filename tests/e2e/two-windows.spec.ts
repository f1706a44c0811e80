import type { Browser } from "@playwright/test";
import { violationsInBothThemes, violationsOn } from "@/tests/support/axe";
import { ADMIN, test as base, expect } from "@/tests/support/e2e";
import { stateFile } from "@/tests/support/e2e-state";
import {
  BLOCK_KEYS,
  cellOf,
  imagesShown,
  pressKeys,
  startRating,
} from "@/tests/support/rating-page";
import { openRatingProject, type RatingProject } from "@/tests/support/rating-project";

const test = base.extend<{ rating: RatingProject }>({
  rating: async ({ instance }, use) => {
    const project = await openRatingProject(instance, { mail: ADMIN.mail, grids: 1 });
    await use(project);
    await project.close();
  },
});

/** The same grid in another browser of the same rater. */
async function openElsewhere(browser: Browser, url: string) {
  const other = await browser.newContext({ storageState: stateFile() });
  const second = await other.newPage();
  await second.goto(url, { waitUntil: "networkidle" });
  await imagesShown(second);
  return { other, second };
}

test("two browsers rate one grid: the second is told, sees both versions and picks one", async ({
  page,
  browser,
  rating,
}) => {
  await startRating(page, rating);
  const { other, second } = await openElsewhere(browser, page.url());
  await page.keyboard.press("1");
  await expect.poll(rating.judged).toEqual(["1 incorrect"]);

  await second.keyboard.press("2");
  const dialog = second.getByRole("dialog", { name: "This grid was rated in another window too" });
  await expect(dialog.getByRole("row")).toHaveText(["ImageThis windowThe other", /^1/, /^2/]);
  expect(await violationsInBothThemes(second)).toEqual([]);
  await second.keyboard.press("3");
  await dialog.getByRole("button", { name: "Take the other's" }).click();

  await expect(cellOf(second, 1)).toHaveAccessibleName(/, incorrect$/);
  await expect(cellOf(second, 2)).toHaveAccessibleName(/, unrated$/);
  // The first events of the two have the same place in the order.
  await expect
    .poll(async () => (await rating.judged()).toSorted())
    .toEqual(["1 incorrect", "1 incorrect", "2 incorrect", "2 open"]);

  await second.keyboard.press("3");
  await expect.poll(async () => (await rating.judged()).at(-1)).toBe("3 incorrect");
  await page.keyboard.press("4");
  await page.getByRole("button", { name: "Keep this window's" }).click();
  // Keys rest while the dialog is open.
  await expect(page.getByRole("dialog")).toBeHidden();
  await pressKeys(page, [...BLOCK_KEYS.filter((key) => !["1", "4"].includes(key)), "Enter"]);
  await expect.poll(rating.levels).toMatchObject([{ level: 5 }]);
  await other.close();
});

test("two tabs of one browser share what is kept, and the one that did not see is told", async ({
  page,
  context,
  rating,
}) => {
  await startRating(page, rating);
  const second = await context.newPage();
  await second.goto(page.url(), { waitUntil: "networkidle" });
  await imagesShown(second);
  await expect(second.getByText(/^This grid is open in another tab/)).toBeVisible();
  await page.keyboard.press("1");
  await expect.poll(rating.judged).toEqual(["1 incorrect"]);

  await second.keyboard.press("2");
  await second.getByRole("button", { name: "Keep this window's" }).click();

  await expect(second.getByText("Saved", { exact: true })).toBeVisible();
  await expect(cellOf(second, 1)).toHaveAccessibleName(/, unrated$/);
  await expect
    .poll(async () => (await rating.judged()).toSorted())
    .toEqual(["1 incorrect", "1 open", "2 incorrect", "2 incorrect"]);
});

test("what a closed window left in dispute is offered on the rater's home, and its submission follows", async ({
  page,
  context,
  browser,
  rating,
}) => {
  await startRating(page, rating);
  const { other, second } = await openElsewhere(browser, page.url());
  await context.setOffline(true);
  // Twice the first: incorrect, then correct.
  await pressKeys(page, ["1", ...BLOCK_KEYS, "Enter"]);
  await expect(page.getByText("Offline, 22 queued")).toBeVisible();
  await second.keyboard.press("1");
  await expect.poll(rating.judged).toEqual(["1 incorrect"]);
  await other.close();
  await page.close();
  await context.setOffline(false);

  const home = await context.newPage();
  await home.goto(`/rate?project=${rating.slug}`, { waitUntil: "networkidle" });
  await home.getByRole("button", { name: "Compare the two" }).click();
  const dialog = home.getByRole("dialog", { name: "A grid was rated in two windows" });
  await expect(dialog.getByRole("row")).toHaveCount(21);
  await expect(dialog.getByRole("row").nth(1)).toHaveText("1CorrectIncorrect");
  await expect(dialog.getByRole("row").nth(2)).toHaveText("2IncorrectUnrated");
  expect(await violationsOn(home)).toEqual([]);
  await dialog.getByRole("button", { name: "Keep the closed window's" }).click();

  await expect.poll(rating.levels).toMatchObject([{ correct: 1, level: 4 }]);
  await expect(home.getByRole("button", { name: "Compare the two" })).toBeHidden();
});
