import { expect, test } from "vitest";
import { closeRound } from "@/server/rating/close-round";
import { listQueues } from "@/server/rating/list-queues";
import { submitSitting } from "@/server/rating/submit-sitting";
import type { MemberContext } from "@/server/trpc/context";
import { claimSitting } from "@/tests/support/claim";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { makeProject } from "@/tests/support/make/project";
import { judgeAll } from "@/tests/support/rate";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

async function finish(rater: MemberContext, imageIds: readonly string[], activeMs: number) {
  const sittingId = await claimSitting(rater);
  await judgeAll(rater, sittingId, { imageIds, correct: 0 });
  const times = { guidelineVersion: 0, paintedAt: null, firstActionAt: null };
  await submitSitting(rater, { sittingId, ...times, activeMs });
}

test("the pace is the median of one's own grids, and nobody else's", async () => {
  const { id: projectId } = await makeProject(db);
  const rater = await makeMember(db, { projectId, role: "expert" });
  const other = await makeMember(db, { projectId, role: "expert" });
  for (const activeMs of [30_000, 50_000, 90_000]) {
    const { imageIds } = await makeGrid(db, { projectId });
    await finish(rater, imageIds, activeMs);
  }

  expect(await listQueues(rater)).toMatchObject([{ done: 3, paceMs: 50_000 }]);
  expect(await listQueues(other)).toMatchObject([{ done: 0, paceMs: null }]);
});

test("a closed round says why on the rater's home", async () => {
  const { id: projectId } = await makeProject(db);
  const owner = await makeMember(db, { projectId });
  const rater = await makeMember(db, { projectId, role: "expert" });
  await makeGrid(db, { projectId });
  expect(await listQueues(rater)).toMatchObject([{ round: { number: 1, closedReason: null } }]);

  await closeRound(owner, { number: 1, reason: "The guidelines change." });

  expect(await listQueues(rater)).toMatchObject([
    { round: { number: 1, closedReason: "The guidelines change." } },
  ]);
});
