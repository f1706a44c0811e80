import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { consensuses, decisions, projects, seats } from "@/db/schema";
import { adjudicate } from "@/server/adjudication/adjudicate";
import { askAnotherLook } from "@/server/adjudication/ask-another-look";
import { auditedShare } from "@/server/adjudication/audited-share";
import { adjudicationChoices } from "@/server/adjudication/choices";
import { getAdjudication } from "@/server/adjudication/get-adjudication";
import { countAdjudications, listAdjudications } from "@/server/adjudication/list-adjudications";
import { listBoundary } from "@/server/adjudication/list-boundary";
import { ListAdjudications } from "@/server/adjudication/schemas";
import { pairDetail } from "@/server/mining/pair-detail";
import { readSettings } from "@/server/project/read-settings";
import type { ProjectSettings } from "@/server/project/schemas";
import { claimNextSeat } from "@/server/rating/claim-next-seat";
import { levelsOfPairs } from "@/server/rating/levels-of-pairs";
import type { MemberContext } from "@/server/trpc/context";
import { claimSitting } from "@/tests/support/claim";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { makeProject } from "@/tests/support/make/project";
import { judgeAll, submit } from "@/tests/support/rate";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

const view = (change: Partial<ListAdjudications>) => ListAdjudications.parse(change);

async function stage(rules: Partial<ProjectSettings> = {}) {
  const project = await makeProject(db);
  const settings = await readSettings(db, project.id);
  await db
    .update(projects)
    .set({ settings: { ...settings, ...rules } })
    .where(eq(projects.id, project.id));
  const researcher = await makeMember(db, { projectId: project.id, role: "researcher" });
  const expert = () => makeMember(db, { projectId: project.id, role: "expert" });
  /** Each rater finds the first so many images correct. */
  const rated = async (...corrects: number[]) => {
    const grid = await makeGrid(db, { projectId: project.id, raters: corrects.length });
    const raters: MemberContext[] = [];
    for (const correct of corrects) {
      const rater = await expert();
      await rate(rater, grid.imageIds, correct);
      raters.push(rater);
    }
    return { ...grid, raters };
  };
  const record = (pairId: string) => levelsOfPairs(db, project.id, [pairId]);
  return { project, researcher, expert, rated, record };
}

async function rate(rater: MemberContext, imageIds: readonly string[], correct: number) {
  const sittingId = await claimSitting(rater);
  await judgeAll(rater, sittingId, { imageIds, correct });
  await submit(rater, sittingId);
}

const looksAt = (gridId: string) =>
  db
    .select({ kind: seats.kind, number: seats.number })
    .from(seats)
    .where(eq(seats.gridId, gridId))
    .orderBy(seats.number);

test("the queue begins with the grid most in dispute, and shows what stands against what", async () => {
  const { researcher, rated } = await stage();
  const calm = await rated(0, 1);
  const fierce = await rated(0, 9);
  await rated(3, 3);

  const { rows, nextCursor } = await listAdjudications(researcher, view({ view: "open" }));

  expect(rows.map((row) => row.gridId)).toEqual([fierce.gridId, calm.gridId]);
  expect(rows[0]).toMatchObject({ open: 9, unanimous: 11, level: null, disagreement: 0.45 });
  expect(nextCursor).toBeNull();
  expect(await countAdjudications(researcher)).toEqual({ open: 2, split: 2, boundary: 0 });
  const { images } = await getAdjudication(researcher, calm.gridId);
  expect(images[0]).toMatchObject({
    votes: ["incorrect", "correct"],
    final: { verdict: null, from: "tie" },
    ruling: null,
  });
});

test("a filter by rater shows what this rater has a share in", async () => {
  const { researcher, rated } = await stage();
  const mine = await rated(0, 1);
  await rated(0, 2);
  const raterId = mine.raters[0]!.viewer.accountId;

  const { rows } = await listAdjudications(researcher, view({ view: "open", raterId }));

  expect(rows.map((row) => row.gridId)).toEqual([mine.gridId]);
  const { patterns, raters } = await adjudicationChoices(researcher);
  expect(patterns.map(({ name }) => name)).toContain(rows[0]!.pattern);
  expect(raters).toHaveLength(4);
  const mineOnly = view({ view: "open", patternId: patterns[0]!.id });
  expect((await listAdjudications(researcher, mineOnly)).rows.length).toBeGreaterThan(0);
  const none = view({ view: "open", patternId: raterId });
  expect((await listAdjudications(researcher, none)).rows).toEqual([]);
});

