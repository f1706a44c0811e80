import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { gridImages, grids, levels, memberships, sittings, verdictEvents } from "@/db/schema";
import { cannotJudge } from "@/server/rating/cannot-judge";
import { claimNextSeat } from "@/server/rating/claim-next-seat";
import { closeRound, reopenRound } from "@/server/rating/close-round";
import { countQueue } from "@/server/rating/count-queue";
import { resendPlan } from "@/server/rating/domain/resend-plan";
import { listDone } from "@/server/rating/list-done";
import { listRounds } from "@/server/rating/list-rounds";
import { openRound } from "@/server/rating/open-round";
import { putOff } from "@/server/rating/put-off";
import { recordVerdictEvents } from "@/server/rating/record-verdict-events";
import { reopenSitting, revisitSitting } from "@/server/rating/reopen-sitting";
import { submitSitting } from "@/server/rating/submit-sitting";
import { writeNote } from "@/server/rating/write-note";
import { NO_SUCH_PROJECT } from "@/server/trpc/init";
import { createCaller } from "@/server/trpc/router";
import { claimSitting } from "@/tests/support/claim";
import { judgeAll, submit, verdictEvent } from "@/tests/support/rate";
import { finish, openStage, readSitting } from "@/tests/support/rating-stage";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
const REASON = "The guidelines changed.";
const CLOSED = { code: "CONFLICT", message: `Round 1 is closed: ${REASON}` };

test("a closed round refuses every change with its reason, and nothing has changed", async () => {
  const { rater, researcher, imageIds } = await openStage(db, { grids: 3 });
  const ann = await rater();
  const done = await claimSitting(ann);
  await judgeAll(ann, done, { imageIds, correct: 3 });
  await submit(ann, done);
  const live = await claimSitting(ann);
  await judgeAll(ann, live, { imageIds, correct: 3 });
  await closeRound(researcher, { number: 1, reason: REASON });
  const before = await Promise.all([readSitting(db, done), readSitting(db, live)]);

  const events = [verdictEvent(imageIds[0]!, 21, "incorrect")];
  await expect(recordVerdictEvents(ann, { sittingId: live, events })).rejects.toMatchObject(CLOSED);
  await expect(submit(ann, live)).rejects.toMatchObject(CLOSED);
  await expect(reopenSitting(ann, done)).rejects.toMatchObject(CLOSED);
  await expect(revisitSitting(ann, done)).rejects.toMatchObject(CLOSED);
  await expect(putOff(ann, { sittingId: live })).rejects.toMatchObject(CLOSED);
  await expect(cannotJudge(ann, { sittingId: live, reason: "?" })).rejects.toMatchObject(CLOSED);
  await expect(writeNote(ann, { sittingId: live, note: "late" })).rejects.toMatchObject(CLOSED);
  expect(await claimNextSeat(ann)).toBeNull();
  expect(await Promise.all([readSitting(db, done), readSitting(db, live)])).toEqual(before);
});

test("what was sent before the round closed may be sent again; a late outbox item is refused for good, with the reason", async () => {
  const { rater, researcher, imageIds, projectId } = await openStage(db, { grids: 1 });
  const ann = await rater();
  const sittingId = await claimSitting(ann);
  const events = imageIds.map((imageId, index) => verdictEvent(imageId, index + 1, "correct"));
  await recordVerdictEvents(ann, { sittingId, events });
  await submit(ann, sittingId);
  await closeRound(researcher, { number: 1, reason: REASON });

  expect(await recordVerdictEvents(ann, { sittingId, events })).toMatchObject({ recorded: 0 });
  await submit(ann, sittingId);

  const caller = createCaller({ db, viewer: ann.viewer, bearerToken: null, address: null });
  const refused = await caller.rating
    .writeNote({ project: ann.member.slug, sittingId, note: "late" })
    .catch((error: unknown) => error);
  expect(refused).toMatchObject(CLOSED);
  expect(resendPlan({ httpStatus: 409 })).toBe("refused");
  expect(await db.select().from(levels).where(eq(levels.projectId, projectId))).toHaveLength(1);
});

