import "@/tests/support/web-environment";
import { and, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { drawnByWords } from "@/app/(lab)/p/[project]/_generators/drawn-by-words";
import { accounts, grids, images, renders, sittings, verdicts } from "@/db/schema";
import { repairChoices } from "@/server/comparison/repair-choices";
import { showComparedPair } from "@/server/comparison/show-compared-pair";
import { showComparison } from "@/server/comparison/show-comparison";
import { pairDetail } from "@/server/mining/pair-detail";
import { type PairRecord, pairRecords } from "@/server/release/pair-records";
import { comparisonRecords } from "@/server/release/read-comparisons";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { makeMember } from "@/tests/support/make/member";
import { makeRepairProject, type RepairProject } from "@/tests/support/repair-project";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();
let driver: LoopDriver;
let project: RepairProject;
const TRACE = { visited: [{ step: 10, first: 0.84, second: 0.55 }] };

// Correct images of 20, pair by pair: Levels 5 5 5 4 with the baseline, 5 3 1 4 with the method.
const BASELINE = [0, 0, 0, 1];
const METHOD = [0, 8, 20, 2];
const correctOf = ({ pairId, generatorRevisionId }: typeof grids.$inferSelect) =>
  (generatorRevisionId === project.methodId ? METHOD : BASELINE)[project.pairIds.indexOf(pairId)]!;

beforeAll(async () => {
  driver = await openLoopDriver(db);
  project = await makeRepairProject(db, driver, 4);
  await project.start();
  await driver.draw("sketch", { evals: 40, timings: { total: 2 } });
  await driver.draw(project.methodEndpoint, {
    evals: 107.5,
    timings: { encode: 1, denoise: 5 },
    trace: TRACE,
    model: { name: "sdxl", revision: "4621", files: { "unet.safetensors": "a1" } },
    method: { name: "moce", version: "3", mode: "searched", parameters: { window: 2 } },
  });
  await driver.settle();
  for (let at = 0; at < 8; at += 1) await project.rateNext(correctOf);
}, 60_000);

const show = (asked: Partial<Parameters<typeof showComparison>[1]> = {}) =>
  showComparison(project.ctx, { judge: "human", ...asked });

test("the Levels of each generator are counted over the comparison's own grids", async () => {
  const comparison = (await show())!;

  expect(comparison.repairs).toMatchObject([{ number: 1, pairs: 4, generators: 2 }]);
  expect(
    comparison.generators.map(({ revisionId, isBaseline }) => [revisionId, isBaseline]),
  ).toEqual([
    [project.baselineId, true],
    [project.methodId, false],
  ]);
  const [baseline, method] = comparison.generators;
  expect(baseline!.levels).toMatchObject({ rated: 4, counts: [0, 0, 0, 1, 3], meanLevel: 19 / 4 });
  expect(method!.levels).toMatchObject({ rated: 4, counts: [1, 0, 1, 1, 1], meanLevel: 13 / 4 });
  // Wilson: 3 of 4 and 1 of 4.
  expect(baseline!.levels.five).toMatchObject({ share: 0.75 });
  expect(baseline!.levels.five!.low).toBeCloseTo(0.3006, 4);
  expect(baseline!.levels.five!.high).toBeCloseTo(0.9544, 4);
});

test("at the mining seeds all pairs were at Level 5, which is why they are here and no evidence", async () => {
  const [baseline, method] = (await show())!.generators;

  expect(baseline!.mining.counts).toEqual([0, 0, 0, 0, 4]);
  expect(method!.mining.rated).toBe(0);
});

test("table, McNemar and signed ranks are those of the four pairs by hand", async () => {
  const { two, methods } = (await show())!;

  expect([two.firstId, two.secondId]).toEqual([project.baselineId, project.methodId]);
  const table = Array.from({ length: 5 }, () => [0, 0, 0, 0, 0]);
  table[4]![4] = 1;
  table[4]![2] = 1;
  table[4]![0] = 1;
  table[3]![3] = 1;
  expect(two.table).toEqual(table);
  // Two left Level 5 and none came: 2 x (1/2)^2 = .5.
  expect(two.mcnemar).toMatchObject({ onlyFirst: 2, onlySecond: 0, exact: 0.5 });
  expect([two.better, two.same, two.worse]).toEqual([2, 2, 0]);
  // Gains 0 2 4 0: Pratt's ranks of 2 and 4 are 3 and 4, both positive: 2 of 4 sign patterns lie so far out.
  expect(two.signedRanks).toMatchObject({ positive: 7, negative: 0, p: 0.5, rankBiserial: 1 });
  expect(two.levelsGained.value).toBe(1.5);
  expect(two.fiveDifference.value).toBe(-0.5);
  // One method: Holm leaves p as it is.
  expect(methods).toMatchObject([
    { revisionId: project.methodId, holm: { mcnemar: 0.5, signedRanks: 0.5 } },
  ]);
});

test("what was substituted is a share of the images that raters were asked about in detail", async () => {
  expect((await show())!.generators.map(({ substituted }) => substituted)).toEqual([null, null]);
  const judged = await db
    .select({ sittingId: verdicts.sittingId, imageId: verdicts.imageId })
    .from(verdicts)
    .innerJoin(sittings, eq(sittings.id, verdicts.sittingId))
    .innerJoin(grids, eq(grids.id, sittings.gridId))
    .where(
      and(
        eq(grids.projectId, project.projectId),
        eq(grids.purpose, "repair"),
        eq(grids.generatorRevisionId, project.baselineId),
      ),
    )
    .orderBy(verdicts.imageId);
  for (const [at, { sittingId, imageId }] of judged.slice(0, 10).entries()) {
    const detail = { aSeen: true, bSeen: at >= 6, latentSeen: at < 8 };
    await db
      .update(verdicts)
      .set({ detail })
      .where(and(eq(verdicts.sittingId, sittingId), eq(verdicts.imageId, imageId)));
  }
  // Two of them show the other concept beside B: that is no substitution.
  const [baseline, method] = (await show())!.generators;
  expect(baseline!.substituted).toMatchObject({ asked: 10, substituted: 6, share: 0.6 });
  expect(baseline!.substituted!.low).toBeCloseTo(0.3127, 4);
  expect(method!.substituted).toBeNull();
});

test("an image's evals and seconds are those that the endpoints told", async () => {
  const [baseline, method] = (await show())!.generators;

  // 20 renders of 4 images each; a total counts alone, phases follow each other.
  expect(baseline!.cost).toMatchObject({ images: 80, evals: 40, seconds: 0.5 });
  expect(method!.cost).toMatchObject({ images: 80, evals: 107.5, seconds: 1.5 });
  const { generators } = await repairChoices(db, project.projectId, {});
  expect(generators.find(({ id }) => id === project.methodId)!.cost).toMatchObject({
    evals: 107.5,
  });
});

test("the patterns' parts add up to the whole, and one pattern can be asked for alone", async () => {
  const { byPattern, patterns } = (await show())!;

  expect(byPattern).toMatchObject([{ pairs: 4, generators: [{ rated: 4 }, { rated: 4 }] }]);
  const alone = await show({ patternId: patterns[0]!.id });
  expect(alone!.two.pairs).toBe(4);
  const foreign = await show({ patternId: crypto.randomUUID() });
  expect(foreign!.two).toMatchObject({ pairs: 0, mcnemar: { exact: null } });
});

test("people and the simulated rater are never in one figure", async () => {
  const simulated = (await show({ judge: "simulated" }))!;

  expect(simulated.generators.map(({ levels }) => levels.rated)).toEqual([0, 0]);
  expect(simulated.ratedByOthers).toBe(8);
});

test("a pair's images stand side by side at equal seeds, with what each render told", async () => {
  const pair = await showComparedPair(project.ctx, { repair: 1, pairId: project.pairIds[1]! });

  expect(pair.fresh.map((sheet) => sheet.generatorRevisionId)).toEqual([
    project.baselineId,
    project.methodId,
  ]);
  const [baseline, method] = pair.fresh;
  expect(method!.seeds).toEqual(baseline!.seeds);
  expect(method!.cells).toHaveLength(20);
  expect(method!.cells.filter(({ marks }) => marks[0]?.verdict === "correct")).toHaveLength(8);
  expect(pair.mining.map((sheet) => sheet.generatorRevisionId)).toEqual([project.baselineId]);
  expect(pair.mining[0]!.seeds).not.toEqual(baseline!.seeds);
  const traceOf = (imageId: string | null) =>
    pair.traces.find((trace) => trace.imageId === imageId)?.trace;
  expect(traceOf(method!.cells[0]!.imageId)).toEqual(TRACE);
});

test("with each image stands which version of which method drew it, on which model", async () => {
  const pair = await showComparedPair(project.ctx, { repair: 1, pairId: project.pairIds[1]! });
  const [baseline, method] = pair.fresh.map(({ cells }) =>
    pair.traces.find(({ imageId }) => imageId === cells[0]!.imageId),
  );

  expect(drawnByWords(method!)).toBe("Drawn by moce, version 3 (searched), on sdxl at 4621");
  // Its answers told of neither.
  expect(drawnByWords(baseline!)).toBeNull();
});

test("what of an image was cut, ignored or reworded stands with it, on every screen that shows it", async () => {
  const pairId = project.pairIds[2]!;
  const { fresh } = await showComparedPair(project.ctx, { repair: 1, pairId });
  const [cell] = fresh[1]!.cells;
  const [image] = await db.select().from(images).where(eq(images.id, cell!.imageId!));
  const trace = {
    keeps_seeds: false,
    ignored: ["steps"],
    truncated: { "a prompt": "prompt" },
    images: Array.from({ length: 4 }, (_, at) => ({ revised_prompt: `words ${at}` })),
  };
  await db.update(renders).set({ trace }).where(eq(renders.id, image!.renderId));

  const told = {
    keepsSeeds: false,
    ignored: ["steps"],
    cut: [{ by: "model", text: "a prompt", lost: "prompt" }],
    revisedPrompt: `words ${image!.position}`,
  };
  const compared = await showComparedPair(project.ctx, { repair: 1, pairId });
  expect(compared.fresh[1]!.cells[0]!.notes).toEqual(told);
  expect(compared.fresh[0]!.cells[0]!.notes).toBeNull();
  const { sheets } = await pairDetail(project.ctx, pairId);
  const cells = sheets.flatMap((sheet) => sheet.cells);
  expect(cells.find(({ imageId }) => imageId === cell!.imageId)?.notes).toEqual(told);
});

test("what differs beside the method is told before a comparison and with its result", async () => {
  const differs = [
    { what: "model", baseline: null, own: "sdxl at 4621" },
    { what: "steps", baseline: "1", own: "40" },
  ];
  const { generators } = await repairChoices(db, project.projectId, {});

  expect(generators.find(({ id }) => id === project.methodId)?.differs).toEqual(differs);
  expect((await show())!.generators.map((one) => one.differs)[1]).toEqual(differs);
  const [record] = await db.transaction((tx) => comparisonRecords(tx, project.projectId));
  expect(record!.generators[1]!.differs_from_baseline).toEqual(differs);
});

test("an export says of every render what drew it: files, version and all parameters", async () => {
  const made = await db.transaction(async (tx) => {
    const found: PairRecord["renders"] = [];
    for await (const { renders } of pairRecords(tx, project.projectId)) found.push(...renders);
    return found;
  });

  expect(made.find(({ method }) => method === "moce")?.drawn_by).toEqual({
    model: { name: "sdxl", revision: "4621", files: { "unet.safetensors": "a1" } },
    method: { name: "moce", version: "3", mode: "searched", parameters: { window: 2 } },
  });
  expect(made.find(({ method }) => method === "sketch")?.drawn_by).toEqual({
    model: null,
    method: null,
  });
});

test("an export holds the comparison with the figures of the page, and nobody's name", async () => {
  const records = await db.transaction((tx) => comparisonRecords(tx, project.projectId));

  expect(records).toMatchObject([
    {
      comparison: 1,
      source: "human",
      generators: [
        { is_baseline: true, levels: [0, 0, 0, 1, 3], evals_per_image: 40 },
        { is_baseline: false, levels: [1, 0, 1, 1, 1], evals_per_image: 107.5 },
      ],
      against_baseline: [{ pairs: 4, mcnemar: { exact: 0.5 }, holm: { signedRanks: 0.5 } }],
    },
  ]);
  expect(records[0]!.pairs.map(({ levels }) => levels.map(({ level }) => level))).toEqual([
    [5, 5],
    [5, 3],
    [5, 1],
    [4, 4],
  ]);
  expect(JSON.stringify(records)).not.toMatch(/Mira|Rita/);
});

test("before any comparison there is none to show, and a strange number or generator is refused", async () => {
  const owner = await makeMember(db);
  expect(await showComparison(owner, { judge: "human" })).toBeNull();
  await expect(show({ repair: 9 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(show({ secondId: crypto.randomUUID() })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(
    showComparedPair(owner, { repair: 1, pairId: project.pairIds[0]! }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(
    await db.select().from(accounts).where(eq(accounts.id, owner.viewer.accountId)),
  ).toHaveLength(1);
});
