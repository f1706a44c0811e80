import { afterAll, expect, test } from "vitest";
import { connect } from "@/db/client";
import { findDrift } from "@/server/counters/find-drift";
import { raceForSeats } from "@/tests/support/race-for-seats";
import { openStage } from "@/tests/support/rating-stage";
import { removeHome, startInstance } from "@/tests/support/start-instance";

const instance = await startInstance();
const { db, close } = connect(instance.databaseUrl, { max: 16 });
afterAll(async () => {
  await close();
  await instance.stop();
  removeHome(instance.home);
});

// RATING_ROUNDS=50 for a shorter run.
const ROUNDS = Number(process.env.RATING_ROUNDS ?? 1000);

test(`100 raters on 20 grids of three seats, ${ROUNDS} rounds: never one too many, and nobody starves`, async () => {
  const { projectId, rater } = await openStage(db, { grids: 20, raters: 3 });
  const raters = await Promise.all(Array.from({ length: 100 }, rater));

  for (let round = 0; round < ROUNDS; round += 1)
    expect(await raceForSeats(db, projectId, raters)).toEqual([]);

  expect(await findDrift(db)).toEqual([]);
});
