import { sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { connect } from "@/db/client";
import { findDrift } from "@/server/counters/find-drift";
import { claimSitting } from "@/tests/support/claim";
import { raceForSeats } from "@/tests/support/race-for-seats";
import { openClosing, raceToClose } from "@/tests/support/race-to-close";
import { openStage } from "@/tests/support/rating-stage";
import { sendAtOnce } from "@/tests/support/send-at-once";
import { removeHome, startInstance } from "@/tests/support/start-instance";

const instance = await startInstance();
const { db, close } = connect(instance.databaseUrl, { max: 16 });
// Races are about locks: not waiting for the disk makes room for more of them.
await db.execute(sql`alter database teacup set synchronous_commit = off`);
afterAll(async () => {
  await close();
  await instance.stop();
  removeHome(instance.home);
});

// RATING_SHARE=0.05 for a shorter run.
const share = Number(process.env.RATING_SHARE ?? 1);
const ROUNDS = Math.ceil(1000 * share);
const BURSTS = Math.ceil(10_000 * share);
const CLOSINGS = Math.ceil(200 * share);
const RATERS = 20;

test(`100 raters on 20 grids of three seats, ${ROUNDS} rounds: never one too many, and nobody starves`, async () => {
  const { projectId, rater } = await openStage(db, { grids: 20, raters: 3 });
  const raters = await Promise.all(Array.from({ length: 100 }, rater));

  for (let round = 0; round < ROUNDS; round += 1)
    expect(await raceForSeats(db, projectId, raters)).toEqual([]);

  expect(await findDrift(db)).toEqual([]);
});

test(`${BURSTS} presses, each sent ten times at once: one verdict each`, async () => {
  const { rater, imageIds } = await openStage(db, { grids: RATERS });
  const raters = await Promise.all(Array.from({ length: RATERS }, rater));

  const wrong = await Promise.all(
    raters.map(async (who) => {
      const sittingId = await claimSitting(who);
      return sendAtOnce(db, { who, sittingId, imageIds }, Math.ceil(BURSTS / RATERS));
    }),
  );

  expect(wrong.flat()).toEqual([]);
});

test(`a round closed ${CLOSINGS} times while eight raters judge: nothing comes in once it is closed`, async () => {
  const closing = await openClosing(db);
  for (let round = 0; round < CLOSINGS; round += 1)
    expect(await raceToClose(db, closing)).toEqual([]);
});
