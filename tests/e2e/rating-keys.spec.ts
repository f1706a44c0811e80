import { ADMIN, test as base, expect } from "@/tests/support/e2e";
import {
  BLOCK_KEYS,
  cellOf,
  imagesShown,
  pressKeys,
  startRating,
  thumbnailsFetched,
} from "@/tests/support/rating-page";
import { openRatingProject, type RatingProject } from "@/tests/support/rating-project";

const test = base.extend<{ rating: RatingProject }>({
  rating: async ({ instance }, use) => {
    const project = await openRatingProject(instance, { mail: ADMIN.mail, grids: 3 });
    await use(project);
    await project.close();
  },
});

test("the digits judge images once they are chosen, are printed on the cells and remembered", async ({
  page,
  rating,
}) => {
  await startRating(page, rating);
  await page.keyboard.press("?");
  await page.getByRole("radio", { name: "Digits, and with Shift" }).check();
  await page.keyboard.press("Escape");
  await expect(cellOf(page, 11)).toContainText("⇧1");

  await page.reload({ waitUntil: "networkidle" });
  await imagesShown(page);
  await expect(cellOf(page, 11)).toContainText("⇧1");
  await pressKeys(page, ["0", "Shift+Digit1", "q"]);
  await expect(cellOf(page, 10)).toHaveAccessibleName(/, incorrect$/);
  await expect(cellOf(page, 11)).toHaveAccessibleName(/, incorrect$/);
  await expect(page.getByText("18 of 20 open", { exact: true })).toBeVisible();

  await page.keyboard.press("?");
  await page.getByRole("checkbox", { name: /^Single-key shortcuts/ }).uncheck();
  await page.keyboard.press("Escape");
  await pressKeys(page, ["3", "Shift+Digit5"]);
  await expect(page.getByText("18 of 20 open", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: /^Keys/ }).click();
  await page.getByRole("checkbox", { name: /^Single-key shortcuts/ }).check();
  await page.getByRole("radio", { name: "Left-hand block" }).check();
  await page.keyboard.press("Escape");
  await expect(cellOf(page, 20)).toContainText("B");
});

test("the rest is judged in two steps with the choice shown, stored as bulk, and undone at once", async ({
  page,
  rating,
}) => {
  await startRating(page, rating);
  await pressKeys(page, ["1", "1", "2"]);

  await page.keyboard.press("Shift+Enter");
  await expect(page.getByRole("dialog", { name: "The rest of this grid" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("j");
  await expect(page.getByRole("button", { name: "Mark 18 images incorrect" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByText("0 of 20 open", { exact: true })).toBeVisible();
  await page.keyboard.press("Backspace");
  await expect(page.getByText("18 of 20 open", { exact: true })).toBeVisible();
  await page.keyboard.press("Control+y");
  await page.keyboard.press("Enter");

  await expect.poll(rating.levels).toMatchObject([{ level: 4, correct: 1 }]);
  expect(await rating.methods()).toEqual({ direct: 3, bulk: 18, undo: 36 });
});

test("Page Down goes on among the held grids and Page Up comes back, with nothing submitted", async ({
  page,
  rating,
}) => {
  await startRating(page, rating);
  await expect.poll(() => thumbnailsFetched(page)).toBe(3 * 20);
  const first = page.url();
  await page.keyboard.press("1");

  await page.keyboard.press("PageDown");
  await expect(page).not.toHaveURL(first);
  await imagesShown(page);
  await expect(page.getByText("20 of 20 open", { exact: true })).toBeVisible();
  await page.keyboard.press("PageUp");
  await expect(page).toHaveURL(first);
  await imagesShown(page);
  await expect(cellOf(page, 1)).toHaveAccessibleName(/, incorrect$/);
  await pressKeys(page, [...BLOCK_KEYS.slice(1), "Enter"]);
  await expect(page).not.toHaveURL(first);
  await imagesShown(page);
  await page.keyboard.press("PageUp");

  await expect(page).toHaveURL(`${first}?again=1`);
  await page.keyboard.press("PageDown");
  await expect(page).not.toHaveURL(/again/);
  await expect.poll(rating.levels).toMatchObject([{ level: 5, correct: 0 }]);
  await page.goto("/rate");
  // Of every project that the account rated in: only one of them lists this grid.
  for (const list of await page.getByText("What you rated").all()) await list.click();
  await page.locator(`a[href$="${new URL(first).pathname}?again=1"]`).click();
  await expect(page.getByText("it counts as it stands")).toBeVisible();
  await page.getByRole("link", { name: "Queue" }).click();
  await expect(page).toHaveURL(/\/rate$/);
  await expect.poll(rating.levels).toMatchObject([{ level: 5, correct: 0 }]);
});

test("the zoom is held, with what stands beside it, and goes when the key is let go", async ({
  page,
  rating,
}) => {
  await startRating(page, rating);
  // Before anything was clicked it is the first image's.
  await page.keyboard.down(".");
  await expect(page.getByAltText("Number 1, full size")).toBeVisible();
  await page.keyboard.up(".");
  await expect(page.getByAltText(/full size$/)).toHaveCount(0);
  await cellOf(page, 7).click({ position: { x: 120, y: 60 } });

  await page.keyboard.down(".");
  await expect(page.getByAltText("Number 7, full size")).toBeVisible();
  await expect(page.getByAltText("Number 6, beside it")).toBeVisible();
  await expect(page.getByAltText("Number 8, beside it")).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByAltText("Number 6, full size")).toBeVisible();
  await expect(page.getByAltText("Number 5, beside it")).toHaveCount(0);
  await page.keyboard.up(".");

  await expect(page.getByAltText(/full size$/)).toHaveCount(0);
});

test("a grid laid at random keeps its drawn order, says the prompt of each image, and stores images", async ({
  page,
  rating,
}) => {
  await rating.layAtRandom();
  await startRating(page, rating);
  await expect(page.getByRole("grid", { name: "20 images in random order" })).toBeVisible();
  await page.keyboard.press("1");
  await expect(cellOf(page, 1)).toHaveAccessibleName("image 1 of 20, incorrect");
  await expect(page.getByRole("columnheader")).toHaveText(/^Image 1/);

  const [first] = await page.getByRole("gridcell").locator("img").all();
  const shown = new URL((await first!.getAttribute("src")) ?? "", page.url()).pathname;
  await expect.poll(rating.judgedImages).toEqual([shown.split("/").at(-1)]);
  await page.reload({ waitUntil: "networkidle" });
  await imagesShown(page);
  await expect(cellOf(page, 1)).toHaveAccessibleName("image 1 of 20, incorrect");
});

test("a gap in the guidelines is marked with a note and comes first for the researcher", async ({
  page,
  rating,
}) => {
  await startRating(page, rating);
  await page.keyboard.press("n");
  await page.getByLabel("For the researcher").fill("Is a mug a tea cup?");
  await page.getByLabel("The guidelines do not say what to do here").check();
  await page.getByRole("button", { name: "Save note" }).click();
  await pressKeys(page, [...BLOCK_KEYS, "Enter"]);
  await expect.poll(rating.submitted).toHaveLength(1);

  await page.goto(`/p/${rating.slug}/rating`);
  const note = page.getByRole("listitem").filter({ hasText: "Is a mug a tea cup?" });
  await expect(note.getByText("Guideline gap")).toBeVisible();
});
