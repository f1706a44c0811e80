import { expect, test } from "vitest";
import { listMarks } from "@/server/rating/list-marks";
import { recordVerdictEvents } from "@/server/rating/record-verdict-events";
import { submitSitting } from "@/server/rating/submit-sitting";
import { substitutionRate } from "@/server/rating/substitution-rate";
import { claimSitting } from "@/tests/support/claim";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { makeProject } from "@/tests/support/make/project";
import { judgeAll, submit, verdictEvent } from "@/tests/support/rate";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

async function stage() {
  const project = await makeProject(db);
  const researcher = await makeMember(db, { projectId: project.id, role: "researcher" });
  const rater = await makeMember(db, { projectId: project.id, role: "expert" });
  const seated = async () => {
    const grid = await makeGrid(db, { projectId: project.id });
    return { ...grid, sittingId: await claimSitting(rater) };
  };
  return { researcher, rater, seated };
}

test("a hasty grid and a restless one are marked, calm ones are not", async () => {
  const { researcher, rater, seated } = await stage();
  for (let count = 0; count < 18; count += 1) {
    const { sittingId, imageIds } = await seated();
    await judgeAll(rater, sittingId, { imageIds, correct: 7 });
    await submit(rater, sittingId);
  }
  const hasty = await seated();
  await judgeAll(rater, hasty.sittingId, { imageIds: hasty.imageIds, correct: 7 });
  await submitSitting(rater, {
    sittingId: hasty.sittingId,
    guidelineVersion: 0,
    paintedAt: new Date(),
    firstActionAt: new Date(),
    activeMs: 6_000,
  });
  const restless = await seated();
  await judgeAll(rater, restless.sittingId, { imageIds: restless.imageIds, correct: 7 });
  await judgeAll(rater, restless.sittingId, {
    imageIds: restless.imageIds.slice(0, 6),
    correct: 0,
    from: 21,
  });
  await submit(rater, restless.sittingId);

  const { grids, looked } = await listMarks(researcher);

  expect(looked).toBe(20);
  expect(grids).toMatchObject([
    { sittingId: restless.sittingId, marks: ["restless"], changes: 6 },
    { sittingId: hasty.sittingId, marks: ["fast"], msPerImage: 300 },
  ]);
});

test("the substitution rate counts the images where C is there and B is not", async () => {
  const { researcher, rater, seated } = await stage();
  const { sittingId, imageIds } = await seated();
  const seen = (index: number) => ({
    aSeen: true,
    bSeen: index >= 15,
    relation: index >= 15,
    latentSeen: index < 12,
  });
  await recordVerdictEvents(rater, {
    sittingId,
    events: imageIds.map((imageId, index) => ({
      ...verdictEvent(imageId, index + 1, index < 15 ? "incorrect" : "correct"),
      detail: seen(index),
    })),
  });
  await submit(rater, sittingId);

  const rows = await substitutionRate(researcher);

  expect(rows).toMatchObject([{ images: 20, ofB: { share: 0.6 }, ofA: { share: 0 } }]);
});

test("an image that was flagged as broken counts for no substitution, whatever was said of it before", async () => {
  const { researcher, rater, seated } = await stage();
  const { sittingId, imageIds } = await seated();
  const detail = { aSeen: true, bSeen: false, relation: false, latentSeen: true };
  await recordVerdictEvents(rater, {
    sittingId,
    events: imageIds.map((imageId, index) => ({
      ...verdictEvent(imageId, index + 1, index < 4 ? "broken" : "incorrect"),
      detail,
    })),
  });
  await submit(rater, sittingId);

  expect(await substitutionRate(researcher)).toMatchObject([{ images: 16, ofB: { share: 1 } }]);
});
