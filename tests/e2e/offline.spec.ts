import { ADMIN, test as base, expect } from "@/tests/support/e2e";
import { rateOffline } from "@/tests/support/rate-offline";
import { openRatingProject, type RatingProject } from "@/tests/support/rating-project";

const test = base.extend<{ rating: RatingProject }>({
  rating: async ({ instance }, use) => {
    const project = await openRatingProject(instance, { mail: ADMIN.mail, grids: 3 });
    await use(project);
    await project.close();
  },
});

test("60 verdicts of ten minutes offline outlive the kill of their tab, in their order, submissions too", async ({
  page,
  context,
  rating,
}) => {
  const { judged } = await rateOffline(page, rating, { isAtOnce: false });
  expect(await rating.judged()).toEqual([]);

  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(`/rate?project=${rating.slug}`);

  await expect.poll(rating.submitted).toHaveLength(3);
  expect(await rating.judged()).toEqual(judged);
  expect(await rating.levels()).toMatchObject([{ level: 5 }, { level: 5 }, { level: 5 }]);
});

test("what the chip counted when the tab was killed straight after the last key is there later", async ({
  page,
  context,
  rating,
}) => {
  const { judged, queued } = await rateOffline(page, rating, { isAtOnce: true });

  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(`/rate?project=${rating.slug}`);

  await expect.poll(rating.arrived).toBeGreaterThanOrEqual(queued);
  const came = await rating.judged();
  expect(came).toEqual(judged.slice(0, came.length));
});
