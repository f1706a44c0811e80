import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { renders } from "@/db/schema";
import { showFlips } from "@/server/comparison/show-flips";
import { openLoopDriver } from "@/tests/support/loop-driver";
import { makeRepairProject } from "@/tests/support/repair-project";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";
import "@/tests/support/web-environment";

storageHome();
const { db } = await testDatabase();

/** Of four images of a prompt: the first follows the switch at step 10, the last tells nothing. */
const curveOf = (first: number) => ({
  curves: {
    first_to_second: [
      { step: 0, first: 0.2, second: 0.3 },
      { step: 10, first, second: 0.3 },
    ],
  },
});
const TRACE = { scorer: "clipscore", images: [curveOf(0.2), curveOf(0.4), curveOf(0.4), {}] };

test("a probe's curve is over all images that it drew in the comparison, those without one counted apart", async () => {
  const driver = await openLoopDriver(db);
  const project = await makeRepairProject(db, driver, 2, "probe");
  await project.start();
  await driver.draw("sketch", { trace: TRACE });
  await driver.draw(project.methodEndpoint, { trace: TRACE });

  // Two pairs, five prompts, four seeds; the baseline is no probe, whatever its traces hold.
  const [flips, ...others] = await showFlips(project.ctx, { repair: 1 });
  expect(others).toEqual([]);
  expect(flips).toMatchObject({ revisionId: project.methodId, images: 40 });
  expect(flips?.curves).toMatchObject([
    {
      concept: "first",
      half: 10,
      lacking: 10,
      points: [
        { step: 0, flipped: 30, of: 30 },
        { step: 10, flipped: 10, of: 30 },
      ],
    },
  ]);

  const ofMethod = and(
    eq(renders.projectId, project.projectId),
    eq(renders.generatorRevisionId, project.methodId),
  );
  await db.update(renders).set({ trace: null }).where(ofMethod);
  expect(await showFlips(project.ctx, { repair: 1 })).toMatchObject([{ images: 40, curves: [] }]);
  const elsewhere = { repair: 1, patternId: crypto.randomUUID() };
  expect(await showFlips(project.ctx, elsewhere)).toMatchObject([{ images: 0, curves: [] }]);
  await expect(showFlips(project.ctx, { repair: 2 })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
