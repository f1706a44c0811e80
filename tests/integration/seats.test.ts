import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { decisions, runs, seats, sittings } from "@/db/schema";
import { removeMember } from "@/server/auth/remove-member";
import { previewRun } from "@/server/generation/preview-run";
import { startRun } from "@/server/generation/start-run";
import { changeRating } from "@/server/project/change-rating";
import { readSettings } from "@/server/project/read-settings";
import { assignSeats } from "@/server/rating/assign-seats";
import { claimNextSeat, claimSeats } from "@/server/rating/claim-next-seat";
import { countQueue } from "@/server/rating/count-queue";
import { freeSeats } from "@/server/rating/free-seats";
import { giveBack } from "@/server/rating/give-back";
import { listKept } from "@/server/rating/list-kept";
import { listOpenGrids } from "@/server/rating/list-open-grids";
import { putOff } from "@/server/rating/put-off";
import { setPriority } from "@/server/rating/set-priority";
import { showProgress } from "@/server/rating/show-progress";
import { claimSitting } from "@/tests/support/claim";
import { openCounted } from "@/tests/support/count-round-trips";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import { judgeAll, submit } from "@/tests/support/rate";
import { claimBatch, finish, openStage, readSitting } from "@/tests/support/rating-stage";
import { testDatabase } from "@/tests/support/test-database";

const { db, url } = await testDatabase();

const leaseSeconds = async (sittingId: string) => {
  const [row] = await db
    .select({
      seconds: sql<number>`extract(epoch from ${seats.leasedUntil} - now())`.mapWith(Number),
    })
    .from(seats)
    .where(eq(seats.sittingId, sittingId));
  return row!.seconds;
};
const lapse = (sittingId: string) =>
  db
    .update(seats)
    .set({ leasedUntil: sql`now() - interval '1 second'` })
    .where(eq(seats.sittingId, sittingId));

test("one round trip hands out three grids, all different, and the next three are others", async () => {
  const { rater } = await openStage(db, { grids: 8 });
  const ann = await rater();
  const counted = await openCounted(url);
  const there = { ...ann, db: counted.db };
  // The driver prepares the statement once for each connection.
  await claimSeats(there, [], 1);
  let first: string[] = [];

  const waits = await counted.count(async () => {
    first = (await claimSeats(there, [], 3)).sittingIds;
  });

  expect(waits).toBe(1);
  expect(new Set(first).size).toBe(3);
  const next = await claimBatch(ann, 3, first);
  expect(new Set([...first, ...next]).size).toBe(6);
  await counted.close();
});

test("a batch begins with what is unfinished and ends with what was put off", async () => {
  const { rater } = await openStage(db, { grids: 4 });
  const ann = await rater();
  const [begun, later] = await claimBatch(ann, 2);
  await putOff(ann, { sittingId: later! });

  const batch = await claimBatch(ann, 3);
  expect(batch[0]).toBe(begun);
  expect(batch).not.toContain(later);
  expect(await claimBatch(ann, 3, batch)).toEqual([later]);
});

test("a lease lasts three times as long as the rater usually needs, and at least five minutes", async () => {
  const { rater } = await openStage(db, { grids: 9 });
  const ann = await rater();
  const fresh = await claimSitting(ann);
  expect(await leaseSeconds(fresh)).toBeCloseTo(360, -1);

  for (const activeMs of [200_000, 300_000, 400_000])
    await finish(db, await claimSitting(ann), activeMs);
  expect(await leaseSeconds(await claimSitting(ann))).toBeCloseTo(900, -1);

  const bob = await rater();
  for (let done = 0; done < 3; done += 1) await finish(db, await claimSitting(bob), 30_000);
  expect(await leaseSeconds(await claimSitting(bob))).toBeCloseTo(300, -1);
});

test("a seat kept for one rater is handed to nobody else, and comes before others for that one", async () => {
  const { rater, researcher, projectId } = await openStage(db, { grids: 2 });
  const [ann, bob] = [await rater(), await rater()];
  const kept = await makeGrid(db, { projectId });

  expect(
    await assignSeats(researcher, { pairIds: [kept.pairId], accountIds: [ann.viewer.accountId] }),
  ).toMatchObject({ assigned: 1, full: 0 });

  const bobs = await claimBatch(bob, 3);
  expect(bobs).toHaveLength(2);
  expect(await countQueue(db, { projectId, raterId: ann.viewer.accountId })).toMatchObject({
    open: 1,
  });
  expect((await readSitting(db, await claimSitting(ann))).gridId).toBe(kept.gridId);
});