test("a filter by the words of a prompt takes them as they are, in whatever case", async () => {
  const { project, researcher, expert, rated } = await stage();
  await rated(0, 1);
  const grid = await makeGrid(db, { projectId: project.id, conceptA: "100% milk_tea", raters: 2 });
  for (const correct of [0, 1]) await rate(await expert(), grid.imageIds, correct);
  const found = async (words: string) => {
    const { rows } = await listAdjudications(researcher, view({ view: "open", words }));
    return rows.map(({ gridId }) => gridId);
  };

  expect(await found("of 100% Milk_Tea stands on a WOODEN")).toEqual([grid.gridId]);
  expect(await found("wooden table")).toHaveLength(2);
  expect(await found("of 100% milk tea")).toEqual([]);
  expect(await found("%")).toEqual([grid.gridId]);
});

test("ruling on every tied image gives the Level, and the log keeps a ruling that was replaced", async () => {
  const { researcher, rated, record } = await stage();
  const { gridId, pairId, imageIds } = await rated(0, 2);
  const rule = (imageId: string, verdict: "correct" | "incorrect" | null) =>
    adjudicate(researcher, {
      gridId,
      rulings: [{ imageId, verdict, reason: "slip", note: "", isGuidelineGap: false }],
    });

  expect(await rule(imageIds[0]!, "incorrect")).toEqual({ open: 1 });
  expect(await record(pairId)).toEqual([]);
  expect(await rule(imageIds[1]!, "incorrect")).toEqual({ open: 0 });
  expect(await record(pairId)).toMatchObject([{ source: "adjudicated", level: 5 }]);

  await rule(imageIds[1]!, "correct");
  expect(await record(pairId)).toMatchObject([{ level: 4, correct: 1 }]);
  const log = await db.select().from(decisions).where(eq(decisions.subjectId, pairId));
  expect(log.at(-1)!.payload).toMatchObject({ before: [{ verdict: "incorrect" }] });

  await rule(imageIds[1]!, null);
  expect(await record(pairId)).toEqual([]);
});

test("nothing is ruled on before all raters are done, nor on an image of another grid", async () => {
  const { researcher, expert, rated, project } = await stage();
  const done = await rated(0, 1);
  const grid = await makeGrid(db, { projectId: project.id, raters: 2 });
  await rate(await expert(), grid.imageIds, 0);
  const ruling = { verdict: "correct", reason: "slip", note: "", isGuidelineGap: false } as const;

  await expect(
    adjudicate(researcher, {
      gridId: grid.gridId,
      rulings: [{ ...ruling, imageId: grid.imageIds[0]! }],
    }),
  ).rejects.toThrow("Its raters are not done yet.");
  await expect(
    adjudicate(researcher, {
      gridId: done.gridId,
      rulings: [{ ...ruling, imageId: grid.imageIds[0]! }],
    }),
  ).rejects.toThrow("not in this grid");
});

test("two who rule on one image at once leave one ruling, ten times over", async () => {
  const { researcher, rated } = await stage();
  const { gridId, imageIds } = await rated(0, 1);
  const rule = (verdict: "correct" | "incorrect") =>
    adjudicate(researcher, {
      gridId,
      rulings: [
        { imageId: imageIds[0]!, verdict, reason: "slip", note: "", isGuidelineGap: false },
      ],
    });

  for (let time = 0; time < 10; time += 1) await Promise.all([rule("correct"), rule("incorrect")]);

  const { images } = await getAdjudication(researcher, gridId);
  const [row] = await db.select().from(consensuses).where(eq(consensuses.gridId, gridId));
  expect(row).toMatchObject({ adjudicated: 1, open: 0 });
  expect(images[0]!.final.from).toBe("adjudicated");
});

