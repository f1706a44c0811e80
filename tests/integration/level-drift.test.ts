import { and, eq, isNull, sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { consensuses, levels, settings, verdicts } from "@/db/schema";
import { adjudicate } from "@/server/adjudication/adjudicate";
import { showSystemState } from "@/server/core/show-system-state";
import { findLevelDrift } from "@/server/rating/find-level-drift";
import { reopenSitting } from "@/server/rating/reopen-sitting";
import { showProgress } from "@/server/rating/show-progress";
import { watchLevels } from "@/server/rating/watch-levels";
import type { MemberContext } from "@/server/trpc/context";
import { claimSitting } from "@/tests/support/claim";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { makeProject } from "@/tests/support/make/project";
import { judgeAll, submit } from "@/tests/support/rate";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

/** A grid for each list: its raters find so many of the first images correct. */
async function stage(...grids: number[][]) {
  const { id: projectId } = await makeProject(db);
  const owner = await makeMember(db, { projectId, role: "owner" });
  const made: { gridId: string; imageIds: string[]; raters: [MemberContext, string][] }[] = [];
  for (const corrects of grids) {
    const grid = await makeGrid(db, { projectId, raters: corrects.length });
    const raters: [MemberContext, string][] = [];
    for (const correct of corrects) {
      const rater = await makeMember(db, { projectId, role: "expert" });
      const sittingId = await claimSitting(rater);
      await judgeAll(rater, sittingId, { imageIds: grid.imageIds, correct });
      await submit(rater, sittingId);
      raters.push([rater, sittingId]);
    }
    made.push({ ...grid, raters });
  }
  return { projectId, owner, grids: made };
}

const driftOf = async (projectId: string) =>
  (await findLevelDrift(db)).drift.filter((one) => one.projectId === projectId);

test("what verbs keep is what the events give: alone, by majority, settled, tied and taken back", async () => {
  const { projectId, owner, grids } = await stage([0], [7, 7, 9], [3, 4], [1, 2], [5, 5]);
  const settled = { verdict: "correct", reason: "slip", note: "", isGuidelineGap: false } as const;
  await adjudicate(owner, {
    gridId: grids[2]!.gridId,
    rulings: [{ imageId: grids[2]!.imageIds[3]!, ...settled }],
  });
  await reopenSitting(...grids[4]!.raters[0]!);

  expect(await driftOf(projectId)).toEqual([]);
});

const BREAKS: [string, (gridId: string) => Promise<unknown>, kept: RegExp, follows: RegExp][] = [
  [
    "Level",
    (gridId) =>
      db
        .update(levels)
        .set({ correct: 11, level: 2 })
        .where(and(eq(levels.gridId, gridId), isNull(levels.sittingId))),
    /^consensus together full: 11 of 20, Level 2$/,
    /^consensus together full: 7 of 20, Level 3$/,
  ],
  [
    "consensus",
    (gridId) =>
      db.update(consensuses).set({ isBoundary: true }).where(eq(consensuses.gridId, gridId)),
    /on the boundary$/,
    /^human 3: 18 unanimous, 2 by majority, 0 adjudicated, 0 open$/,
  ],
];

test.each(BREAKS)(
  "a %s changed by hand is told with what follows, and is left as it is",
  async (_, breakIt, kept, follows) => {
    const { projectId, grids } = await stage([7, 7, 9]);
    const [grid] = grids;
    await breakIt(grid!.gridId);

    const [found, ...others] = await driftOf(projectId);

    expect(others).toEqual([]);
    expect(found).toMatchObject({ gridId: grid!.gridId });
    expect(found!.kept).toContainEqual(expect.stringMatching(kept));
    expect(found!.follows).toContainEqual(expect.stringMatching(follows));
    expect(await driftOf(projectId)).toEqual([found]);
  },
);

test("a verdict that was changed beside its events gives no other Level: the events count", async () => {
  const { projectId, grids } = await stage([7]);
  await db
    .update(verdicts)
    .set({ verdict: "incorrect" })
    .where(eq(verdicts.sittingId, grids[0]!.raters[0]![1]));
  expect(await driftOf(projectId)).toEqual([]);

  await db.delete(levels).where(eq(levels.gridId, grids[0]!.gridId));

  expect(await driftOf(projectId)).toMatchObject([
    { kept: [], follows: [expect.stringMatching(/^rater .* full: 7 of 20, Level 3$/)] },
  ]);
});

test("once a day the sweep says what differs, to the project's researchers and to admins", async () => {
  const { owner, grids } = await stage([7, 7, 9], [0]);
  const other = await stage([2]);
  await db.delete(settings).where(eq(settings.name, "levelDrift"));
  await db.delete(levels).where(eq(levels.gridId, grids[1]!.gridId));
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);

  await watchLevels({}, { db });

  expect(said).toHaveBeenCalledWith(
    expect.stringContaining(`Level drift: grid ${grids[1]!.gridId}`),
    expect.anything(),
  );
  const { levelCheck } = await showProgress(owner);
  expect(levelCheck!.drift).toMatchObject([{ gridId: grids[1]!.gridId, kept: [] }]);
  expect((await showProgress(other.owner)).levelCheck!.drift).toEqual([]);
  const admin = { ...owner, viewer: { ...owner.viewer, isAdmin: true } };
  expect((await showSystemState(admin)).driftingLevels).toBeGreaterThanOrEqual(1);
  expect(await showSystemState(owner)).toMatchObject({ driftingLevels: 0 });

  // Not again before a day has passed.
  said.mockClear();
  await watchLevels({}, { db });
  expect(said).not.toHaveBeenCalled();
  await db
    .update(settings)
    .set({ updatedAt: sql`now() - interval '25 hours'` })
    .where(eq(settings.name, "levelDrift"));
  await watchLevels({}, { db });
  expect(said).toHaveBeenCalled();
  said.mockRestore();
});
