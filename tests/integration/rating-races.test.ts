import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { levels, sittings, verdictEvents, verdicts } from "@/db/schema";
import { findDrift } from "@/server/counters/find-drift";
import { cannotJudge } from "@/server/rating/cannot-judge";
import { closeRound } from "@/server/rating/close-round";
import { recordVerdictEvents } from "@/server/rating/record-verdict-events";
import { reopenSitting } from "@/server/rating/reopen-sitting";
import { claimSitting } from "@/tests/support/claim";
import { raceForSeats } from "@/tests/support/race-for-seats";
import { judgeAll, submit, verdictEvent } from "@/tests/support/rate";
import { claimBatch, openStage } from "@/tests/support/rating-stage";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

/** Rewrites a function of this test's database without its lock, for as long as `act` lasts. */
async function withoutLock<Result>(name: string, lock: string, act: () => Promise<Result>) {
  const [row] = await db.execute<{ definition: string }>(
    sql`select pg_get_functiondef(${name}::regproc) as definition`,
  );
  const { definition } = row!;
  expect(definition).toContain(lock);
  await db.execute(sql.raw(definition.replaceAll(lock, "")));
  try {
    return await act();
  } finally {
    await db.execute(sql.raw(definition));
  }
}

// The same a thousand times over: `npm run chaos -- rating`.
test("100 raters on 20 grids of three seats: never one too many, and nobody starves", async () => {
  const { projectId, rater } = await openStage(db, { grids: 20, raters: 3 });
  const raters = await Promise.all(Array.from({ length: 100 }, rater));

  for (let round = 0; round < 3; round += 1)
    expect(await raceForSeats(db, projectId, raters)).toEqual([]);
});

test("without its row lock the same race seats too many", async () => {
  const { projectId, rater } = await openStage(db, { grids: 20, raters: 3 });
  const raters = await Promise.all(Array.from({ length: 100 }, rater));

  const wrong = await withoutLock("teacup_lock_seat", "for update skip locked", () =>
    raceForSeats(db, projectId, raters),
  );

  expect(wrong).not.toEqual([]);
});

test("two tabs of one rater get the same sitting, and without the lock on the account they do not", async () => {
  const { rater } = await openStage(db, { grids: 60, raters: 3 });
  const race = async () => {
    const who = await rater();
    const tabs = await Promise.all(Array.from({ length: 8 }, () => claimSitting(who)));
    return new Set(tabs).size;
  };
  for (let round = 0; round < 5; round += 1) expect(await race()).toBe(1);

  const most = await withoutLock("teacup_claim", "for no key update", async () => {
    const sizes = [];
    for (let round = 0; round < 10; round += 1) sizes.push(await race());
    return Math.max(...sizes);
  });
  expect(most).toBeGreaterThan(1);
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