test("kept seats are told by rater, and let go by grid or all at once, but not from under who sits there", async () => {
  const { rater, researcher, grids } = await openStage(db, { grids: 4 });
  const [ann, bob] = [await rater(), await rater()];
  const pairIds = grids.map(({ pairId }) => pairId);
  const { seatIds } = await assignSeats(researcher, {
    pairIds,
    accountIds: [ann.viewer.accountId],
  });
  expect(await listKept(researcher)).toMatchObject([{ seats: 4 }]);
  expect((await listOpenGrids(researcher, {})).rows.flatMap(({ kept }) => kept)).toHaveLength(4);
  expect(await claimNextSeat(bob)).toBeNull();

  expect(await freeSeats(researcher, { seatIds: seatIds.slice(0, 1) })).toEqual({ freed: 1 });
  expect(await claimBatch(bob, 3)).toHaveLength(1);
  await claimSitting(ann);
  expect(await freeSeats(researcher, { accountId: ann.viewer.accountId })).toEqual({ freed: 2 });
  expect(await listKept(researcher)).toMatchObject([{ seats: 1 }]);
  expect(await claimBatch(bob, 3)).toHaveLength(3);
});

test("what was kept for somebody who leaves the project is free for others, also where they sit", async () => {
  const { rater, researcher, grids, projectId } = await openStage(db, { grids: 3 });
  const owner = await makeMember(db, { projectId, role: "owner" });
  const [ann, bob] = [await rater(), await rater()];
  const pairIds = grids.map(({ pairId }) => pairId);
  await assignSeats(researcher, { pairIds, accountIds: [ann.viewer.accountId] });
  await finish(db, await claimSitting(ann));
  const left = await claimSitting(ann);

  await removeMember(owner, { accountId: ann.viewer.accountId });

  expect(await listKept(researcher)).toEqual([]);
  expect(await claimBatch(bob, 3)).toHaveLength(1);
  await lapse(left);
  expect(await claimBatch(bob, 3)).toHaveLength(2);
  const freed = await db.select().from(decisions).where(eq(decisions.action, "seats.free"));
  expect(freed.filter((row) => row.projectId === projectId)).toMatchObject([
    { actorId: owner.viewer.accountId, payload: { freed: 2 } },
  ]);
});

test("thousands of grids are kept in as few statements as one", async () => {
  const few = await openStage(db, { grids: 2, raters: 2 });
  const many = await openStage(db, { grids: 400, raters: 2 });
  const counted = await openCounted(url);
  const keepAll = async ({ researcher, grids, rater }: typeof few) => {
    const accountIds = [(await rater()).viewer.accountId, (await rater()).viewer.accountId];
    const pairIds = grids.map(({ pairId }) => pairId);
    let kept = { assigned: 0, full: 0 };
    const waits = await counted.count(async () => {
      kept = await assignSeats({ ...researcher, db: counted.db }, { pairIds, accountIds });
    });
    return { waits, kept };
  };
  // The driver prepares each statement once for each connection.
  await keepAll(await openStage(db, { grids: 2, raters: 2 }));

  const [one, other] = [await keepAll(few), await keepAll(many)];

  expect([one.kept, other.kept]).toMatchObject([
    { assigned: 4, full: 0 },
    { assigned: 800, full: 0 },
  ]);
  expect(other.waits).toBe(one.waits);
  // All of their seats are kept by now.
  expect((await keepAll(few)).kept).toMatchObject({ assigned: 0, full: 2 });
  await counted.close();
});

test("waiting grids come page by page, each of them once", async () => {
  const { researcher, grids } = await openStage(db, { grids: 60 });

  const first = await listOpenGrids(researcher, {});
  const second = await listOpenGrids(researcher, { cursor: first.nextCursor });

  const ids = [...first.rows, ...second.rows].map(({ gridId }) => gridId);
  expect(ids).toEqual(grids.map(({ gridId }) => gridId).toSorted());
  expect(second.nextCursor).toBeNull();
});

test("a stranger cannot be given grids", async () => {
  const { researcher, grids } = await openStage(db, { grids: 1 });
  const stranger = await makeMember(db);

  await expect(
    assignSeats(researcher, {
      pairIds: [grids[0]!.pairId],
      accountIds: [stranger.viewer.accountId],
    }),
  ).rejects.toMatchObject({ code: "INVALID" });
});

test("a pair of higher priority is handed out first, and the list of waiting grids has that order", async () => {
  const { rater, researcher, projectId } = await openStage(db, { grids: 2, raters: 2 });
  const urgent = await makeGrid(db, { projectId, raters: 2 });
  const { before } = await setPriority(researcher, { pairIds: [urgent.pairId], priority: 5 });
  expect(before).toEqual([{ priority: 0, pairIds: [urgent.pairId] }]);
  await finish(db, await claimSitting(await rater()));
  const { rows } = await listOpenGrids(researcher, {});
  expect(rows[0]).toMatchObject({ gridId: urgent.gridId, seatsDone: 1 });

  const ann = await rater();
  for (const { gridId } of rows) {
    const sittingId = await claimSitting(ann);
    expect((await readSitting(db, sittingId)).gridId).toBe(gridId);
    await finish(db, sittingId);
  }
});

