import { and, eq, isNull, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { budgetEntries, budgets, levels, seats, sittings, waiting } from "@/db/schema";
import { cannotJudge } from "@/server/rating/cannot-judge";
import { claimNextSeat } from "@/server/rating/claim-next-seat";
import { getSitting } from "@/server/rating/get-sitting";
import { giveBack } from "@/server/rating/give-back";
import { listQueues } from "@/server/rating/list-queues";
import { reopenSitting } from "@/server/rating/reopen-sitting";
import { submitSitting } from "@/server/rating/submit-sitting";
import type { MemberContext } from "@/server/trpc/context";
import { claimSitting } from "@/tests/support/claim";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { makeProject } from "@/tests/support/make/project";
import { judgeAll } from "@/tests/support/rate";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
const FULL = 120_000;

async function limited(limit: number | null, gridCount: number) {
  const { id: projectId } = await makeProject(db);
  await allow(projectId, limit);
  const made = [];
  for (let count = 0; count < gridCount; count += 1) made.push(await makeGrid(db, { projectId }));
  const rater = () => makeMember(db, { projectId, role: "expert" });
  return { projectId, grids: made, rater, ann: await rater(), spent: () => readBudget(projectId) };
}

const ofKind = (projectId: string) =>
  and(eq(budgets.projectId, projectId), eq(budgets.kind, "rater_ms"));
const allow = (projectId: string, limit: number | null) =>
  db.update(budgets).set({ limit }).where(ofKind(projectId));

async function readBudget(projectId: string) {
  const [budget] = await db.select().from(budgets).where(ofKind(projectId));
  return [budget!.reserved, budget!.settled];
}

/** Judges and submits as if it had taken so long. */
async function finish(rater: MemberContext, sittingId: string, activeMs: number) {
  const { cells, lastSeq } = await getSitting(rater, sittingId);
  const imageIds = cells.map((cell) => cell.imageId);
  await judgeAll(rater, sittingId, { imageIds, correct: 3, from: lastSeq + 1 });
  await hand(rater, sittingId, activeMs);
}

const hand = (rater: MemberContext, sittingId: string, activeMs: number) =>
  submitSitting(rater, {
    sittingId,
    guidelineVersion: 0,
    paintedAt: null,
    firstActionAt: null,
    activeMs,
  });

const writeOldLease = (sittingId: string) =>
  db
    .update(seats)
    .set({ leasedUntil: sql`now() - interval '1 second'` })
    .where(eq(seats.sittingId, sittingId));

test("a claim sets aside what the grid will probably take, and the submission what it took", async () => {
  const { ann, spent } = await limited(null, 2);
  const first = await claimSitting(ann);
  expect(await spent()).toEqual([FULL, 0]);

  await finish(ann, first, 61_000);
  expect(await spent()).toEqual([0, 61_000]);
  await claimSitting(ann);
  expect(await spent()).toEqual([61_000, 61_000]);
});

test("a claim that would pass the limit hands nothing out, says why and asks for a person", async () => {
  const { projectId, ann, rater } = await limited(FULL, 2);
  const held = await claimSitting(ann);
  const bob = await rater();

  expect(await claimNextSeat(bob)).toEqual({
    refused: expect.stringMatching(/^The project's rater time is used up\./),
  });

  const asked = await db.select().from(waiting).where(eq(waiting.projectId, projectId));
  expect(asked).toMatchObject([{ kind: "budget", patternId: null, endedAt: null }]);
  const free = await db
    .select()
    .from(seats)
    .where(and(eq(seats.projectId, projectId), isNull(seats.sittingId)));
  expect(free).toHaveLength(1);
  expect(await db.select().from(sittings).where(eq(sittings.projectId, projectId))).toHaveLength(1);
  expect(await claimSitting(ann)).toBe(held);
});

const stopsOf = async (projectId: string) => {
  const isOpen = and(eq(waiting.projectId, projectId), isNull(waiting.endedAt));
  return (await db.select().from(waiting).where(isOpen)).map(({ budget }) => budget);
};

test("the stop is over once a settled grid leaves time for another", async () => {
  const { projectId, ann, rater } = await limited(200_000, 2);
  const first = await claimSitting(ann);
  expect(await claimNextSeat(await rater())).toHaveProperty("refused");
  expect(await stopsOf(projectId)).toEqual(["rater_ms"]);

  await finish(ann, first, 1_000);

  expect(await stopsOf(projectId)).toEqual([]);
});

test("the stop is over once nothing is left to rate", async () => {
  const { projectId, ann, rater } = await limited(FULL, 2);
  const first = await claimSitting(ann);
  expect(await claimNextSeat(await rater())).toHaveProperty("refused");
  await finish(ann, first, FULL);
  expect(await stopsOf(projectId)).toEqual(["rater_ms"]);

  const robot = await makeMember(db, { projectId, role: "expert", isSimulated: true });
  await finish(robot, await claimSitting(robot), 1);

  expect(await stopsOf(projectId)).toEqual([]);
});

test("who has a grid already goes on, and its verdicts and submission are never refused", async () => {
  const { projectId, grids, ann, spent } = await limited(FULL, 2);
  const sittingId = await claimSitting(ann);
  await allow(projectId, 1);

  await finish(ann, sittingId, 200_000);

  expect(await spent()).toEqual([0, 200_000]);
  expect(await db.select().from(levels).where(eq(levels.gridId, grids[0]!.gridId))).toHaveLength(1);
});

test("a raised budget lets the next claim through", async () => {
  const { projectId, ann } = await limited(1, 1);
  expect(await claimNextSeat(ann)).toHaveProperty("refused");

  await allow(projectId, FULL);

  expect(await claimSitting(ann)).toBeTruthy();
});

test("a grid given back or not judged costs the time that went into it", async () => {
  const { ann, spent } = await limited(null, 2);
  const first = await claimSitting(ann);
  await giveBack(ann, { sittingId: first });
  expect(await spent()).toEqual([0, 0]);

  const again = await claimSitting(ann);
  await cannotJudge(ann, { sittingId: again, reason: "Which dish?", activeMs: 9_000 });
  expect(await spent()).toEqual([0, 9_000]);
});

test("a submission taken back sets time aside anew, and in the end all of it is counted once", async () => {
  const { ann, spent } = await limited(null, 1);
  const sittingId = await claimSitting(ann);
  await finish(ann, sittingId, 60_000);
  await reopenSitting(ann, sittingId);
  expect(await spent()).toEqual([60_000 + FULL, 0]);

  await hand(ann, sittingId, 75_000);
  await hand(ann, sittingId, 75_000);

  expect(await spent()).toEqual([0, 75_000]);
  const entries = await db.select().from(budgetEntries).where(eq(budgetEntries.subject, sittingId));
  expect(entries).toMatchObject([{ settled: 75_000 }]);
});

test("taking back works when the time is used up", async () => {
  const { projectId, ann, spent } = await limited(FULL, 1);
  const sittingId = await claimSitting(ann);
  await finish(ann, sittingId, 60_000);
  await allow(projectId, 1);

  await reopenSitting(ann, sittingId);
  await hand(ann, sittingId, 65_000);

  expect(await spent()).toEqual([0, 65_000]);
});

test("time held by somebody who went away is free for others, and counted again when they return", async () => {
  const { ann, rater, spent, projectId } = await limited(FULL, 2);
  const left = await claimSitting(ann);
  await writeOldLease(left);
  const bob = await rater();

  const taken = await claimSitting(bob);

  expect(await spent()).toEqual([FULL, 0]);
  await finish(bob, taken, 50_000);
  await allow(projectId, null);
  await finish(ann, left, 40_000);
  expect(await spent()).toEqual([0, 90_000]);
});

test("a program's time is nobody's", async () => {
  const { projectId, spent } = await limited(1, 1);
  const program = await makeMember(db, { projectId, role: "expert", isSimulated: true });

  await finish(program, await claimSitting(program), 5_000);

  expect(await spent()).toEqual([0, 0]);
});

test("the queue says that the time is used up before anybody presses a button", async () => {
  const { projectId, ann } = await limited(FULL, 2);
  const mine = async () => (await listQueues(ann))[0]!;
  expect((await mine()).refusal).toBeNull();

  await claimSitting(ann);

  expect(await mine()).toMatchObject({
    begun: 1,
    open: 2,
    refusal: expect.stringContaining("used up"),
  });
  await allow(projectId, null);
  expect((await mine()).refusal).toBeNull();
});

test("eight raters who claim, give back and submit at once never pass the limit, ten times over", async () => {
  const { projectId, rater, spent } = await limited(3 * FULL, 8);
  const raters = await Promise.all(Array.from({ length: 8 }, rater));

  for (let round = 0; round < 10; round += 1) {
    const claims = await Promise.all(raters.map((who) => claimNextSeat(who)));

    const seated = claims.flatMap((claim, index) =>
      claim && "sittingId" in claim ? [{ who: raters[index]!, sittingId: claim.sittingId }] : [],
    );
    expect(seated).toHaveLength(3);
    expect(await spent()).toEqual([3 * FULL, 0]);
    await Promise.all([
      ...seated.map(({ who, sittingId }) => giveBack(who, { sittingId })),
      ...raters.map((who) => listQueues(who)),
    ]);
    expect(await spent()).toEqual([0, 0]);
  }
  const open = await db
    .select()
    .from(budgetEntries)
    .where(and(eq(budgetEntries.projectId, projectId), isNull(budgetEntries.settled)));
  expect(open).toEqual([]);
});
