import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { levels } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { claimSitting } from "@/tests/support/claim";
import { raceForSeats, raceForSitting } from "@/tests/support/race-for-seats";
import { openClosing, raceToClose } from "@/tests/support/race-to-close";
import { judgeAll, submit } from "@/tests/support/rate";
import { openStage } from "@/tests/support/rating-stage";
import { sendAtOnce } from "@/tests/support/send-at-once";
import { testDatabase } from "@/tests/support/test-database";
import { withoutLock } from "@/tests/support/without-lock";

// A race counts once it has been seen to fail: the races of rating-races.test.ts, each without what guards it.
const { db } = await testDatabase();
const MOST_ROUNDS = 200;

/** Races until this has been seen: without its lock a race goes wrong now and then, not every time. */
async function untilSeen(sentence: RegExp, race: () => Promise<string[]>): Promise<string[]> {
  const seen: string[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    seen.push(...(await race()));
    if (seen.some((wrong) => sentence.test(wrong))) break;
  }
  return seen;
}

test("without the lock on the seat 100 raters are seated on more than 60", async () => {
  const { projectId, rater } = await openStage(db, { grids: 20, raters: 3 });
  const raters = await Promise.all(Array.from({ length: 100 }, rater));

  const lock = { name: "teacup_lock_free_seat", lock: "for update skip locked" };
  const over = /grids over the cap$/;
  const wrong = await withoutLock(db, lock, () =>
    untilSeen(over, () => raceForSeats(db, projectId, raters)),
  );

  expect(wrong).toContainEqual(expect.stringMatching(over));
});

test("without the lock on the account the tabs of one rater get different sittings", async () => {
  const { rater } = await openStage(db, { grids: 60, raters: 3 });

  const most = await withoutLock(
    db,
    { name: "teacup_claim", lock: "for no key update" },
    async () => {
      let size = 1;
      for (let round = 0; round < 40 && size === 1; round += 1) {
        size = await raceForSitting(await rater());
      }
      return size;
    },
  );

  expect(most).toBeGreaterThan(1);
});

test("without the lock on the sitting some of the ten are turned away, and without the key as well there are more verdicts than presses", async () => {
  const { rater, imageIds } = await openStage(db, { grids: 1 });
  const who = await rater();
  const sittingId = await claimSitting(who);
  const lock = { name: "teacup_lock_sitting", lock: "for update" };
  const burst = (sentence: RegExp) =>
    withoutLock(db, lock, () =>
      untilSeen(sentence, () => sendAtOnce(db, { who, sittingId, imageIds }, 3)),
    );
  const turnedAway = /^refused: .*verdict_event/s;
  expect(await burst(turnedAway)).toContainEqual(expect.stringMatching(turnedAway));

  // For the rest of this database: what is doubled cannot be taken back, and so the key not be put back.
  await db.execute(sql`alter table verdict_event drop constraint verdict_event_sitting_client_key`);
  const doubled = /events doubled$/;
  expect(await burst(doubled)).toContainEqual(expect.stringMatching(doubled));
});

test("without the line before the round verdicts come in after it was closed", async () => {
  const closing = await openClosing(db);
  const lock = {
    name: "teacup_lock_sitting",
    lock: "perform teacup_line_up_to_write(the_project);",
  };

  const late = /came after the round was closed$/;
  const wrong = await withoutLock(db, lock, () => untilSeen(late, () => raceToClose(db, closing)));

  expect(wrong).toContainEqual(expect.stringMatching(late));
});

test("without the look at what was decided on, raters who submit at once reckon without each other", async () => {
  const { rater, grids, imageIds } = await openStage(db, { grids: 20, raters: 3 });
  const three = [await rater(), await rater(), await rater()];
  const lock = {
    name: "teacup_submit",
    lock: "raise exception 'what the submission was decided on has changed' using errcode = 'TC002';",
  };

  await withoutLock(db, lock, async () => {
    for (let round = 0; round < grids.length; round += 1) {
      const held = await Promise.all(three.map((who) => claimSitting(who)));
      const each = (act: (who: MemberContext, sittingId: string) => Promise<void>) =>
        Promise.all(three.map((who, index) => act(who, held[index]!)));
      await each((who, sittingId) => judgeAll(who, sittingId, { imageIds, correct: 1 }));
      await each(submit);
    }
  });

  expect(await db.$count(levels, eq(levels.source, "consensus"))).toBeLessThan(grids.length);
});
