import { expect, test } from "vitest";
import { adjudicate } from "@/server/adjudication/adjudicate";
import { completeGrid } from "@/server/rating/complete-grid";
import { getSitting } from "@/server/rating/get-sitting";
import { levelsOfPairs } from "@/server/rating/levels-of-pairs";
import { recordVerdictEvents } from "@/server/rating/record-verdict-events";
import { reopenSitting } from "@/server/rating/reopen-sitting";
import { readRatedPairs } from "@/server/replay/read-rated-pairs";
import type { MemberContext } from "@/server/trpc/context";
import { claimSitting } from "@/tests/support/claim";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { makeProject } from "@/tests/support/make/project";
import { judgeAll, submit, verdictEvent } from "@/tests/support/rate";
import { makeScreeningProject, screenNextGrid } from "@/tests/support/screened";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

/** Whether the pair is rated: by the log, which must say what the Levels of record say. */
async function isRated(projectId: string, pairId: string): Promise<boolean> {
  const byEvents = (await readRatedPairs(db, projectId)).has(pairId);
  expect(byEvents).toBe((await levelsOfPairs(db, projectId, [pairId])).length > 0);
  return byEvents;
}

async function stage(raters: number, { isSimulated = false } = {}) {
  const { id: projectId } = await makeProject(db);
  const { pairId, gridId, imageIds } = await makeGrid(db, { projectId, raters });
  const researcher = await makeMember(db, { projectId, role: "researcher" });
  const expert = () => makeMember(db, { projectId, role: "expert", isSimulated });
  const rate = async (correct: number): Promise<[MemberContext, string]> => {
    const rater = await expert();
    const sittingId = await claimSitting(rater);
    await judgeAll(rater, sittingId, { imageIds, correct });
    await submit(rater, sittingId);
    return [rater, sittingId];
  };
  const rule = (verdict: "incorrect" | null) =>
    adjudicate(researcher, {
      gridId,
      rulings: [
        { imageId: imageIds[0]!, verdict, reason: "slip", note: "", isGuidelineGap: false },
      ],
    });
  return { expert, rate, rule, imageIds, rated: () => isRated(projectId, pairId) };
}

test.each([false, true])(
  "a grid of three is rated when the third is done, simulated: %s",
  async (isSimulated) => {
    const { rate, rated } = await stage(3, { isSimulated });
    await rate(0);
    await rate(2);
    expect(await rated()).toBe(false);
    const [last, sittingId] = await rate(1);
    expect(await rated()).toBe(true);

    await reopenSitting(last, sittingId);
    expect(await rated()).toBe(false);
    await submit(last, sittingId);
    expect(await rated()).toBe(true);
  },
);

test("a tie is rated while a ruling stands", async () => {
  const { rate, rule, rated } = await stage(2);
  await rate(0);
  await rate(1);
  expect(await rated()).toBe(false);
  await rule("incorrect");
  expect(await rated()).toBe(true);
  await rule(null);
  expect(await rated()).toBe(false);
});

test("a broken image leaves one rater's grid unrated until it is ruled on", async () => {
  const { expert, rule, rated, imageIds } = await stage(1);
  const rater = await expert();
  const sittingId = await claimSitting(rater);
  await judgeAll(rater, sittingId, { imageIds, correct: 0 });
  const events = [verdictEvent(imageIds[0]!, 40, "broken")];
  await recordVerdictEvents(rater, { sittingId, events });
  await submit(rater, sittingId);
  expect(await rated()).toBe(false);
  await rule("incorrect");
  expect(await rated()).toBe(true);
});

test("a screened grid stays rated while it is completed; one that screening left open is not", async () => {
  const { projectId, owner, rater, addGrid } = await makeScreeningProject(db);
  const first = await addGrid();
  await screenNextGrid(rater, 3);
  expect(await isRated(projectId, first.pairId)).toBe(true);
  await completeGrid(owner, { gridId: first.gridId });
  expect(await isRated(projectId, first.pairId)).toBe(true);

  const open = await makeGrid(db, { projectId, conceptA: "milk" });
  const other = await makeMember(db, { projectId, role: "expert" });
  const sittingId = await claimSitting(other);
  const { cells } = await getSitting(other, sittingId);
  const events = cells.map(({ imageId }, at) =>
    verdictEvent(imageId, at + 1, at === 0 ? "broken" : "incorrect"),
  );
  await recordVerdictEvents(other, { sittingId, events });
  await submit(other, sittingId);
  expect(await isRated(projectId, open.pairId)).toBe(false);
  await completeGrid(owner, { gridId: open.gridId });
  expect(await isRated(projectId, open.pairId)).toBe(false);
});
