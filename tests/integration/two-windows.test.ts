import { expect, test } from "vitest";
import { getSitting } from "@/server/rating/get-sitting";
import { recordVerdictEvents } from "@/server/rating/record-verdict-events";
import { claimSitting } from "@/tests/support/claim";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { verdictEvent } from "@/tests/support/rate";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

async function seated() {
  const rater = await makeMember(db);
  const { imageIds } = await makeGrid(db, { projectId: rater.member.projectId });
  const sittingId = await claimSitting(rater);
  const image = (number: number) => imageIds[number - 1]!;
  return { rater, sittingId, image };
}

test("a window that saw all verdicts goes on, each event a version", async () => {
  const { rater, sittingId, image } = await seated();
  const [one, two, three] = [1, 2, 3].map((number) =>
    verdictEvent(image(number), number, "correct"),
  );

  const first = await recordVerdictEvents(rater, {
    sittingId,
    events: [one!, two!],
    baseVersion: 0,
  });
  const second = await recordVerdictEvents(rater, { sittingId, events: [three!], baseVersion: 2 });

  expect([first, second]).toEqual([
    { recorded: 2, version: 2 },
    { recorded: 1, version: 3 },
  ]);
  expect((await getSitting(rater, sittingId)).version).toBe(3);
});

test("a window that did not see the other's verdicts is told both, and nothing is recorded", async () => {
  const { rater, sittingId, image } = await seated();
  await recordVerdictEvents(rater, {
    sittingId,
    events: [verdictEvent(image(7), 1, "correct")],
    baseVersion: 0,
  });

  const answer = await recordVerdictEvents(rater, {
    sittingId,
    events: [verdictEvent(image(8), 1, "incorrect")],
    baseVersion: 0,
  });

  expect(answer).toMatchObject({ conflict: { version: 1, lastSeq: 1 } });
  const { cells, version } = await getSitting(rater, sittingId);
  expect(cells.filter(({ verdict }) => verdict).map(({ position }) => position)).toEqual([7]);
  expect(version).toBe(1);
});

test("events sent again are never a conflict, whatever came after them in the same batch", async () => {
  const { rater, sittingId, image } = await seated();
  const events = [1, 2, 3].map((number) => verdictEvent(image(number), number, "correct"));
  await recordVerdictEvents(rater, { sittingId, events: events.slice(0, 2), baseVersion: 0 });

  // The answer was lost, and one more verdict was given meanwhile.
  const again = await recordVerdictEvents(rater, { sittingId, events, baseVersion: 0 });
  const whole = await recordVerdictEvents(rater, { sittingId, events, baseVersion: 0 });

  expect([again, whole]).toEqual([
    { recorded: 1, version: 3 },
    { recorded: 0, version: 3 },
  ]);
});

test("two windows that write at once: one is recorded, the other is told", async () => {
  const { rater, sittingId, image } = await seated();

  const answers = await Promise.all(
    [1, 2].map((number) =>
      recordVerdictEvents(rater, {
        sittingId,
        events: [verdictEvent(image(number), 1, "correct")],
        baseVersion: 0,
      }),
    ),
  );

  expect(answers.filter((answer) => "recorded" in answer)).toHaveLength(1);
  expect(answers.filter((answer) => "conflict" in answer)).toHaveLength(1);
});
