import "@/tests/support/web-environment";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { endpoints, taggers } from "@/db/schema";
import { readCosts } from "@/server/comparison/read-costs";
import { cancelRun } from "@/server/generation/cancel-run";
import { readFigures } from "@/server/generation/figures/read-figures";
import { listGenerators } from "@/server/generation/list-generators";
import { runDetail } from "@/server/generation/run-detail";
import type { RenderInput } from "@/server/generation/schemas";
import { startPrecheck } from "@/server/generation/start-precheck";
import { countImages } from "@/server/release/count-images";
import { beginLogs } from "@/server/replay/begin-logs";
import { replay } from "@/server/replay/replay";
import { MASK } from "@/tests/support/fake-tag-endpoint";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { startPlatformServer } from "@/tests/support/platform-server";
import { paramsOf } from "@/tests/support/read-realigned";
import {
  COKE,
  makeRealignProject,
  type RealignProject,
  serveTagger,
} from "@/tests/support/realign-project";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();
const platform = await startPlatformServer();
afterAll(() => platform.close());

let driver: LoopDriver;
let project: RealignProject;

beforeAll(async () => {
  driver = await openLoopDriver(db);
});
beforeEach(async () => {
  project = await makeRealignProject(db, platform.url);
  await beginLogs(db);
});
afterEach(() => project.close());

/** So that the next run asks for the same pair again. */
const forgetRuns = () =>
  db.execute(sql`update run set state = 'cancelled' where project_id = ${project.projectId}`);

test("drawn plainly, looked at, asked about, drawn again at the same seeds with what was found: then a grid of the second images", async () => {
  await project.start();
  expect((await project.firsts()).map(paramsOf)).toEqual(Array(5).fill({ strength: 1 }));
  await driver.settle();
  expect(await driver.draw(project.drawer, { evals: 20 })).toBe(5);
  await driver.settle();
  expect((await project.tasks()).map(({ endpointName }) => endpointName)).toEqual(
    Array(5).fill(project.tagger),
  );
  expect(await driver.draw(project.drawer)).toBe(0);
  await project.bridge();
  await project.untilTagged();
  await driver.settle();
  expect(await project.openGrids()).toEqual([]);
  expect(await driver.draw(project.drawer, { evals: 22 })).toBe(5);
  await driver.settle();

  const [plain, again] = [await project.firsts(), await project.seconds()];
  for (const [at, second] of again.entries()) {
    const { seeds, prompt } = second.input as RenderInput;
    const first = plain.find(({ id }) => id === second.firstRenderId);
    expect(first?.input).toMatchObject({ seeds, prompt });
    // The offline proposer knows these words; nobody was told of `tagged_by`.
    const objects = seeds.flatMap((seed) => [
      { phrase: "iced coke", score: 2, mask: MASK, seed },
      { phrase: "tea cup", score: 2, mask: MASK, seed },
    ]);
    expect(paramsOf(again[at]!)).toEqual({ strength: 1, objects });
    expect(second.input).not.toHaveProperty("tagged_by");
  }
  const [grid] = await project.openGrids();
  expect(grid).toBeDefined();
  expect(
    (await runDetail(db, project.projectId, 1)).slots.map(({ renderId }) => renderId).toSorted(),
  ).toEqual(again.map(({ id }) => id).toSorted());
  expect(project.tagging.fake.calls.map(({ phrases }) => phrases)).toEqual(
    Array(5).fill(["iced coke", "tea cup"]),
  );
  const [row] = await db.select().from(taggers).where(eq(taggers.projectId, project.projectId));
  expect(row).toMatchObject({
    weightsHash: `${"f".repeat(64)} ${"f".repeat(64)}`,
    detector: { name: "grounding-dino", settings: { threshold: 0.3 } },
  });
  expect(await project.found()).toHaveLength(20 * 2);
  // Both images are paid for, and are one.
  const [cost] = await readCosts(db, project.projectId, { revisionIds: [project.revisionId] });
  expect(cost).toMatchObject({ images: 20, evals: 42 });
  const [figures] = await readFigures(db, [project.revisionId]);
  expect(figures).toMatchObject({ images: 20, evals: 42 });
  expect(await project.spent()).toEqual({ reserved: 0, settled: 10 });
  expect(await countImages(db, project.projectId)).toMatchObject({ images: 20 });
  expect((await replay(db, project.projectId)).difference).toBeNull();
});