test("three raters have a grid of three seats, the fourth has none, and one that is given back goes on", async () => {
  const { rater, grids } = await openStage(db, { grids: 1, raters: 3 });
  const four = await Promise.all(Array.from({ length: 4 }, rater));
  const held = await Promise.all(four.slice(0, 3).map((who) => claimSitting(who)));
  expect(new Set(held).size).toBe(3);
  expect(await claimNextSeat(four[3]!)).toBeNull();

  await giveBack(four[0]!, { sittingId: held[0]! });

  expect((await readSitting(db, await claimSitting(four[3]!))).gridId).toBe(grids[0]!.gridId);
});

test("who lost the seat while rating is kept as extra and flagged, and the cap of three stands", async () => {
  const { rater, grids, projectId, imageIds, researcher } = await openStage(db, {
    grids: 1,
    raters: 3,
  });
  const four = await Promise.all(Array.from({ length: 4 }, rater));
  const lost = await claimSitting(four[0]!);
  await lapse(lost);
  const held = await Promise.all(four.slice(1).map((who) => claimSitting(who)));
  for (const [index, sittingId] of [lost, ...held].entries()) {
    await judgeAll(four[index]!, sittingId, { imageIds, correct: 3 });
    await submit(four[index]!, sittingId);
  }

  const all = await db.select().from(sittings).where(eq(sittings.gridId, grids[0]!.gridId));
  expect(all.map(({ state }) => state)).toEqual(Array(4).fill("submitted"));
  expect(all.filter(({ isExtra }) => isExtra).map(({ id }) => id)).toEqual([lost]);
  const taken = await db.select().from(seats).where(eq(seats.projectId, projectId));
  expect(taken.filter(({ completedAt }) => completedAt !== null)).toHaveLength(3);
  const { rounds, raters } = await showProgress(researcher);
  expect(rounds).toMatchObject([{ gridsOpen: 0, gridsClosed: 1, seatsOpen: 0, seatsDone: 3 }]);
  expect(raters.find(({ raterId }) => raterId === four[0]!.viewer.accountId)).toMatchObject({
    done: 1,
    extra: 1,
    shareExtra: 1,
    paceSeconds: 61,
    wallSeconds: 90,
  });
});

test("x of N: what is done, what is held and what is free for this rater, whatever the others do", async () => {
  const { rater, projectId, imageIds } = await openStage(db, { grids: 4, raters: 2 });
  const [ann, bob, eve] = [await rater(), await rater(), await rater()];
  const of = (who: typeof ann) => countQueue(db, { projectId, raterId: who.viewer.accountId });
  expect(await of(ann)).toEqual({ done: 0, open: 4, later: 0, begun: 0 });

  const done = await claimSitting(ann);
  await judgeAll(ann, done, { imageIds, correct: 3 });
  await submit(ann, done);
  expect(await of(ann)).toEqual({ done: 1, open: 3, later: 0, begun: 0 });
  expect(await of(bob)).toMatchObject({ done: 0, open: 4 });

  const [first] = await claimBatch(bob, 3);
  expect(await of(bob)).toEqual({ done: 0, open: 4, later: 0, begun: 3 });
  await claimBatch(ann, 3);
  // Both seats of two grids are sat at now: for a third rater they are not free.
  const sat = await of(eve);
  expect(sat.open).toBeLessThan(4);
  await giveBack(bob, { sittingId: first! });
  expect((await of(eve)).open).toBeGreaterThanOrEqual(sat.open);
});

test("a project says how many rate each new grid, a run may say otherwise, and what is not said stays", async () => {
  const { ctx, projectId, pairIds } = await makeProjectWithPairs(db, 1);
  await changeRating(ctx, { ratersPerGrid: 3 });
  await changeRating(ctx, { detail: true });
  expect(await readSettings(db, projectId)).toMatchObject({ ratersPerGrid: 3, detail: true });

  expect(await previewRun(db, projectId, {})).toMatchObject({ ratersPerGrid: 3 });
  await startRun(ctx, { pairIds, ratersPerGrid: 5 });

  const [run] = await db.select().from(runs).where(eq(runs.projectId, projectId));
  expect(run).toMatchObject({ ratersPerGrid: 5 });
  await changeRating(ctx, { ratingMode: "screen" });
  expect(await previewRun(db, projectId, {})).toMatchObject({ ratersPerGrid: null });
});
