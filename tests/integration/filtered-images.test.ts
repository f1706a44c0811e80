import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { generatorRevisions, images, prompts, renders, seedSets } from "@/db/schema";
import { startBridge } from "@/gpu-bridge/bridge/start-bridge";
import { MOST_SPARES } from "@/server/generation/domain/retry-plan";
import { spareForFiltered, withSpareSeeds } from "@/server/generation/domain/spare-seeds";
import { retryRender } from "@/server/generation/retry-renders";
import { showGenerator } from "@/server/generation/show-generator";
import { pairDetail } from "@/server/mining/pair-detail";
import { type DrawingProject, makeDrawingProject } from "@/tests/support/drawing-project";
import { type FakeEndpoint, type Step, startFakeEndpoint } from "@/tests/support/fake-endpoint";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { startPlatformServer } from "@/tests/support/platform-server";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
storageHome();
const platform = await startPlatformServer();
afterAll(() => platform.close());

const SOON = { timeout: 25_000, interval: 50 };
const REASON = "The safety checker took it";
let project: DrawingProject;
let endpoint: FakeEndpoint;
let bridge: ReturnType<typeof startBridge>;

beforeEach(async () => {
  project = await makeDrawingProject(db, { renders: 1 });
  endpoint = await startFakeEndpoint();
});
afterEach(async () => {
  await bridge.stop();
  await endpoint.close();
});

async function draw(steps: Step[], state: "done" | "failed") {
  endpoint.script(steps);
  const { token } = await makeBridgeRow(db);
  const served = [
    { kind: "cog" as const, name: project.endpoint, url: endpoint.url, concurrency: 1 },
  ];
  bridge = startBridge({
    platformUrl: platform.url,
    token,
    endpoints: served,
    deadlineMs: 20_000,
  });
  await untilState(state);
}
const untilState = (state: "done" | "failed") =>
  vi.waitFor(async () => expect((await project.render()).state).toBe(state), SOON);
const seedsOf = ({ input }: { input: unknown }) => (input as { seeds: number[] }).seeds;
const made = async () =>
  (await db.select().from(images).where(eq(images.renderId, project.first.id))).toSorted(
    (one, other) => one.position - other.position,
  );
const setOf = async () =>
  (await db.select().from(seedSets).where(eq(seedSets.id, project.first.seedSetId)))[0]!;

test("what a filter takes among good images is drawn with a spare seed, and the others are drawn once", async () => {
  const before = seedsOf(project.first);
  await draw(["one-filtered"], "done");

  const set = await setOf();
  const spare = spareForFiltered(set, 3, 0);
  expect(endpoint.calls.map(({ input }) => input.seeds)).toEqual([before, [spare]]);
  expect((await made()).map(({ position, seed }) => [position, seed])).toEqual([
    [0, before[0]],
    [1, before[1]],
    [2, before[2]],
    [3, spare],
  ]);
  // Never one that stands in for an image that raters call broken.
  expect(withSpareSeeds(set, new Set([3]))).not.toContain(spare);
  expect(seedsOf(await project.render())).toEqual([...before.slice(0, 3), spare]);
});

test("its cost is all that was drawn, taken images too, and each image keeps its own part of the trace", async () => {
  await draw(["one-filtered"], "done");

  const { evals, timings, trace } = await project.render();
  // 40 for each of four, and 40 for one more, of four images.
  expect(evals).toBe(50);
  expect((timings as { render: number }).render).toBeCloseTo(0.2, 9);
  const [a, b, c] = seedsOf(project.first);
  expect((trace as { images: unknown[] }).images.slice(0, 3)).toEqual([
    { seed: a },
    { seed: b },
    { seed: c },
  ]);
});

test("it is a failure of its own kind: none of the model's, and none that wears out the tries", async () => {
  await draw(["one-filtered"], "done");

  expect(await project.render()).toMatchObject({ failures: 0, attempt: 2, filtered: 1 });
  expect(await project.attempts()).toMatchObject([
    { outcome: "failed", kind: "filtered", reason: REASON },
    { outcome: "done" },
  ]);
  const [revision] = await db
    .select()
    .from(generatorRevisions)
    .where(eq(generatorRevisions.id, project.first.generatorRevisionId));
  const { generatorId } = revision!;
  const { revisions } = await showGenerator(db, project.projectId, { generatorId });
  const shown = revisions.find(({ id }) => id === revision!.id)!;
  expect(shown.failures).toMatchObject([{ kind: "filtered", count: 1, lastReason: REASON }]);
});

test("a filter that takes every spare one ends the render with its reason; what came stays, and a retry draws another", async () => {
  await draw(["one-filtered", ...Array<Step>(MOST_SPARES).fill("all-filtered")], "failed");

  expect(await project.render()).toMatchObject({ reason: REASON, failures: 0 });
  expect(endpoint.calls).toHaveLength(1 + MOST_SPARES);
  expect(await made()).toHaveLength(3);
  await retryRender(project.ctx, { renderId: project.first.id });
  await untilState("done");
  const asked = endpoint.calls.map(({ input }) => input.seeds);
  expect(asked.at(-1)).toHaveLength(1);
  expect(new Set(asked.flat()).size).toBe(4 + 1 + MOST_SPARES);
});

test("in the place of broken images, known by their seeds, no spare one stands in: the render ends at once", async () => {
  const seeds = withSpareSeeds(await setOf(), new Set([0]));
  await db.update(seedSets).set({ seeds }).where(eq(seedSets.id, project.first.seedSetId));
  await draw(["one-filtered"], "failed");

  expect(await project.render()).toMatchObject({ reason: REASON, failures: 0 });
  expect(endpoint.calls).toHaveLength(1);
});

test("the pair's page shows each image with the seed that it was really drawn with", async () => {
  await draw(["one-filtered"], "done");

  const { sheets } = await pairDetail(project.ctx, await pairOf());
  const cells = sheets.flatMap((sheet) => sheet.cells).filter(({ imageId }) => imageId !== null);
  const shown = cells.map(({ imageId, seed }) => [imageId, seed]).toSorted();
  expect(shown).toEqual((await made()).map(({ id, seed }) => [id, seed]).toSorted());
});

async function pairOf(): Promise<string> {
  const [row] = await db
    .select({ pairId: prompts.pairId })
    .from(renders)
    .innerJoin(prompts, eq(prompts.id, renders.promptId))
    .where(eq(renders.id, project.first.id));
  return row!.pairId!;
}
