import "@/tests/support/web-environment";
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { repairs } from "@/db/schema";
import { readCosts } from "@/server/comparison/read-costs";
import { repairChoices } from "@/server/comparison/repair-choices";
import { startRepair } from "@/server/comparison/start-repair";
import { bridgeHello } from "@/server/generation/bridge-hello";
import { listGenerators } from "@/server/generation/list-generators";
import { makeRevision } from "@/server/generation/make-revision";
import { previewRun } from "@/server/generation/preview-run";
import { GeneratorParameters } from "@/server/generation/schemas";
import { leaseTask } from "@/server/judging/lease-task";
import { finishTags } from "@/server/realign/finish-tags";
import { MASK } from "@/tests/support/fake-tag-endpoint";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { makeRepairProject } from "@/tests/support/repair-project";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();
let driver: LoopDriver;
beforeAll(async () => {
  driver = await openLoopDriver(db);
});

/** A comparison's baseline, and a revision that draws twice with a tagger of its own. */
async function makeCompared() {
  const project = await makeRepairProject(db, driver, 1);
  const [drawer, tagger] = [`realign-${randomUUID()}`, `tag-${randomUUID()}`];
  const holder = await makeBridgeRow(db);
  const said = { name: tagger, contractVersion: 1, health: "ready" as const, concurrency: 1 };
  await bridgeHello(holder, { endpoints: [{ ...said, description: { tagger: {} } }] });
  const [plain] = await listGenerators(db, project.projectId);
  const { id } = await makeRevision(project.ctx, {
    generatorId: plain!.generatorId,
    method: "realign_diff",
    endpointName: drawer,
    parameters: { ...GeneratorParameters.parse(plain!.parameters), tagged_by: tagger },
    otherWeights: false,
  });
  const tool = {
    name: "fake",
    version: "1",
    settings: {},
    model: { name: "m", revision: "r", weightsHash: "h" },
  };
  /** Finds every phrase in every image that waits for it. */
  async function tagAll() {
    for (;;) {
      const task = await leaseTask(holder, { endpoint: tagger });
      if (!task) return;
      if (task.asked.kind !== "tags") throw new Error("Nobody asked for numbers");
      const { taskId, leaseToken } = task;
      const tags = task.asked.phrases.map((phrase) => ({
        phrase,
        score: 0.5,
        boxes: [[0, 0, 1, 1]],
        mask: MASK,
      }));
      await finishTags(holder, {
        taskId,
        leaseToken,
        images: Array.from({ length: task.images }, () => ({ tags })),
        detector: tool,
        segmenter: tool,
        timings: {},
      });
    }
  }
  const drawTwice = async () => {
    await driver.settle();
    await driver.draw(drawer, { evals: 20, timings: { total: 8 } });
    await driver.settle();
    await tagAll();
    await driver.settle();
    return driver.draw(drawer, { evals: 22, timings: { total: 12 } });
  };
  return { ...project, revisionId: id, drawTwice };
}

test("a comparison waits for second images, compares those alone, and says what both images cost", async () => {
  const project = await makeCompared();
  const { ctx, projectId, baselineId, pairIds, revisionId } = project;
  const choices = await repairChoices(db, projectId, { baselineRevisionId: baselineId });
  const perPair = new Map(choices.generators.map((one) => [one.id, one.rendersPerPair]));
  expect([perPair.get(baselineId), perPair.get(revisionId)]).toEqual([5, 10]);
  const plan = await previewRun(db, projectId, { generatorRevisionId: revisionId });
  expect(plan).toMatchObject({ pairs: 1, renders: 10, images: 20 });

  await startRepair(ctx, {
    baselineRevisionId: baselineId,
    methodRevisionIds: [revisionId],
    pairIds,
  });
  await driver.draw();
  await driver.settle();
  expect(await project.repairGrids()).toEqual([]);
  expect(await project.drawTwice()).toBe(5);
  await driver.settle();
  const grids = await project.repairGrids();
  expect(grids).toHaveLength(2);

  const [repair] = await db.select().from(repairs).where(eq(repairs.projectId, projectId));
  const costs = await readCosts(db, projectId, { repairId: repair!.id });
  const cost = costs.find((one) => one.generatorRevisionId === revisionId);
  // Four images a render: 20 + 22 evals each, (8 + 12) / 4 seconds.
  expect(cost).toMatchObject({ images: 20, evals: 42, seconds: 5 });
});
