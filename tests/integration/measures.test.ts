import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { consensuses, levels, sittings } from "@/db/schema";
import { callAsMember } from "@/server/auth/call-as-member";
import { findDrift } from "@/server/counters/find-drift";
import { claimCall } from "@/server/rating/claim-next-seat";
import { getSitting } from "@/server/rating/get-sitting";
import { giveBack } from "@/server/rating/give-back";
import { heartbeat } from "@/server/rating/heartbeat";
import { listDone } from "@/server/rating/list-done";
import { listGold } from "@/server/rating/list-gold";
import { listQueues } from "@/server/rating/list-queues";
import { makeGold } from "@/server/rating/make-gold";
import { openNextSittings } from "@/server/rating/open-next-sitting";
import { reopenSitting, revisitSitting } from "@/server/rating/reopen-sitting";
import { retireGold } from "@/server/rating/retire-gold";
import { submitSitting } from "@/server/rating/submit-sitting";
import { trainingFeedback } from "@/server/rating/training-feedback";
import type { MemberContext } from "@/server/trpc/context";
import { claimSitting } from "@/tests/support/claim";
import { judgeAll, submit } from "@/tests/support/rate";
import { finish, ofKind, openStage, readSitting } from "@/tests/support/rating-stage";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

async function rateGrids(rater: MemberContext, count: number) {
  const done = [];
  for (let made = 0; made < count; made += 1) {
    const sittingId = await claimSitting(rater);
    done.push(await readSitting(db, sittingId));
    await finish(db, sittingId);
  }
  return done;
}

const hand = (rater: MemberContext, sittingId: string) =>
  submitSitting(rater, {
    sittingId,
    guidelineVersion: 0,
    paintedAt: null,
    firstActionAt: null,
    activeMs: 40_000,
  });

test("one grid in twenty comes again to the same rater, after at least 20 others, and each only once", async () => {
  const { rater, projectId } = await openStage(db, { grids: 110 });
  const ann = await rater();

  const done = await rateGrids(ann, 104);

  const repeats = await ofKind(db, projectId, "repeat");
  expect(repeats.length).toBeGreaterThanOrEqual(4);
  expect(repeats.length).toBeLessThanOrEqual(5);
  for (const repeat of repeats) {
    const at = done.findIndex(({ id }) => id === repeat.id);
    const first = done.findIndex(({ gridId, kind }) => gridId === repeat.gridId && kind === "seat");
    expect(repeat.occasion).toBe(2);
    expect(at - first).toBeGreaterThan(20);
  }
  expect(new Set(repeats.map(({ gridId }) => gridId)).size).toBe(repeats.length);
});

test("a repeat has no seat, no Level and no part in the consensus, and looks like any other grid", async () => {
  const { rater, projectId, imageIds } = await openStage(db, { grids: 60 });
  const ann = await rater();
  const done = await rateGrids(ann, 45);
  const [repeat] = done.filter(({ kind }) => kind === "repeat");
  await reopenSitting(ann, done.at(-1)!.id);
  await db
    .update(sittings)
    .set({ state: "live", submittedAt: null })
    .where(eq(sittings.id, repeat!.id));

  const shown = await getSitting(ann, repeat!.id);
  const other = await getSitting(ann, done.at(-1)!.id);
  expect(Object.keys(shown)).toEqual(Object.keys(other));
  expect(JSON.stringify(shown)).not.toMatch(/repeat|gold|occasion|kind/);
  expect(await heartbeat(ann, [repeat!.id])).toEqual({ held: [repeat!.id] });
  await judgeAll(ann, repeat!.id, { imageIds, correct: 9 });
  expect(await hand(ann, repeat!.id)).toEqual({ feedback: null });

  expect(await db.select().from(levels).where(eq(levels.projectId, projectId))).toEqual([]);
  expect(await db.select().from(consensuses).where(eq(consensuses.gridId, repeat!.gridId))).toEqual(
    [],
  );
});

test("a program is neither measured nor taught", async () => {
  const { projectId, researcher, grids } = await openStage(db, { grids: 60 });
  await makeGold(researcher, answersFor(grids[59]!, "training"));
  const { makeMember } = await import("@/tests/support/make/member");
  const program = await makeMember(db, { projectId, role: "expert", isSimulated: true });

  const done = await rateGrids(program, 50);

  expect(done.every(({ kind }) => kind === "seat")).toBe(true);
});

const answersFor = (
  grid: { gridId: string; imageIds: readonly string[] },
  use: "gold" | "training",
) => ({
  gridId: grid.gridId,
  use,
  answers: grid.imageIds.map((imageId, index) => ({
    imageId,
    verdict: index < 5 ? ("correct" as const) : ("incorrect" as const),
    explanation: index === 0 ? "The tea is in the cup." : undefined,
  })),
});

