import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { levels, seats, sittings } from "@/db/schema";
import { cannotJudge } from "@/server/rating/cannot-judge";
import { claimNextSeat } from "@/server/rating/claim-next-seat";
import { giveBack } from "@/server/rating/give-back";
import { heartbeat } from "@/server/rating/heartbeat";
import { levelsOfPairs } from "@/server/rating/levels-of-pairs";
import { putOff } from "@/server/rating/put-off";
import { claimSitting as claim } from "@/tests/support/claim";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { makeProject } from "@/tests/support/make/project";
import { judgeAll, submit } from "@/tests/support/rate";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

async function projectWithGrids(count: number) {
  const project = await makeProject(db);
  const grids = [];
  for (let made = 0; made < count; made += 1) {
    grids.push(await makeGrid(db, { projectId: project.id }));
  }
  return { project, grids };
}

const rater = (project: Awaited<ReturnType<typeof makeProject>>) =>
  makeMember(db, { projectId: project.id, role: "expert" });

const gridOf = async (sittingId: string) =>
  (await db.select().from(sittings).where(eq(sittings.id, sittingId)))[0]!.gridId;

/** As if the rater had walked away long ago. */
const writeOldLease = (sittingId: string) =>
  db
    .update(seats)
    .set({ leasedUntil: sql`now() - interval '1 second'` })
    .where(eq(seats.sittingId, sittingId));

test("ten raters who ask at once each get a grid of their own, thirty times over", async () => {
  const { project } = await projectWithGrids(10);
  const raters = await Promise.all(Array.from({ length: 10 }, () => rater(project)));

  for (let round = 0; round < 30; round += 1) {
    const claimed = await Promise.all(raters.map((who) => claim(who)));

    expect(new Set(await Promise.all(claimed.map(gridOf))).size).toBe(10);
    await Promise.all(raters.map((who, index) => giveBack(who, { sittingId: claimed[index]! })));
  }
});

test("two tabs of one rater that ask at once get the same sitting, thirty times over", async () => {
  const { project } = await projectWithGrids(2);
  const ann = await rater(project);

  for (let round = 0; round < 30; round += 1) {
    const [first, second] = await Promise.all([claim(ann), claim(ann)]);

    expect(first).toBe(second);
    await giveBack(ann, { sittingId: first });
  }
});

test("an abandoned seat goes to the next rater, and the lease is the database's to judge", async () => {
  const { project, grids } = await projectWithGrids(1);
  const [ann, bob] = [await rater(project), await rater(project)];
  const abandoned = await claim(ann);

  expect(await claimNextSeat(bob)).toBeNull();
  await writeOldLease(abandoned);
  expect(await gridOf(await claim(bob))).toBe(grids[0]!.gridId);
});

test("a heartbeat keeps the seat and says when it is lost", async () => {
  const { project } = await projectWithGrids(1);
  const [ann, bob] = [await rater(project), await rater(project)];
  const sitting = await claim(ann);

  await writeOldLease(sitting);
  expect(await heartbeat(ann, [sitting])).toEqual({ held: [sitting] });
  expect(await claimNextSeat(bob)).toBeNull();
  await writeOldLease(sitting);
  await claim(bob);
  expect(await heartbeat(ann, [sitting])).toEqual({ held: [] });
});

test("a submission after the seat went to another is kept as extra overlap", async () => {
  const { project, grids } = await projectWithGrids(1);
  const [ann, bob] = [await rater(project), await rater(project)];
  const late = await claim(ann);
  await writeOldLease(late);
  const held = await claim(bob);

  await judgeAll(ann, late, { imageIds: grids[0]!.imageIds, correct: 3 });
  await submit(ann, late);
  await judgeAll(bob, held, { imageIds: grids[0]!.imageIds, correct: 12 });
  await submit(bob, held);

  const kept = await db.select().from(levels).where(eq(levels.gridId, grids[0]!.gridId));
  expect(kept.map((row) => row.level).sort()).toEqual([2, 4]);
  const ofRecord = await levelsOfPairs(db, project.id, [grids[0]!.pairId]);
  expect(ofRecord).toMatchObject([{ sittingId: held, level: 2 }]);
});

test("a late submission whose seat nobody took completes it", async () => {
  const { project, grids } = await projectWithGrids(1);
  const [ann, bob] = [await rater(project), await rater(project)];
  const sitting = await claim(ann);
  await judgeAll(ann, sitting, { imageIds: grids[0]!.imageIds, correct: 0 });
  await writeOldLease(sitting);

  await submit(ann, sitting);

  expect(await claimNextSeat(bob)).toBeNull();
  expect(await levelsOfPairs(db, project.id, [grids[0]!.pairId])).toMatchObject([{ level: 5 }]);
});

test("a grid put off comes back after all others", async () => {
  const { project } = await projectWithGrids(2);
  const ann = await rater(project);
  const putAside = await claim(ann);
  await putOff(ann, { sittingId: putAside });

  const other = await claim(ann);
  expect(other).not.toBe(putAside);
  expect(await claim(ann, [other])).toBe(putAside);
});

test("a grid fetched ahead is another one than those already held", async () => {
  const { project } = await projectWithGrids(2);
  const ann = await rater(project);
  const current = await claim(ann);
  const ahead = await claim(ann, [current]);

  expect(ahead).not.toBe(current);
  expect(await claimNextSeat(ann, [current, ahead])).toBeNull();
});

test("a grid that cannot be judged goes to another rater and never back to the same one", async () => {
  const { project, grids } = await projectWithGrids(1);
  const [ann, bob] = [await rater(project), await rater(project)];
  await cannotJudge(ann, { sittingId: await claim(ann), reason: "I do not know this dish" });

  expect(await claimNextSeat(ann)).toBeNull();
  expect(await gridOf(await claim(bob))).toBe(grids[0]!.gridId);
});

test("a rater who gave a grid back finds their sitting again", async () => {
  const { project } = await projectWithGrids(1);
  const ann = await rater(project);
  const sitting = await claim(ann);
  await giveBack(ann, { sittingId: sitting });

  expect(await claim(ann)).toBe(sitting);
});
