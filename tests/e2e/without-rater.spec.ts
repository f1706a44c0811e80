import { ADMIN, test as base, expect } from "@/tests/support/e2e";
import { startRating } from "@/tests/support/rating-page";
import { openRatingProject, type RatingProject } from "@/tests/support/rating-project";

const test = base.extend<{ rating: RatingProject }>({
  rating: async ({ instance }, use) => {
    const project = await openRatingProject(instance, { mail: ADMIN.mail, grids: 1 });
    await use(project);
    await project.close();
  },
});

test("a grid that its only rater cannot judge is told on the progress page, on a phone too, with what to do", async ({
  page,
  rating,
}) => {
  await startRating(page, rating);
  await page.keyboard.press("u");
  await page.getByLabel("Reason").fill("I do not know the dish");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Nothing is left to rate.")).toBeVisible();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  // What was done last can be undone; there is nothing to submit.
  await expect(page.getByRole("button", { name: /undo$/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Submit/ })).toHaveCount(0);
  // Whoever runs the project goes on to what came of its grids.
  await expect(page.getByRole("link", { name: "See the Levels" })).toHaveAttribute(
    "href",
    `/p/${rating.slug}/pairs`,
  );

  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/p/${rating.slug}/rating/progress`);
  await expect(
    page.getByRole("heading", { name: "1 grid waits for a rater who does not exist" }),
  ).toBeVisible();
  await expect(page.getByText("Invite 1 more rater on Members")).toBeVisible();
  const rows = page.getByRole("table", { name: "Grids without a rater" }).getByRole("row");
  await expect(rows).toHaveCount(2);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});
