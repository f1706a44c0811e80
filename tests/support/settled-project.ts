import { ADMIN, test as base } from "./e2e";
import { openRatingProject, type RatingProject } from "./rating-project";

/** Each test has a project of its own, with one grid that its rater has done and one that waits. */
export const test = base.extend<{ rating: RatingProject }>({
  rating: async ({ instance }, use) => {
    const project = await openRatingProject(instance, { mail: ADMIN.mail, grids: 0 });
    await project.addRatedGrid([3]);
    await project.addGrid();
    await use(project);
    await project.close();
  },
});