test("an edit of the phrases draws second images anew from what is there: nothing is drawn plainly, or looked at, again", async () => {
  await project.writePhrases(COKE);
  await project.start();
  await driver.draw(project.drawer);
  await driver.settle();
  await project.bridge();
  await project.untilTagged();
  await driver.settle();
  await driver.draw(project.drawer);
  await driver.settle();
  const before = await project.seconds();
  await forgetRuns();

  await project.writePhrases({ phrase: "iced coke", score: 0.5 }, 0);
  await project.start();
  const anew = (await project.seconds()).filter(({ id }) => !before.some((one) => one.id === id));
  expect(anew).toHaveLength(5);
  expect(anew.every(({ awaitsObjects }) => !awaitsObjects)).toBe(true);
  const { objects } = paramsOf(anew[0]!) as { objects: { score: number; phrase: string }[] };
  expect(objects.map(({ phrase, score }) => `${phrase} ${score}`)).toEqual(
    Array(4).fill("iced coke 0.5"),
  );
  expect(await project.firsts()).toHaveLength(5);
  expect(project.tagging.fake.calls).toHaveLength(5);
  // And back: what was drawn with the first words is there.
  await forgetRuns();
  await project.writePhrases(COKE);
  await project.start();
  expect(await project.seconds()).toHaveLength(10);
});

test("a cancelled run stops both images; the next one takes up what is there", async () => {
  await project.start();
  await driver.settle();
  expect(await cancelRun(project.ctx, { number: 1 })).toEqual({ stopped: 10 });
  expect(await driver.draw(project.drawer)).toBe(0);
  expect(await project.spent()).toEqual({ reserved: 0, settled: 0 });
  await project.start();
  expect(await project.made()).toHaveLength(10);
  expect(await driver.draw(project.drawer)).toBe(5);
  await driver.settle();
  await cancelRun(project.ctx, { number: 2 });
  await project.start();
  await project.bridge();
  await project.untilTagged();
  await driver.settle();
  expect(await driver.draw(project.drawer)).toBe(5);
  expect(await project.made()).toHaveLength(10);
  expect(await project.openGrids()).toEqual([]);
  await driver.settle();
  expect(await project.openGrids()).toHaveLength(1);
});

test("what is not found in an image is no object there; where nothing is, it is drawn plainly again", async () => {
  project.tagging.fake.missing = ["iced coke", "tea cup"];
  await project.start();
  await driver.draw(project.drawer);
  await driver.settle();
  await project.bridge();
  await project.untilTagged();
  await driver.settle();
  expect((await project.seconds()).map(paramsOf)).toEqual(
    Array(5).fill({ objects: [], strength: 1 }),
  );
  expect(await driver.draw(project.drawer)).toBe(5);
});

test("a quick look is drawn plainly and once", async () => {
  await startPrecheck(project.ctx, { generatorRevisionId: project.revisionId });
  expect((await project.made()).map(({ firstRenderId }) => firstRenderId)).toEqual([null]);
  expect(await driver.draw(project.drawer)).toBe(1);
});

test("a revision names who looks at its first images: the only one there is unless it says so, and never one that does not tag", async () => {
  const stray = project.revise({ tagged_by: "sketch" });
  await expect(stray).rejects.toThrow(/Say which endpoint looks at its first images: /);
  await db.delete(endpoints);
  await expect(project.revise({ steps: 7 })).rejects.toThrow(
    /no bridge serves one: start one by tag\.toml/,
  );
  await serveTagger(db, project.tagger);
  const { id } = await project.revise({ steps: 7 });
  const found = (await listGenerators(db, project.projectId)).find((one) => one.id === id);
  expect(found?.parameters).toMatchObject({ tagged_by: project.tagger, steps: 7 });
});
