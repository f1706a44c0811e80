import { expect, test } from "vitest";
import { closeRound } from "@/server/rating/close-round";
import { getSitting } from "@/server/rating/get-sitting";
import { giveBack } from "@/server/rating/give-back";
import { listQueues } from "@/server/rating/list-queues";
import { putOff } from "@/server/rating/put-off";
import { reopenSitting } from "@/server/rating/reopen-sitting";
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
  return sittingId;
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

test("undo reaches the last ten submitted grids, and the eleventh is refused", async () => {
  const { id: projectId } = await makeProject(db);
  const rater = await makeMember(db, { projectId, role: "expert" });
  const done: string[] = [];
  for (let made = 0; made < 11; made += 1) {
    const { imageIds } = await makeGrid(db, { projectId });
    done.unshift(await finish(rater, imageIds, 30_000));
  }

  const [queue] = await listQueues(rater);
  expect(queue!.lastDone.map(({ id }) => id)).toEqual(done.slice(0, 10));
  await expect(reopenSitting(rater, done[10]!)).rejects.toThrow("Only your last 10");
  await reopenSitting(rater, done[9]!);
  expect(await getSitting(rater, done[9]!)).toMatchObject({ state: "live" });
});

test("a grid that was put off, laid ready again and left unseen is still told as put off", async () => {
  const { id: projectId } = await makeProject(db);
  const rater = await makeMember(db, { projectId, role: "expert" });
  await makeGrid(db, { projectId });
  const only = await claimSitting(rater);
  await putOff(rater, { sittingId: only });

  expect(await claimSitting(rater)).toBe(only);
  await giveBack(rater, { sittingId: only, activeMs: 0 });

  expect(await listQueues(rater)).toMatchObject([{ later: 1, inHand: { putOff: [{ id: only }] } }]);
  expect(await claimSitting(rater)).toBe(only);
});

test("the time spent on a grid stays with it when it is put off, and taken up again it is begun like any other", async () => {
  const { id: projectId } = await makeProject(db);
  const owner = await makeMember(db, { projectId });
  const rater = await makeMember(db, { projectId, role: "expert" });
  await makeGrid(db, { projectId });
  const only = await claimSitting(rater);

  await putOff(rater, { sittingId: only, activeMs: 41_000 });
  expect(await getSitting(rater, only)).toMatchObject({ activeMs: 41_000 });
  // An earlier version of the page tells no time: then none is taken away.
  await putOff(rater, { sittingId: only });
  expect(await getSitting(rater, only)).toMatchObject({ activeMs: 41_000 });

  await reopenSitting(rater, only);
  expect(await listQueues(rater)).toMatchObject([
    { later: 0, inHand: { next: { id: only, laterAt: null }, putOff: [] } },
  ]);
  await putOff(rater, { sittingId: only });
  await closeRound(owner, { number: 1, reason: "The guidelines change." });
  await expect(reopenSitting(rater, only)).rejects.toThrow("The guidelines change.");
});

test("the grid that lies begun is told with what is open of it, and what was put off with its time, in the order it comes back", async () => {
  const { id: projectId } = await makeProject(db);
  const owner = await makeMember(db, { projectId });
  const rater = await makeMember(db, { projectId, role: "expert" });
  const other = await makeMember(db, { projectId, role: "expert" });
  for (let made = 0; made < 3; made += 1) await makeGrid(db, { projectId });
  const first = await claimSitting(rater);
  await putOff(rater, { sittingId: first });
  const second = await claimSitting(rater);
  await putOff(rater, { sittingId: second });
  const begun = await claimSitting(rater);
  const { cells } = await getSitting(rater, begun);
  const imageIds = cells.slice(0, 8).map(({ imageId }) => imageId);
  await judgeAll(rater, begun, { imageIds, correct: 8 });

  const [queue] = await listQueues(rater);
  expect(queue!.inHand.next).toMatchObject({ id: begun, open: 12, images: 20 });
  expect(queue!.inHand.putOff).toMatchObject([
    { id: first, open: 20, laterAt: expect.any(Date) },
    { id: second, open: 20, laterAt: expect.any(Date) },
  ]);
  expect(await listQueues(other)).toMatchObject([{ inHand: { next: null, putOff: [] } }]);
  await closeRound(owner, { number: 1, reason: "The guidelines change." });
  expect(await listQueues(rater)).toMatchObject([{ inHand: { next: null, putOff: [] } }]);
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
