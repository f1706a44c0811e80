import "@/tests/support/web-environment";
import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { gridImages, grids, levels, scores, scorings, sittings } from "@/db/schema";
import { startBridge } from "@/gpu-bridge/bridge/start-bridge";
import { startRun } from "@/server/generation/start-run";
import { showGridImages } from "@/server/metrics/show-grid-images";
import { pairDetail } from "@/server/mining/pair-detail";
import { judgeRecords } from "@/server/release/read-judges";
import { startScoring } from "@/server/scoring/start-scoring";
import type { MemberContext } from "@/server/trpc/context";
import { claimSitting } from "@/tests/support/claim";
import {
  type FakeScoreEndpoint,
  startFakeScoreEndpoint,
} from "@/tests/support/fake-score-endpoint";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { makeMember } from "@/tests/support/make/member";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import { startPlatformServer } from "@/tests/support/platform-server";
import { judgeAll, submit } from "@/tests/support/rate";
import { showMeasured } from "@/tests/support/show-reckoned";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();
const platform = await startPlatformServer();
afterAll(() => platform.close());

const SOON = { timeout: 25_000, interval: 50 };
// What the judge says of the four images of each of the five prompts: seen, seen, seen, one concept missing, abstained.
const SAYS = [
  { a: 1, b: 1 },
  { a: 0.5, b: 0.9 },
  { a: 1, b: 1 },
  { a: 1, b: 0.2 },
  { a: -1, b: 1 },
];
let driver: LoopDriver;
let project: Awaited<ReturnType<typeof makeProjectWithPairs>>;
let judge: FakeScoreEndpoint;
let endpoint: string;
let stopBridge: () => Promise<void>;

beforeAll(async () => {
  driver = await openLoopDriver(db);
});
beforeEach(async () => {
  project = await makeProjectWithPairs(db, 1);
  await startRun(project.ctx, {});
  await driver.draw();
  await driver.settle();
  judge = await startFakeScoreEndpoint(["oracle"], (_, text) => {
    const said = SAYS[judge.fake.calls.length - 1]!;
    return text === "tea cup" ? said.b : said.a;
  });
  judge.fake.settings = () => ({ judge: { seen_from: 0.5 }, sure_from: 0.9 });
  endpoint = `oracle-${randomUUID()}`;
  const { token } = await makeBridgeRow(db);
  const bridge = startBridge({
    platformUrl: platform.url,
    token,
    endpoints: [{ kind: "cog", name: endpoint, concurrency: 1, url: judge.url }],
    deadlineMs: 20_000,
  });
  stopBridge = () => bridge.stop();
});
afterEach(async () => {
  await stopBridge();
  await judge.close();
});

/** Has all twenty images judged, as a person does from the run's page; gives their ids, those that it calls correct first. */
async function haveJudged(): Promise<string[]> {
  const { projectId } = project;
  const asked = { of: { kind: "run" as const, number: 1 }, endpoint, scorers: ["oracle"] };
  // Once the bridge has said what it serves.
  await vi.waitFor(() => startScoring(project.ctx, asked), SOON);
  await vi.waitFor(async () => {
    const found = await db.select().from(scorings).where(eq(scorings.projectId, projectId));
    expect(found.map(({ state }) => state)).toEqual(["done"]);
  }, SOON);
  const said = await db.select().from(scores).where(eq(scores.projectId, projectId));
  const lowest = Map.groupBy(
    said.filter(({ name }) => name !== "prompt"),
    ({ imageId }) => imageId,
  );
  const least = (imageId: string) => Math.min(...lowest.get(imageId)!.map(({ value }) => value));
  return [...lowest.keys()].toSorted((one, other) => least(other) - least(one));
}

/** The rater finds the images at these places correct, and the others not. */
async function rate(rater: MemberContext, ordered: readonly string[], isCorrect: boolean[]) {
  const sittingId = await claimSitting(rater);
  const correct = ordered.filter((_, at) => isCorrect[at]);
  const others = ordered.filter((_, at) => !isCorrect[at]);
  await judgeAll(rater, sittingId, { imageIds: [...correct, ...others], correct: correct.length });
  await submit(rater, sittingId);
}

const expert = (isSimulated = false) =>
  makeMember(db, { projectId: project.projectId, role: "expert", isSimulated });
const judges = async (asked: { judge?: "human" | "simulated" } = {}) =>
  (await showMeasured(project.ctx, asked)).metrics!.judges;
// Ten of the twelve that the judge calls correct, and one that it does not.
const ELEVEN = Array.from({ length: 20 }, (_, at) => at < 10 || at === 12);

