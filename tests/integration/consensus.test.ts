import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { adjudications, consensuses, grids, levels } from "@/db/schema";
import { levelsOfPairs } from "@/server/rating/levels-of-pairs";
import { listQueues } from "@/server/rating/list-queues";
import { reckonConsensus } from "@/server/rating/reckon-consensus";
import { reopenSitting } from "@/server/rating/reopen-sitting";
import type { MemberContext } from "@/server/trpc/context";
import { claimSitting } from "@/tests/support/claim";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { makeProject } from "@/tests/support/make/project";
import { judgeAll, submit } from "@/tests/support/rate";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

async function gridOf({ raters, isSimulated = false }: { raters: number; isSimulated?: boolean }) {
  const project = await makeProject(db);
  const grid = await makeGrid(db, { projectId: project.id, raters });
  const people = await Promise.all(
    Array.from({ length: raters }, () =>
      makeMember(db, { projectId: project.id, role: "expert", isSimulated }),
    ),
  );
  const rate = async (rater: MemberContext, correct: number) => {
    const sittingId = await claimSitting(rater);
    await judgeAll(rater, sittingId, { imageIds: grid.imageIds, correct });
    await submit(rater, sittingId);
    return sittingId;
  };
  const record = () => levelsOfPairs(db, project.id, [grid.pairId]);
  const consensus = () =>
    db
      .select()
      .from(consensuses)
      .where(eq(consensuses.gridId, grid.gridId))
      .then(([row]) => row);
  return {
    project,
    grid,
    people: people as [MemberContext, ...MemberContext[]],
    rate,
    record,
    consensus,
  };
}

test("the Level of three raters is their majority, and stands only when all three are done", async () => {
  const { people, rate, record, consensus, grid } = await gridOf({ raters: 3 });
  const [first, second, third] = people;

  await rate(first, 0);
  await rate(second!, 2);
  expect(await record()).toEqual([]);
  expect(await consensus()).toBeUndefined();

  await rate(third!, 1);

  expect(await record()).toMatchObject([{ source: "consensus", level: 4, correct: 1 }]);
  // Image 1 by 2 to 1 and image 2 by 1 to 2, the other 18 with one voice.
  expect(await consensus()).toMatchObject({
    raters: 3,
    unanimous: 18,
    majority: 2,
    open: 0,
    isBoundary: true,
    firstLevel: 4,
    auditedLevel: null,
  });
  const [row] = await db.select().from(grids).where(eq(grids.id, grid.gridId));
  expect(row!.state).toBe("closed");
});

test("a tie has no Level before it is adjudicated, and the adjudicated Level says so", async () => {
  const { people, rate, record, consensus, grid, project } = await gridOf({ raters: 2 });
  await rate(people[0], 0);
  await rate(people[1]!, 1);
  expect(await record()).toEqual([]);
  expect(await consensus()).toMatchObject({ open: 1, unanimous: 19 });

  await db.transaction(async (tx) => {
    await tx.insert(adjudications).values({
      gridId: grid.gridId,
      imageId: grid.imageIds[0]!,
      projectId: project.id,
      verdict: "incorrect",
      reason: "slip",
      adjudicatedBy: people[0].viewer.accountId,
    });
    await reckonConsensus(tx, grid.gridId);
  });

  expect(await record()).toMatchObject([{ source: "adjudicated", level: 5, correct: 0 }]);
});

test("taking one of three submissions back takes the consensus back with it", async () => {
  const { people, rate, record, consensus } = await gridOf({ raters: 3 });
  for (const rater of people) await rate(rater, 0);
  expect(await record()).toMatchObject([{ level: 5 }]);
  const again = await rateAgain(people[0]);

  expect(await record()).toEqual([]);
  expect(await consensus()).toBeUndefined();

  await submit(people[0], again);
  expect(await record()).toMatchObject([{ source: "consensus", level: 5 }]);
});

test("what simulated raters agree on is kept apart from what people do", async () => {
  const { people, rate, record, consensus } = await gridOf({ raters: 3, isSimulated: true });
  for (const rater of people) await rate(rater, 1);

  expect(await record()).toMatchObject([{ source: "simulated", sittingId: null, level: 4 }]);
  expect(await consensus()).toMatchObject({ judge: "simulated" });
});

test("raters who submit at the same moment close the grid and reckon once, twenty times over", async () => {
  for (let round = 0; round < 20; round += 1) {
    const { people, grid, record } = await gridOf({ raters: 3 });
    const sittings: [MemberContext, string][] = [];
    for (const rater of people) {
      const sittingId = await claimSitting(rater);
      await judgeAll(rater, sittingId, { imageIds: grid.imageIds, correct: 1 });
      sittings.push([rater, sittingId]);
    }

    await Promise.all(sittings.map(([rater, sittingId]) => submit(rater, sittingId)));

    const [row] = await db.select().from(grids).where(eq(grids.id, grid.gridId));
    expect(row!.state).toBe("closed");
    expect(await record()).toMatchObject([{ source: "consensus", level: 4 }]);
    expect(await db.select().from(levels).where(eq(levels.gridId, grid.gridId))).toHaveLength(4);
  }
});

async function rateAgain(rater: MemberContext): Promise<string> {
  const [queue] = await listQueues(rater);
  const sittingId = queue!.lastDone[0]!.id;
  await reopenSitting(rater, sittingId);
  return sittingId;
}
