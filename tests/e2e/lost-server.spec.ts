import { ADMIN, test as base, expect } from "@/tests/support/e2e";
import { openRatingProject, type RatingProject } from "@/tests/support/rating-project";

const test = base.extend<{ rating: RatingProject }>({
  rating: async ({ instance }, use) => {
    const project = await openRatingProject(instance, { mail: ADMIN.mail, grids: 1 });
    await use(project);
    await project.close();
  },
});

test("a live page says that it has lost the server, and follows again by itself once it is back", async ({
  page,
  context,
  rating,
}) => {
  await page.goto(`/p/${rating.slug}/rating/progress`);
  const warning = page.getByText("The server has not answered since");
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText("0 of 1 seats done");

  await context.setOffline(true);
  await expect(warning).toBeVisible({ timeout: 6_000 });
  await rating.addRatedGrid([3]);
  await expect(heading).toHaveText("0 of 1 seats done");

  await context.setOffline(false);
  await expect(heading).toHaveText("1 of 2 seats done");
  await expect(warning).toBeHidden();
});
