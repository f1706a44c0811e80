import { and, asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import {
  decisions,
  grids,
  levels,
  memberships,
  pairLevels,
  pairs,
  seats,
  sittings,
} from "@/db/schema";
import { findDrift } from "@/server/counters/find-drift";
import { completeGrid } from "@/server/rating/complete-grid";
import { completeScreened, countScreened } from "@/server/rating/complete-screened";
import { getSitting } from "@/server/rating/get-sitting";
import { levelsOfPairs } from "@/server/rating/levels-of-pairs";
import { recordVerdictEvents } from "@/server/rating/record-verdict-events";
import { reopenSitting } from "@/server/rating/reopen-sitting";
import { readEvidence } from "@/server/replay/read-log";
import type { MemberContext } from "@/server/trpc/context";
import { claimSitting } from "@/tests/support/claim";
import { makeMember } from "@/tests/support/make/member";
import { submit, verdictEvent } from "@/tests/support/rate";
import { makeScreeningProject, screenNextGrid } from "@/tests/support/screened";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

async function screened(incorrect: number) {
  const project = await makeScreeningProject(db);
  const grid = await project.addGrid();
  const sittingId = await screenNextGrid(project.rater, incorrect);
  return { ...project, ...grid, sittingId };
}

async function judgeRest(rater: MemberContext, sittingId: string) {
  const { cells, lastSeq } = await getSitting(rater, sittingId);
  const open = cells.filter((cell) => cell.verdict === null);
  const events = open.map(({ imageId }, index) =>
    verdictEvent(imageId, lastSeq + index + 1, "incorrect"),
  );
  await recordVerdictEvents(rater, { sittingId, events });
  return open.length;
}

const levelRows = (gridId: string) =>
  db.select().from(levels).where(eq(levels.gridId, gridId)).orderBy(asc(levels.mode));
const ofRecord = (pairId: string) =>
  db.select().from(pairLevels).where(eq(pairLevels.pairId, pairId));

test("the rater who screened a grid finds it again in full, with only the open images left", async () => {
  const { owner, rater, gridId, imageIds, sittingId } = await screened(4);

  await completeGrid(owner, { gridId });

  expect(await claimSitting(rater)).toBe(sittingId);
  const view = await getSitting(rater, sittingId);
  expect(view.mode).toBe("full");
  expect(view.cells.map((cell) => cell.imageId)).toEqual(imageIds);
  expect(await judgeRest(rater, sittingId)).toBe(15);
});

test("the full Level stands beside the screened one and is the one of record", async () => {
  const { owner, rater, projectId, pairId, gridId, sittingId } = await screened(4);
  await completeGrid(owner, { gridId });
  expect(await ofRecord(pairId)).toMatchObject([{ mode: "screen", level: null }]);

  await claimSitting(rater);
  await judgeRest(rater, sittingId);
  await submit(rater, sittingId);

  expect(await levelRows(gridId)).toMatchObject([
    { mode: "full", level: 4, correct: 1, rated: 20 },
    { mode: "screen", level: null, correct: 1, rated: 5 },
  ]);
  expect(await ofRecord(pairId)).toMatchObject([{ mode: "full", level: 4 }]);
  expect(await levelsOfPairs(db, projectId, [pairId])).toMatchObject([{ mode: "full", level: 4 }]);
  expect(await db.select().from(grids).where(eq(grids.id, gridId))).toMatchObject([
    { mode: "full", state: "closed" },
  ]);
});

test("taking back the full submission leaves the screened Level", async () => {
  const { owner, rater, pairId, gridId, sittingId } = await screened(4);
  await completeGrid(owner, { gridId });
  await claimSitting(rater);
  await judgeRest(rater, sittingId);
  await submit(rater, sittingId);

  await reopenSitting(rater, sittingId);

  expect(await levelRows(gridId)).toMatchObject([{ mode: "screen" }]);
  expect(await ofRecord(pairId)).toMatchObject([{ mode: "screen" }]);
});

test("a grid that was screened to Level 5 has its full Level at once: nobody looks again", async () => {
  const { owner, rater, pairId, gridId } = await screened(20);

  await completeGrid(owner, { gridId });

  expect(await levelRows(gridId)).toMatchObject([
    { mode: "full", level: 5, rated: 20 },
    { mode: "screen", level: 5, rated: 20 },
  ]);
  expect(await ofRecord(pairId)).toMatchObject([{ mode: "full", level: 5 }]);
  await expect(claimSitting(rater)).rejects.toThrow("Nothing was handed out");
});

test("when its rater has left, a new seat takes the grid whole and the screened Level goes on to count", async () => {
  const { owner, rater, projectId, pairId, gridId } = await screened(2);
  await db.delete(memberships).where(eq(memberships.accountId, rater.viewer.accountId));
  const other = await makeMember(db, { projectId, role: "expert" });

  await completeGrid(owner, { gridId });

  expect(await ofRecord(pairId)).toMatchObject([{ mode: "screen", level: null }]);
  const sittingId = await claimSitting(other);
  expect(await judgeRest(other, sittingId)).toBe(20);
  await submit(other, sittingId);
  expect(await ofRecord(pairId)).toMatchObject([{ mode: "full", level: 5 }]);
  const taken = await db.select().from(seats).where(eq(seats.gridId, gridId));
  expect(taken.map((seat) => seat.number).sort()).toEqual([1, 2]);
});

test("while a grid is completed no counter has drifted and the log knows its pair as rated", async () => {
  const { owner, rater, projectId, pairId, gridId } = await screened(4);
  await completeGrid(owner, { gridId });
  await claimSitting(rater);

  expect((await findDrift(db)).filter((drift) => drift.projectId === projectId)).toEqual([]);
  const { ratedPairs } = await readEvidence(db, projectId);
  expect([...ratedPairs]).toEqual([pairId]);
});

test("completing is logged with the pair, once, however often it is asked for", async () => {
  const { owner, pairId, gridId, sittingId } = await screened(1);

  await Promise.all(Array.from({ length: 4 }, () => completeGrid(owner, { gridId }).catch(String)));
  await completeGrid(owner, { gridId });

  const log = await db
    .select()
    .from(decisions)
    .where(and(eq(decisions.subjectId, pairId), eq(decisions.action, "grid.complete")));
  expect(log).toMatchObject([{ payload: { gridId, sittingIds: [sittingId] } }]);
});

test("a grid that nobody has screened to its end is refused", async () => {
  const { owner, rater, addGrid } = await makeScreeningProject(db);
  const { gridId } = await addGrid();
  await expect(completeGrid(owner, { gridId })).rejects.toMatchObject({ code: "CONFLICT" });

  await claimSitting(rater);

  await expect(completeGrid(owner, { gridId })).rejects.toThrow(
    "Nobody has screened this grid to its end yet.",
  );
});

test("taking back and completing at once end in one of the two, twenty times over", async () => {
  for (let round = 0; round < 20; round += 1) {
    const { owner, rater, pairId, gridId, sittingId } = await screened(3);

    const [, completed] = await Promise.all([
      reopenSitting(rater, sittingId),
      completeGrid(owner, { gridId }).then(
        () => true,
        (cause) => cause,
      ),
    ]);

    const [sitting] = await db.select().from(sittings).where(eq(sittings.id, sittingId));
    expect(sitting!.state).toBe("live");
    if (completed === true) {
      expect(sitting!.mode).toBe("full");
      expect(await ofRecord(pairId)).toMatchObject([{ mode: "screen" }]);
    } else {
      expect(completed).toMatchObject({ code: "CONFLICT" });
      expect(sitting!.mode).toBe("screen");
      expect(await ofRecord(pairId)).toEqual([]);
    }
  }
});

test("all screened grids that a filter shows are completed together, and no others", async () => {
  const { owner, rater, addGrid } = await makeScreeningProject(db);
  const made = [await addGrid(), await addGrid(), await addGrid()];
  await screenNextGrid(rater, 20);
  await screenNextGrid(rater, 5);
  const [censored] = await db
    .select({ patternId: pairs.patternId, pairId: pairs.id })
    .from(pairs)
    .innerJoin(pairLevels, eq(pairLevels.pairId, pairs.id))
    .where(and(eq(pairs.projectId, owner.member.projectId), eq(pairLevels.correct, 1)));
  const { patternId } = censored!;

  expect(await countScreened(owner, {})).toEqual({ grids: 2 });
  expect(await countScreened(owner, { level: "atMost4" })).toEqual({ grids: 1 });
  expect(await countScreened(owner, { level: 5 })).toEqual({ grids: 1 });
  expect(await completeScreened(owner, { patternId })).toEqual({ completed: 1 });
  expect(await countScreened(owner, {})).toEqual({ grids: 1 });
  expect(await completeScreened(owner, {})).toEqual({ completed: 1 });
  expect(await completeScreened(owner, {})).toEqual({ completed: 0 });
  const modes = await db
    .select({ mode: grids.mode })
    .from(grids)
    .where(eq(grids.projectId, owner.member.projectId));
  expect(modes.map((row) => row.mode).sort()).toEqual(["full", "full", "screen"]);
  expect(made).toHaveLength(3);
});
