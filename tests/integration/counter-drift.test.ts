import { and, eq, sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import {
  budgetEntries,
  budgets,
  grids,
  levelCounts,
  pairCounts,
  pairLevels,
  patterns,
  ratingCounts,
  saturations,
} from "@/db/schema";
import { showSystemState } from "@/server/core/show-system-state";
import { findDrift } from "@/server/counters/find-drift";
import { recount } from "@/server/counters/recount";
import { watchDrift } from "@/server/counters/watch-drift";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { rateNextGrid } from "@/tests/support/make/rated-grid";
import { testDatabase } from "@/tests/support/test-database";
import "@/tests/support/web-environment";

const { db } = await testDatabase();

/** A project with rated pairs and one entry in its budget, all counters right. */
async function makeCounted() {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  for (const conceptA of ["milk", "wine", "tea"]) await makeGrid(db, { projectId, conceptA });
  await rateNextGrid(owner, 0);
  await rateNextGrid(owner, 7);
  return { owner, projectId };
}

const driftOf = async (projectId: string) =>
  (await findDrift(db)).filter((drift) => drift.projectId === projectId);

test("verbs and triggers leave every counter equal to its recount", async () => {
  const { projectId } = await makeCounted();

  expect(await driftOf(projectId)).toEqual([]);
});

const BREAKS: [string, (projectId: string) => Promise<unknown>][] = [
  [
    "pair_count",
    (projectId) =>
      db
        .update(pairCounts)
        .set({ pairs: sql`pairs + 1` })
        .where(eq(pairCounts.projectId, projectId)),
  ],
  [
    "level_count",
    (projectId) =>
      db
        .update(levelCounts)
        .set({ pairs: 40 })
        .where(and(eq(levelCounts.projectId, projectId), eq(levelCounts.level, 5))),
  ],
  [
    "pair_level",
    (projectId) =>
      db
        .update(pairLevels)
        .set({ level: 1 })
        .where(and(eq(pairLevels.projectId, projectId), eq(pairLevels.level, 5))),
  ],
  [
    "budget",
    async (projectId) => {
      await db.insert(budgetEntries).values({
        projectId,
        kind: "renders",
        subject: `${projectId}/lost`,
        reserved: 5,
        settled: 5,
      });
      await db.update(budgets).set({ limit: 1 }).where(eq(budgets.projectId, projectId));
    },
  ],
  [
    "pattern",
    (projectId) =>
      db.update(patterns).set({ returned: 9 }).where(eq(patterns.projectId, projectId)),
  ],
  [
    "grid",
    (projectId) =>
      db.update(grids).set({ seatsDone: 7, seatsFree: 3 }).where(eq(grids.projectId, projectId)),
  ],
  [
    "rating_count",
    (projectId) =>
      db
        .update(ratingCounts)
        .set({ n: 12 })
        .where(and(eq(ratingCounts.projectId, projectId), eq(ratingCounts.field, "done"))),
  ],
  [
    "saturation",
    async (projectId) => {
      const [pattern] = await db.select().from(patterns).where(eq(patterns.projectId, projectId));
      await db
        .insert(saturations)
        .values({ projectId, patternId: pattern!.id, proposer: "test", proposals: 3 });
    },
  ],
];

test.each(BREAKS)("a wrong %s is found, and a recount mends it", async (counter, breakIt) => {
  const { projectId } = await makeCounted();
  await breakIt(projectId);
  expect(await driftOf(projectId)).toContainEqual(expect.objectContaining({ counter }));

  const mended = await recount(db);

  expect(mended).toContainEqual(expect.objectContaining({ counter, projectId }));
  expect(await findDrift(db)).toEqual([]);
});

test("the sweep says which counter drifted, and admins see it until it is mended", async () => {
  const { owner, projectId } = await makeCounted();
  const admin = { ...owner, viewer: { ...owner.viewer, isAdmin: true } };
  await db.update(pairCounts).set({ pairs: 99 }).where(eq(pairCounts.projectId, projectId));
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);

  await watchDrift({}, { db, signal: new AbortController().signal });

  expect(said).toHaveBeenCalledWith(
    expect.stringMatching(`^Counter drift: \\d+ figures of pair_count in project ${projectId}$`),
  );
  said.mockRestore();
  expect(await showSystemState(admin)).toMatchObject({ drift: ["pair_count"] });
  expect(await showSystemState(owner)).toMatchObject({ drift: [] });

  await recount(db);
  expect(await showSystemState(admin)).toMatchObject({ drift: [] });
});