test("gold comes once to each rater, at one grid in twenty, is told to nobody but researchers, and stops when retired", async () => {
  const { rater, projectId, researcher, grids, imageIds } = await openStage(db, { grids: 80 });
  const [gold, retired] = grids.slice(-2);
  await makeGold(researcher, answersFor(gold!, "gold"));
  await makeGold(researcher, answersFor(retired!, "gold"));
  await retireGold(researcher, retired!.gridId);
  const ann = await rater();

  let given: string | undefined;
  for (let count = 0; count < 45; count += 1) {
    const sittingId = await claimSitting(ann);
    const isGold = (await readSitting(db, sittingId)).kind === "gold";
    if (isGold) {
      given = sittingId;
      await judgeAll(ann, sittingId, { imageIds, correct: 8 });
      expect(await hand(ann, sittingId)).toEqual({ feedback: null });
    } else await finish(db, sittingId);
  }

  const golds = await ofKind(db, projectId, "gold");
  expect(golds.map(({ id, gridId }) => ({ id, gridId }))).toEqual([
    { id: given, gridId: gold!.gridId },
  ]);
  await expect(trainingFeedback(ann, given!)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await listGold(researcher)).toMatchObject({
    grids: [{ gridId: gold!.gridId, retiredAt: null }, { gridId: retired!.gridId }],
    raters: [{ raterId: ann.viewer.accountId, use: "gold", grids: 1, images: 20, right: 17 }],
    turns: [{ grids: 1, images: 20, right: 17, share: 0.85 }],
  });
  expect(await findDrift(db)).toEqual([]);
});

test("gold is told by how many grids its rater had done, all raters together", async () => {
  const { rater, researcher, grids, imageIds } = await openStage(db, { grids: 80, raters: 2 });
  for (const grid of grids.slice(-4)) await makeGold(researcher, answersFor(grid, "gold"));
  const met: { nth: number; correct: number }[] = [];
  for (const correct of [5, 8]) {
    const one = await rater();
    for (let nth = 1; nth <= 60; nth += 1) {
      const sittingId = await claimSitting(one);
      if ((await readSitting(db, sittingId)).kind === "gold") {
        await judgeAll(one, sittingId, { imageIds, correct });
        await hand(one, sittingId);
        met.push({ nth, correct });
      } else await finish(db, sittingId);
    }
  }
  const { turns } = await listGold(researcher);

  const blocks = Map.groupBy(met, ({ nth }) => Math.floor((nth - 1) / 20));
  expect(blocks.size).toBeGreaterThan(1);
  const wanted = [...blocks].toSorted(([one], [other]) => one - other);
  expect(turns).toMatchObject(
    wanted.map(([block, of]) => ({
      from: block * 20 + 1,
      to: block * 20 + 20,
      grids: of.length,
      images: of.length * 20,
      right: of.reduce((sum, { correct }) => sum + (correct === 5 ? 20 : 17), 0),
    })),
  );
  for (const { share, low, high } of turns) {
    expect(low).toBeLessThan(share);
    expect(high).toBeGreaterThanOrEqual(share);
  }
});

test("a new rater begins with the training grids and is told after each how it was meant", async () => {
  const { rater, researcher, grids, imageIds } = await openStage(db, { grids: 6 });
  const [one, two] = grids;
  await makeGold(researcher, answersFor(one!, "training"));
  await makeGold(researcher, answersFor(two!, "training"));
  const ann = await rater();

  const { sittings: batch } = await openNextSittings(
    ann,
    await callAsMember(ann, claimCall([], 3)),
  );

  expect(batch.map(({ isTraining }) => isTraining)).toEqual([true, true, false]);
  const [first] = batch;
  await expect(trainingFeedback(ann, first!.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await judgeAll(ann, first!.id, { imageIds, correct: 6 });
  const { feedback } = await hand(ann, first!.id);
  expect(feedback).toHaveLength(20);
  expect(feedback![0]).toMatchObject({
    verdict: "correct",
    expected: "correct",
    explanation: "The tea is in the cup.",
  });
  expect(feedback!.filter(({ verdict, expected }) => verdict !== expected)).toHaveLength(1);
  expect(await trainingFeedback(ann, first!.id)).toEqual(feedback);

  await giveBack(ann, { sittingId: batch[1]!.id });
  expect(await claimSitting(ann, [batch[2]!.id])).toBe(batch[1]!.id);
});

test("a training grid is answered once: neither undo nor the done list opens it again after its feedback", async () => {
  const { rater, researcher, grids, imageIds } = await openStage(db, { grids: 2 });
  await makeGold(researcher, answersFor(grids[0]!, "training"));
  const ann = await rater();
  const sittingId = await claimSitting(ann);
  expect(await readSitting(db, sittingId)).toMatchObject({ kind: "training" });
  await judgeAll(ann, sittingId, { imageIds, correct: 6 });
  await hand(ann, sittingId);

  for (const takeBack of [reopenSitting, revisitSitting]) {
    await expect(takeBack(ann, sittingId)).rejects.toThrow(/told how this training grid was meant/);
  }

  expect(await listQueues(ann)).toMatchObject([{ lastDone: [] }]);
  expect((await listDone(ann, {})).done).toMatchObject([{ isTraining: true, mayChange: false }]);
  expect(await readSitting(db, sittingId)).toMatchObject({ state: "submitted" });
});

test("gold takes its answers from the raters of the grid unless told otherwise, and refuses a grid without them", async () => {
  const { rater, researcher, grids, imageIds } = await openStage(db, { grids: 1 });
  const ann = await rater();
  const { gridId } = grids[0]!;
  await expect(makeGold(researcher, { gridId, use: "gold", answers: [] })).rejects.toThrow(
    "20 images of this grid have no verdict yet",
  );
  const sittingId = await claimSitting(ann);
  await judgeAll(ann, sittingId, { imageIds, correct: 3 });
  await submit(ann, sittingId);

  await makeGold(researcher, { gridId, use: "gold", answers: [] });

  expect((await listGold(researcher)).grids).toMatchObject([{ gridId, use: "gold" }]);
});
