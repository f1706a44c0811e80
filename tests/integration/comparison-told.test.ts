import "@/tests/support/web-environment";
import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { drawnByExactly } from "@/app/(lab)/p/[project]/_generators/drawn-by-words";
import { toldWords } from "@/app/(lab)/p/[project]/compare/_compare/told-words";
import { images, renders } from "@/db/schema";
import { repairChoices } from "@/server/comparison/repair-choices";
import { showComparedPair } from "@/server/comparison/show-compared-pair";
import { pairDetail } from "@/server/mining/pair-detail";
import { type PairRecord, pairRecords } from "@/server/release/pair-records";
import { comparisonRecords } from "@/server/release/read-comparisons";
import {
  makeRatedComparison,
  type RatedComparison,
  TRACE,
  TRAINING,
} from "@/tests/support/rated-comparison";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();
let project: RatedComparison;

beforeAll(async () => {
  project = await makeRatedComparison(db);
}, 60_000);

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

  expect(drawnByExactly(method!)).toBe("moce, version 3 (searched), on sdxl at 4621");
  // Its answers told of neither.
  expect(drawnByExactly(baseline!)).toBeUndefined();
  // Nobody has said anything of the pair.
  expect(toldWords(method!.words)).toBe("Drawing order, the default. Descriptions, the default.");
  expect(toldWords(baseline!.words)).toBeNull();
});

test("what was cut, unknown, ignored or reworded stands with its image, on every screen that shows it", async () => {
  const pairId = project.pairIds[2]!;
  const { fresh } = await showComparedPair(project.ctx, { repair: 1, pairId });
  const [cell] = fresh[1]!.cells;
  const [image] = await db.select().from(images).where(eq(images.id, cell!.imageId!));
  const trace = {
    keeps_seeds: false,
    ignored: ["steps"],
    truncated: { "a prompt": "prompt" },
    unknown_tokens: ["samovar"],
    images: Array.from({ length: 4 }, (_, at) => ({ revised_prompt: `words ${at}` })),
  };
  await db.update(renders).set({ trace }).where(eq(renders.id, image!.renderId));

  const told = {
    keepsSeeds: false,
    ignored: ["steps"],
    cut: [{ by: "model", text: "a prompt", lost: "prompt" }],
    unknownTokens: ["samovar"],
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
  expect((await project.show())!.generators.map((one) => one.differs)[1]).toEqual(differs);
  const [record] = await db.transaction((tx) => comparisonRecords(tx, project.projectId));
  expect(record!.generators[1]!.differs_from_baseline).toEqual(differs);
  expect(record!.generators.map(({ training }) => training)).toEqual([null, TRAINING.told]);
});

test("an export says of every render what drew it: files, version, all parameters and its training", async () => {
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
  const trained = (of: string) => made.find(({ method }) => method === of)?.training;
  expect([trained("moce"), trained("sketch")]).toEqual([TRAINING, null]);
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
