import "@/tests/support/web-environment";
import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { generatorRevisions, gridImages, grids, scorers, scores, verdicts } from "@/db/schema";
import { showGridImages } from "@/server/metrics/show-grid-images";
import { showMetrics } from "@/server/metrics/show-metrics";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { makeMember } from "@/tests/support/make/member";
import { makeRepairProject, type RepairProject } from "@/tests/support/repair-project";
import { showMeasured } from "@/tests/support/show-reckoned";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();
let driver: LoopDriver;
let project: RepairProject;
beforeAll(async () => {
  driver = await openLoopDriver(db);
});
beforeEach(async () => {
  project = await makeRepairProject(db, driver, 3);
});

const show = async (asked: { judge?: "human" | "simulated"; by?: "prompt" | "concepts" } = {}) =>
  (await showMeasured(project.ctx, asked)).metrics!;

/** Pairs are compared, and the grids of both generators rated: the baseline's 0, the method's 4, 8 and 12. */
async function rateComparison() {
  await project.start();
  await driver.draw();
  await driver.draw(project.methodEndpoint);
  await driver.settle();
  const other = await makeMember(db, { projectId: project.projectId, role: "expert" });
  for (let at = 0; at < 6; at += 1) {
    await project.rateNext(
      ({ generatorRevisionId, pairId }) =>
        generatorRevisionId === project.methodId ? 4 * (project.pairIds.indexOf(pairId) + 1) : 0,
      other,
    );
  }
}

type Drawn = { gridId: string; revisionId: string; imageId: string; isCorrect: boolean };
type Numbers = { prompt: number; a: number; b: number; steered?: boolean };

/** Gives every rated image the numbers that `of` says. */
async function score(name: string, of: (image: Drawn) => Numbers | null) {
  const { projectId } = project;
  const [scorer] = await db
    .insert(scorers)
    .values({
      projectId,
      name,
      version: "1",
      model: "tiny",
      modelRevision: "local",
      weightsHash: "f".repeat(64),
      settings: {},
      contentHash: name.padEnd(64, "0"),
    })
    .returning();
  const drawn = await db
    .select({
      gridId: grids.id,
      revisionId: grids.generatorRevisionId,
      imageId: gridImages.imageId,
      verdict: verdicts.verdict,
    })
    .from(grids)
    .innerJoin(gridImages, eq(gridImages.gridId, grids.id))
    .innerJoin(verdicts, eq(verdicts.imageId, gridImages.imageId))
    .where(eq(grids.projectId, projectId));
  const rows = drawn.flatMap(({ verdict, ...image }) => {
    const said = of({ ...image, isCorrect: verdict === "correct" });
    if (!said) return [];
    const values = { prompt: said.prompt, concept_a: said.a, concept_b: said.b } as const;
    return (["prompt", "concept_a", "concept_b"] as const).map((text) => ({
      projectId,
      imageId: image.imageId,
      scorerId: scorer!.id,
      name: text,
      text,
      value: values[text],
      steeredMethod: said.steered ?? false,
    }));
  });
  await db.insert(scores).values(rows);
  return scorer!.id;
}

test("a score that tells correct images apart follows the counts; the weaker concept is a measure of its own", async () => {
  await rateComparison();
  // The prompt's number is right, the concepts' is the wrong way round.
  await score("clipscore", ({ isCorrect }) => ({
    prompt: isCorrect ? 0.9 : 0.1,
    a: 1,
    b: isCorrect ? 0.1 : 0.9,
  }));
  const { measures, shown, ratedGrids } = await show();

  // Three mining grids, and six of the comparison.
  expect(ratedGrids).toBe(9);
  expect(measures.map(({ by }) => by)).toEqual(["prompt", "concepts"]);
  const [right, wrong] = measures;
  expect(right!.all).toMatchObject({ pairs: 3, grids: 9, images: 180 });
  expect(right!.all.spearman.value).toBeCloseTo(1, 9);
  expect(right!.all.kendall.value).toBeCloseTo(1, 9);
  expect(right!.all.auc.value).toBe(1);
  expect(wrong!.all.spearman.value).toBeCloseTo(-1, 9);
  expect(wrong!.all.auc.value).toBe(0);
  // Of three pairs there are 27 resamples, and all of them were taken.
  expect(right!.all.spearman.interval).toMatchObject({ draws: 27, seed: null });

  expect(shown).toMatchObject({ by: "prompt", allPoints: 9 });
  const method = shown!.generators.find(({ revisionId }) => revisionId === project.methodId);
  expect(method).toMatchObject({ grids: 3, images: 60, steered: false });
  const baseline = shown!.generators.find(({ revisionId }) => revisionId === project.baselineId);
  // It drew nothing right: there is nothing to follow.
  expect(baseline?.spearman).toEqual({ value: "no variation", interval: null });
  expect((await show({ by: "concepts" })).shown).toMatchObject({ by: "concepts" });
});

