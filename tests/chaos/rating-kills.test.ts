import { afterAll, expect, test } from "vitest";
import { killDuringRating } from "@/tests/support/kill-during-rating";
import { removeHome, startInstance } from "@/tests/support/start-instance";

const instance = await startInstance();
afterAll(async () => {
  await instance.stop();
  removeHome(instance.home);
});

// RATING_SHARE=0.05 for a shorter run.
const share = Number(process.env.RATING_SHARE ?? 1);
const GRIDS = Math.ceil(1000 * share);
const KILLS = Math.ceil(100 * share);

test(`the web application killed ${KILLS} times during ${GRIDS * 20} verdicts: none lost that was acknowledged, none doubled, all in order`, async () => {
  const { killed, acknowledged, again, wrong } = await killDuringRating(instance, {
    grids: GRIDS,
    kills: KILLS,
  });

  expect(wrong).toEqual([]);
  expect(killed).toBe(KILLS);
  // Some grids come again in silence: their verdicts are compared too.
  expect(acknowledged).toBeGreaterThanOrEqual(GRIDS * 20);
  expect(again).toBeGreaterThan(0);
});