test("a judge's verdicts stand beside people's, with what it got right and the corrected share", async () => {
  await rate(await expert(), await haveJudged(), ELEVEN);

  const [oracle, ...more] = await judges();
  expect(more).toEqual([]);
  expect(oracle!.scorer).toMatchObject({ name: "oracle", model: "tiny" });
  expect(oracle!.generators).toMatchObject([{ name: "Sketch simulator, revision 1" }]);
  for (const figures of [oracle!.all, oracle!.generators[0]!]) {
    expect(figures).toMatchObject({
      confusion: {
        correct: { correct: 10, incorrect: 1, abstained: 0 },
        incorrect: { correct: 2, incorrect: 3, abstained: 4 },
      },
      sensitivity: { count: 10, total: 11 },
      specificity: { count: 7, total: 9 },
      raw: { count: 12, total: 20 },
      people: { count: 11, total: 20 },
      abstained: 4,
      corrected: { share: expect.closeTo(11 / 20, 9) },
    });
  }
});

test("among the scores a judge's abstention is as if it saw nothing, and never less", async () => {
  await rate(await expert(), await haveJudged(), ELEVEN);

  const { shown } = (await showMeasured(project.ctx, { by: "concepts" })).metrics!;
  expect(shown!.points).toMatchObject([{ score: expect.closeTo((1 + 0.5 + 1 + 0.2 + 0) / 5, 9) }]);
  const of = { judge: "human", by: "concepts", scorerId: shown!.scorer.id } as const;
  const behind = await showGridImages(project.ctx, { ...of, gridId: shown!.points[0]!.gridId });
  expect(behind.slice(-5).map(({ score }) => score)).toEqual([0.2, 0, 0, 0, 0]);
});

test("the pair's page tells what the judge counts in a grid once people have rated it, and not before, since that would sway them", async () => {
  const ordered = await haveJudged();
  const before = await pairDetail(project.ctx, project.pairIds[0]!);
  expect(before.sheets).toMatchObject([
    { levels: [], automatic: [{ name: "oracle", judged: 20, said: null }] },
  ]);
  // It sat at no grid, gave no Level and closed nothing.
  expect(await db.$count(levels, eq(levels.projectId, project.projectId))).toBe(0);
  expect(await db.$count(sittings, eq(sittings.projectId, project.projectId))).toBe(0);
  const open = await db.select().from(grids).where(eq(grids.projectId, project.projectId));
  expect(open.map(({ state }) => state)).toEqual(["open"]);

  await rate(await expert(), ordered, ELEVEN);
  const { sheets } = await pairDetail(project.ctx, project.pairIds[0]!);
  expect(sheets[0]!.automatic).toMatchObject([
    { name: "oracle", judged: 20, said: { correct: 12, abstained: 4 } },
  ]);
  expect(sheets[0]!.levels).toMatchObject([{ source: "rater", level: 2, correct: 11 }]);
});

test("an export tells every count of a judge, and why there is no corrected share", async () => {
  const ordered = await haveJudged();
  const records = () => db.transaction((tx) => judgeRecords(tx, project.projectId));
  expect(await records()).toMatchObject([
    {
      judge: "oracle",
      settings: { sure_from: 0.9 },
      seen_from: 0.5,
      all_generators: {
        sensitivity: null,
        corrected_share: { value: null, says: "not estimable: nothing rated by both" },
      },
    },
  ]);
  await rate(await expert(), ordered, ELEVEN);
  expect(await records()).toMatchObject([
    {
      generators: [
        {
          generator: "Sketch simulator",
          revision: 1,
          judge_correct: { count: 12, total: 20 },
          judge_abstained: 4,
          people_correct: { count: 11, total: 20 },
          confusion: { people_incorrect: { correct: 2, incorrect: 3, abstained: 4 } },
          corrected_share: { value: expect.closeTo(0.55, 9), says: null },
        },
      ],
    },
  ]);
});

test("a simulated rater is no reference for a judge, whoever's counts the page shows", async () => {
  await rate(await expert(true), await haveJudged(), ELEVEN);

  for (const judge of ["human", "simulated"] as const) {
    expect(await judges({ judge })).toMatchObject([
      {
        all: {
          sensitivity: null,
          specificity: null,
          people: null,
          raw: { count: 12, total: 20 },
          corrected: "nothing rated by both",
        },
      },
    ]);
  }
});

test("a scorer whose settings name no rule judges nothing, whatever it is called", async () => {
  judge.fake.settings = () => ({ sure_from: 0.9 });
  await rate(await expert(), await haveJudged(), ELEVEN);

  expect(await judges()).toEqual([]);
  const { sheets } = await pairDetail(project.ctx, project.pairIds[0]!);
  expect(sheets[0]!.automatic).toEqual([]);
});

test("an image that stands in no grid is in no figure of a judge", async () => {
  await haveJudged();
  const [last] = await db
    .select({ gridId: grids.id, imageId: gridImages.imageId })
    .from(gridImages)
    .innerJoin(grids, eq(grids.id, gridImages.gridId))
    .where(eq(grids.projectId, project.projectId));
  await db.transaction(async (tx) => {
    // What a grid shows is frozen: only a test may take an image out of one.
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.delete(gridImages).where(eq(gridImages.imageId, last!.imageId));
  });

  expect(await judges()).toMatchObject([{ all: { raw: { total: 19 } } }]);
});