test("with the audit on, one correct image brings a blind second look, and both Levels are told", async () => {
  const { rated, expert, record } = await stage({ audit: true });
  const { gridId, pairId, imageIds } = await rated(1);
  expect(await looksAt(gridId)).toEqual([
    { kind: "plan", number: 1 },
    { kind: "audit", number: 2 },
  ]);
  expect(await record(pairId)).toMatchObject([{ source: "rater", level: 4 }]);

  await rate(await expert(), imageIds, 1);

  expect(await record(pairId)).toMatchObject([{ source: "consensus", level: 4, correct: 1 }]);
  const [row] = await db.select().from(consensuses).where(eq(consensuses.gridId, gridId));
  expect(row).toMatchObject({ firstLevel: 4, auditedLevel: 4 });
  expect(await looksAt(gridId)).toHaveLength(2);
});

test("a look that contradicts the first leaves the first Level until it is adjudicated", async () => {
  const { rated, expert, record, researcher } = await stage({ audit: true });
  const { gridId, pairId, imageIds } = await rated(1);
  await rate(await expert(), imageIds, 0);
  expect(await record(pairId)).toMatchObject([{ source: "rater", level: 4 }]);

  await adjudicate(researcher, {
    gridId,
    rulings: [
      {
        imageId: imageIds[0]!,
        verdict: "incorrect",
        reason: "misread_prompt",
        note: "",
        isGuidelineGap: true,
      },
    ],
  });

  expect(await record(pairId)).toMatchObject([{ source: "adjudicated", level: 5 }]);
  const [row] = await db.select().from(consensuses).where(eq(consensuses.gridId, gridId));
  expect(row).toMatchObject({ firstLevel: 4, auditedLevel: 5 });
});

test("routing sends a boundary grid to one more rater, once; others stay closed", async () => {
  const { rated, researcher, expert } = await stage({ boundaryRouting: true });
  const plain = await rated(3);
  const boundary = await rated(5);

  expect(await looksAt(boundary.gridId)).toMatchObject([{ kind: "plan" }, { kind: "boundary" }]);
  expect(await looksAt(plain.gridId)).toHaveLength(1);
  expect(await askAnotherLook(researcher, { gridIds: [boundary.gridId, plain.gridId] })).toEqual({
    asked: 1,
  });
  // The rater of the first look is not asked again.
  expect(await claimNextSeat(boundary.raters[0]!)).toMatchObject({
    sittingId: expect.any(String),
  });
  expect(await claimNextSeat(await expert())).not.toBeNull();
});

test("a Level that one vote could change is listed with both its intervals and its votes", async () => {
  const { rated, researcher } = await stage();
  const grid = await rated(0, 1, 2);

  const { rows, nextCursor } = await listBoundary(researcher, {});

  const votes = { raters: 3, unanimous: 18, majority: 2 };
  expect(rows).toMatchObject([
    { gridId: grid.gridId, level: 4, correct: 1, isAsked: false, ...votes },
  ]);
  expect(rows[0]!.exact.low).toBeCloseTo(0.0013, 4);
  expect(rows[0]!.exact.high).toBeCloseTo(0.2487, 4);
  expect(rows[0]!.wilson.high).toBeCloseTo(0.236, 3);
  expect(nextCursor).toBeNull();
});

test("after the audit's second look both Levels are told of the pair, and the share of Level 5 with and without it", async () => {
  const { rated, researcher, expert } = await stage({ audit: true });
  const calm = await rated(7);
  const doubted = await rated(1);
  expect(await auditedShare(researcher)).toMatchObject({ grids: 2, audited: 0 });
  await rate(await expert(), doubted.imageIds, 0);
  const tied = { firstLevel: 4, auditedLevel: null };
  expect((await pairDetail(researcher, doubted.pairId)).sheets[0]!.audit).toEqual(tied);
  // A tie has no Level yet: it is on neither side of the comparison.
  expect(await auditedShare(researcher)).toMatchObject({ grids: 1, audited: 0 });

  const [imageId] = doubted.imageIds;
  const ruling = { imageId: imageId!, verdict: "incorrect", reason: "slip" } as const;
  await adjudicate(researcher, {
    gridId: doubted.gridId,
    rulings: [{ ...ruling, note: "", isGuidelineGap: false }],
  });

  expect((await pairDetail(researcher, doubted.pairId)).sheets[0]!.audit).toEqual({
    firstLevel: 4,
    auditedLevel: 5,
  });
  expect((await pairDetail(researcher, calm.pairId)).sheets[0]!.audit).toBeNull();
  expect(await auditedShare(researcher)).toEqual({
    grids: 2,
    audited: 1,
    fiveFirst: 0,
    fiveAudited: 1,
  });
});
