import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { levels, sittings, verdictEvents, verdicts } from "@/db/schema";
import { findDrift } from "@/server/counters/find-drift";
import { cannotJudge } from "@/server/rating/cannot-judge";
import { closeRound } from "@/server/rating/close-round";
import { recordVerdictEvents } from "@/server/rating/record-verdict-events";
import { reopenSitting } from "@/server/rating/reopen-sitting";
import { claimSitting } from "@/tests/support/claim";
import { raceForSeats, raceForSitting } from "@/tests/support/race-for-seats";
import { openClosing, raceToClose } from "@/tests/support/race-to-close";
import { judgeAll, submit, verdictEvent } from "@/tests/support/rate";
import { claimBatch, openStage } from "@/tests/support/rating-stage";
import { sendAtOnce } from "@/tests/support/send-at-once";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

// Each is shown to fail without its lock in rating-without-locks.test.ts.
// The same a thousand times over: `npm run chaos -- rating`.
test("100 raters on 20 grids of three seats: never one too many, and nobody starves", async () => {
  const { projectId, rater } = await openStage(db, { grids: 20, raters: 3 });
  const raters = await Promise.all(Array.from({ length: 100 }, rater));

  for (let round = 0; round < 3; round += 1)
    expect(await raceForSeats(db, projectId, raters)).toEqual([]);
});

test("eight tabs of one rater that claim at once get the same sitting", async () => {
  const { rater } = await openStage(db, { grids: 60, raters: 3 });
  for (let round = 0; round < 5; round += 1) expect(await raceForSitting(await rater())).toBe(1);
});

test("the same keys sent ten times at once, and the submission too: one verdict a key, one Level", async () => {
  const { rater, imageIds, grids, projectId } = await openStage(db, { grids: 5 });
  const ann = await rater();
  for (let burst = 0; burst < 5; burst += 1) {
    const sittingId = await claimSitting(ann);
    const events = imageIds.map((imageId, index) => verdictEvent(imageId, index + 1, "incorrect"));
    const ten = Array.from({ length: 10 });

    await Promise.all(ten.map(() => recordVerdictEvents(ann, { sittingId, events })));
    await Promise.all(ten.map(() => submit(ann, sittingId)));
    // Sent again after a timeout, when it had arrived all the same.
    expect(await recordVerdictEvents(ann, { sittingId, events })).toMatchObject({ recorded: 0 });
    await submit(ann, sittingId);

    expect(await db.$count(verdictEvents, eq(verdictEvents.sittingId, sittingId))).toBe(20);
    expect(await db.$count(verdicts, eq(verdicts.sittingId, sittingId))).toBe(20);
  }
  expect(await db.$count(levels, eq(levels.projectId, projectId))).toBe(grids.length);
});

async function seatedRater() {
  const { rater, imageIds } = await openStage(db, { grids: 1 });
  const who = await rater();
  return { who, sittingId: await claimSitting(who), imageIds };
}

// 10,000 of them: `npm run chaos -- rating`.
test("one press sent ten times at once is one verdict, and all ten are told so", async () => {
  expect(await sendAtOnce(db, await seatedRater(), 25)).toEqual([]);
});

test("raters who claim, submit, take back and give up at once leave every counter right", async () => {
  const { projectId, rater, imageIds } = await openStage(db, { grids: 8, raters: 3 });
  const raters = await Promise.all(Array.from({ length: 8 }, rater));

  await Promise.all(
    raters.map(async (who, index) => {
      for (const sittingId of await claimBatch(who, 3)) {
        if (index % 4 === 3) {
          await cannotJudge(who, { sittingId, reason: "Which dish?", activeMs: 2_000 });
          continue;
        }
        await judgeAll(who, sittingId, { imageIds, correct: index });
        await submit(who, sittingId);
        if (index % 4 === 1) await reopenSitting(who, sittingId);
      }
    }),
  );

  expect(await findDrift(db)).toEqual([]);
  expect(await db.$count(sittings, eq(sittings.projectId, projectId))).toBeGreaterThan(16);
});

test("a round that closes while raters submit: each submission is in before it, or refused", async () => {
  const { projectId, rater, researcher, imageIds } = await openStage(db, { grids: 8 });
  const raters = await Promise.all(Array.from({ length: 8 }, rater));
  const held = await Promise.all(raters.map((who) => claimSitting(who)));
  await Promise.all(
    raters.map((who, index) => judgeAll(who, held[index]!, { imageIds, correct: 0 })),
  );

  const [, ...sent] = await Promise.allSettled([
    closeRound(researcher, { number: 1, reason: "Enough." }),
    ...raters.map((who, index) => submit(who, held[index]!)),
  ]);

  const accepted = sent.filter(({ status }) => status === "fulfilled").length;
  expect(await db.$count(levels, eq(levels.projectId, projectId))).toBe(accepted);
  const [late] = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from sitting s join rating_round r on r.project_id = s.project_id
    where s.project_id = ${projectId} and s.submitted_at > r.closed_at + interval '1 second'`);
  expect(late!.n).toBe(0);
});

// 200 times: `npm run chaos -- rating`.
test("a round closes while its raters judge: nothing comes in once it is closed, and they are told why", async () => {
  const closing = await openClosing(db);
  for (let round = 0; round < 10; round += 1) expect(await raceToClose(db, closing)).toEqual([]);
});