test("a round that opens takes the untouched grids along, and the one before is closed and opened again by name", async () => {
  const { rater, researcher, imageIds } = await openStage(db, { grids: 3 });
  const ann = await rater();
  const touched = await claimSitting(ann);

  expect(await openRound(researcher)).toEqual({ number: 2, moved: 2 });
  expect(await listRounds(researcher)).toMatchObject([
    { number: 2, gridsOpen: 2, seatsOpen: 2, closedReason: null },
    { number: 1, gridsOpen: 1, seatsOpen: 1 },
  ]);
  await closeRound(researcher, { number: 1, reason: REASON });
  await expect(closeRound(researcher, { number: 1, reason: REASON })).rejects.toMatchObject({
    message: "There is no open round 1.",
  });
  const next = await claimSitting(ann);
  expect(next).not.toBe(touched);

  await reopenRound(researcher, 1);
  await judgeAll(ann, touched, { imageIds, correct: 0 });
  await submit(ann, touched);
  expect((await listRounds(researcher))[1]).toMatchObject({ gridsClosed: 1, seatsDone: 1 });
});

test("x of N counts the round that is open, and begins anew with the next", async () => {
  const { rater, researcher, imageIds, projectId } = await openStage(db, { grids: 3 });
  const ann = await rater();
  const count = () => countQueue(db, { projectId, raterId: ann.viewer.accountId });
  const first = await claimSitting(ann);
  await judgeAll(ann, first, { imageIds, correct: 0 });
  await submit(ann, first);
  expect(await count()).toMatchObject({ done: 1, open: 2 });

  await openRound(researcher);
  await closeRound(researcher, { number: 1, reason: REASON });

  expect(await count()).toMatchObject({ done: 0, open: 2 });
  const second = await claimSitting(ann);
  await judgeAll(ann, second, { imageIds, correct: 0 });
  await submit(ann, second);
  expect(await count()).toMatchObject({ done: 1, open: 1 });
});

test("the done list goes back page by page, and any grid of an open round may be changed from it", async () => {
  const { rater } = await openStage(db, { grids: 60 });
  const ann = await rater();
  const made: string[] = [];
  for (let count = 0; count < 55; count += 1) {
    const sittingId = await claimSitting(ann);
    await finish(db, sittingId);
    made.push(sittingId);
  }

  const first = await listDone(ann, {});
  const second = await listDone(ann, { cursor: first.nextCursor });
  expect([...first.done, ...second.done].map(({ id }) => id)).toEqual(made.toReversed());
  expect(first.done.every(({ mayChange }) => mayChange)).toBe(true);
  expect(second.nextCursor).toBeNull();

  const oldest = made[0]!;
  await expect(reopenSitting(ann, oldest)).rejects.toMatchObject({ code: "CONFLICT" });
  await revisitSitting(ann, oldest);
  expect((await readSitting(db, oldest)).state).toBe("live");
});

test("what cannot be saved is refused with a reason, and nothing has changed", async () => {
  const { rater, projectId, imageIds } = await openStage(db, { grids: 1 });
  const ann = await rater();
  const { id: foreignImage } = (
    await db.execute<{ id: string }>(sql`select gen_random_uuid() as id`)
  )[0]!;
  const sittingId = await claimSitting(ann);
  await judgeAll(ann, sittingId, { imageIds: imageIds.slice(0, 19), correct: 3 });
  const state = async () => ({
    sitting: await readSitting(db, sittingId),
    events: await db.$count(verdictEvents, eq(verdictEvents.sittingId, sittingId)),
    images: await db.$count(gridImages),
    open: await db.select({ state: grids.state }).from(grids).where(eq(grids.projectId, projectId)),
  });
  const before = await state();
  const submission = {
    sittingId,
    guidelineVersion: 0,
    paintedAt: null,
    firstActionAt: null,
    activeMs: 1,
  };
  const caller = createCaller({ db, viewer: ann.viewer, bearerToken: null, address: null });
  const project = ann.member.slug;

  await expect(submitSitting(ann, submission)).rejects.toThrow("Image 20 has no verdict yet.");
  await expect(
    recordVerdictEvents(ann, { sittingId, events: [verdictEvent(foreignImage, 30, "correct")] }),
  ).rejects.toThrow("A verdict names an image that is not in this grid.");
  await expect(
    caller.rating.submit({ project, ...submission, activeMs: -5 }),
  ).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await db.delete(memberships).where(eq(memberships.accountId, ann.viewer.accountId));
  await expect(caller.rating.submit({ project, ...submission })).rejects.toMatchObject({
    code: "NOT_FOUND",
    message: NO_SUCH_PROJECT,
  });
  await expect(
    caller.rating.record({
      project,
      sittingId,
      events: [verdictEvent(imageIds[19]!, 20, "correct")],
    }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });

  expect(await state()).toEqual(before);
  expect(await db.$count(sittings, eq(sittings.projectId, projectId))).toBe(1);
});