test("a score that steered a method is marked for it, and left out of every figure of all generators", async () => {
  await rateComparison();
  await score("clipscore", ({ revisionId, isCorrect }) => {
    const steered = revisionId === project.methodId;
    return { prompt: steered ? 0.9 : Number(isCorrect), a: 0, b: 0, steered };
  });
  const { measures, shown } = await show({ by: "prompt" });
  const prompt = measures.find(({ by }) => by === "prompt");
  expect(prompt).toMatchObject({ steeredGrids: 3, all: { grids: 6, images: 120 } });
  const steered = shown!.generators.filter((one) => one.steered);
  expect(steered.map(({ revisionId }) => revisionId)).toEqual([project.methodId]);
  expect(shown!.points.filter((point) => point.steered)).toHaveLength(3);
});

test("a score that a model was trained to please is marked for it, and left out like one that steered; another scorer's is not", async () => {
  await rateComparison();
  const numbers = ({ isCorrect }: Drawn) => ({ prompt: Number(isCorrect), a: 0, b: 0 });
  await score("caption-likelihood", numbers);
  await score("clipscore", numbers);
  expect((await show({ by: "prompt" })).measures.map(({ steeredGrids }) => steeredGrids)).toEqual([
    0, 0, 0, 0,
  ]);
  await db
    .update(generatorRevisions)
    .set({ training: { told: { method: "CoMat" }, files: {} } })
    .where(eq(generatorRevisions.id, project.methodId));

  // What was reckoned before is of the past by that alone.
  const { measures } = await show({ by: "prompt" });
  const of = (name: string) =>
    measures.find(({ scorer, by }) => scorer.name === name && by === "prompt");
  expect(of("caption-likelihood")).toMatchObject({ steeredGrids: 3, all: { grids: 6 } });
  expect(of("clipscore")).toMatchObject({ steeredGrids: 0, all: { grids: 9 } });
  const scorerId = of("caption-likelihood")!.scorer.id;
  const { metrics } = await showMeasured(project.ctx, { scorerId, by: "prompt" });
  const marked = metrics!.shown!.generators.filter(({ trained }) => trained);
  expect(marked.map(({ revisionId, steered }) => [revisionId, steered])).toEqual([
    [project.methodId, true],
  ]);
});

test("the page does not reckon: it asks the worker once, and what was reckoned stands until newer figures come", async () => {
  await rateComparison();
  await score("clipscore", ({ isCorrect }) => ({ prompt: Number(isCorrect), a: 1, b: 1 }));
  const asked = { judge: "human" } as const;
  const looks = await Promise.all([1, 2, 3].map(() => showMetrics(project.ctx, asked)));
  expect(looks.map(({ metrics, isStale }) => [metrics, isStale])).toEqual(
    looks.map(() => [null, true]),
  );
  const waiting = await db.execute(sql`
    select 1 from pgboss.job where name = 'metrics.reckon' and state = 'created' and data ->> 'figuresId' in
      (select id::text from metric_figure where project_id = ${project.projectId})`);
  expect(waiting).toHaveLength(1);
  expect(await showMeasured(project.ctx)).toMatchObject({ isStale: false });

  await db
    .update(generatorRevisions)
    .set({ training: { files: {} } })
    .where(eq(generatorRevisions.id, project.methodId));
  expect(await showMetrics(project.ctx, asked)).toMatchObject({
    isStale: true,
    metrics: { ratedGrids: 9 },
  });
});

test("a grid counts once all its images are scored, and its images come with score and verdict", async () => {
  await rateComparison();
  const halves = new Set<string>();
  const scorerId = await score("clipscore", ({ gridId, imageId, isCorrect }) => {
    if (halves.size === 0 || halves.has(gridId)) {
      // The first grid lacks one image.
      const isFirst = halves.size === 0;
      halves.add(gridId);
      if (isFirst) return null;
    }
    return { prompt: isCorrect ? 0.5 : Number(`0.${imageId.charCodeAt(35)}`), a: 1, b: 1 };
  });
  const { shown } = await show({ by: "prompt" });
  expect(shown!.allPoints).toBe(8);
  const best = shown!.points.find(({ correct }) => correct === 12)!;
  const of = { judge: "human", by: "prompt", scorerId } as const;
  const images = await showGridImages(project.ctx, { ...of, gridId: best.gridId });
  expect(images).toHaveLength(20);
  expect(images.filter(({ isCorrect }) => isCorrect)).toHaveLength(12);
  expect(images.map(({ score: said }) => said)).toEqual(
    images.map(({ score: said }) => said).toSorted((one, other) => other - one),
  );
  const stranger = await makeMember(db, { role: "owner" });
  await expect(showGridImages(stranger, { ...of, gridId: best.gridId })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("what people said and what a simulated rater said are never in one figure", async () => {
  await rateComparison();
  await score("clipscore", ({ isCorrect }) => ({ prompt: Number(isCorrect), a: 1, b: 1 }));
  const simulated = await show({ judge: "simulated" });
  expect(simulated).toMatchObject({ ratedGrids: 0, measures: [], shown: null });
});
