import { violationsOn } from "@/tests/support/axe";
import { ADMIN, test as base, expect } from "@/tests/support/e2e";
import { openRatingProject, type RatingProject } from "@/tests/support/rating-project";

const test = base.extend<{ rating: RatingProject }>({
  rating: async ({ instance }, use) => {
    const project = await openRatingProject(instance, { mail: ADMIN.mail, grids: 0 });
    await project.addRatedGrid([0, 1]);
    await project.addRatedGrid([5, 5, 6]);
    await project.addRatedGrid([12]);
    await use(project);
    await project.close();
  },
});

const PAGES = [
  { path: "agreement", shown: "Alpha per pattern" },
  { path: "progress", shown: "Round 1" },
  { path: "adjudication", shown: "1 grid waits to be settled" },
  { path: "adjudication?view=boundary", shown: "95 % Wilson" },
  { path: "marks", shown: "Substitution" },
] as const;

test("axe finds nothing on the pages about rating, light and dark", async ({ page, rating }) => {
  for (const { path, shown } of PAGES) {
    await page.goto(`/p/${rating.slug}/rating/${path}`);
    await expect(page.getByText(shown).first()).toBeVisible();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violationsOn(page), `${path}, ${colorScheme}`).toEqual([]);
    }
  }
});

test("axe finds nothing where a tie is settled", async ({ page, rating }) => {
  await page.goto(`/p/${rating.slug}/rating/adjudication`);
  await page.getByRole("link", { name: /iced coke/ }).click();
  await expect(page.getByRole("button", { name: /^Image 1:/ })).toBeVisible();

  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violationsOn(page), colorScheme).toEqual([]);
  }
});

test("the agreement page and the progress page follow a submission by themselves", async ({
  page,
  rating,
}) => {
  await page.goto(`/p/${rating.slug}/rating/agreement`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("on 40 images");
  await expect(page.getByText(/^Up to date, reckoned/)).toBeVisible();

  await rating.addRatedGrid([9, 9]);

  await expect(page.getByRole("heading", { level: 1 })).toContainText("on 60 images", {
    timeout: 20_000,
  });
  await expect(page.getByText(/^Up to date, reckoned/)).toBeVisible();

  await page.goto(`/p/${rating.slug}/rating/progress`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("All 8 seats are done");
  await rating.addRatedGrid([3]);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("All 9 seats are done");
});

test("the agreement page leads to the grids on the boundary, which are listed in one place", async ({
  page,
  rating,
}) => {
  await page.goto(`/p/${rating.slug}/rating/agreement`);

  await page.getByRole("link", { name: /on the boundary of a Level/ }).click();

  const table = page.getByRole("table", { name: "Grids at the boundary of a Level" });
  await expect(table.getByRole("row", { name: /5 of 20/ })).toContainText("8.7 to 49.1 %");
});
