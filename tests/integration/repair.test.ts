import "@/tests/support/web-environment";
import { and, asc, eq } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { budgets, decisions, pairs, renders, repairs, runPairs, runs, seedSets } from "@/db/schema";
import { repairChoices } from "@/server/comparison/repair-choices";
import { startRepair } from "@/server/comparison/start-repair";
import { cancelRun } from "@/server/generation/cancel-run";
import { seedsOf } from "@/server/generation/domain/seeds";
import { mendGrid } from "@/server/generation/mend-grid";
import { reopenGrids } from "@/server/generation/reopen-grids";
import { startRun } from "@/server/generation/start-run";
import { beginLogs } from "@/server/replay/begin-logs";
import { replay } from "@/server/replay/replay";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { makeMember } from "@/tests/support/make/member";
import { makeRepairProject, type RepairProject } from "@/tests/support/repair-project";
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
  project = await makeRepairProject(db, driver, 2);
});

const runsOf = () =>
  db
    .select()
    .from(runs)
    .where(and(eq(runs.projectId, project.projectId), eq(runs.purpose, "repair")))
    .orderBy(asc(runs.number));
const repairRenders = async () => {
  const [repair] = await db.select().from(repairs).where(eq(repairs.projectId, project.projectId));
  return db.select().from(renders).where(eq(renders.seedSetId, repair!.seedSetId));
};

test("baseline and method draw the same prompts at one fresh seed set, none of whose seeds was mined with", async () => {
  expect(await project.start()).toEqual({ number: 1 });

  const [baseline, method] = await runsOf();
  expect(baseline).toMatchObject({ generatorRevisionId: project.baselineId });
  expect(method).toMatchObject({
    generatorRevisionId: project.methodId,
    seedSetId: baseline!.seedSetId,
    repairId: baseline!.repairId,
  });
  const sets = await db.select().from(seedSets).where(eq(seedSets.projectId, project.projectId));
  const fresh = sets.find(({ id }) => id === baseline!.seedSetId)!;
  const mined = sets.find(({ purpose }) => purpose === "mining")!;
  expect(fresh.seeds).toEqual(seedsOf(project.projectId, fresh.number));
  expect(fresh.seeds.filter((seed) => mined.seeds.includes(seed))).toEqual([]);
  const made = await repairRenders();
  const asked = (revisionId: string) =>
    made
      .filter(({ generatorRevisionId }) => generatorRevisionId === revisionId)
      .map(({ promptId, input }) => [promptId, (input as { seeds: number[] }).seeds] as const)
      .toSorted();
  expect(asked(project.baselineId)).toHaveLength(10);
  expect(asked(project.methodId)).toEqual(asked(project.baselineId));
});

test("a button pressed twice starts one comparison; once it has ended, the next takes other seeds", async () => {
  const both = await Promise.all([project.start(), project.start()]);
  expect(both).toEqual([{ number: 1 }, { number: 1 }]);
  expect(await runsOf()).toHaveLength(2);

  await driver.draw();
  await driver.draw(project.methodEndpoint);
  expect(await project.start()).toEqual({ number: 2 });
  expect(new Set((await runsOf()).map(({ seedSetId }) => seedSetId)).size).toBe(2);
});

test("only pairs at Level 5 with the baseline are taken, and each generator once", async () => {
  const ask = (change: object) =>
    startRepair(project.ctx, {
      baselineRevisionId: project.baselineId,
      methodRevisionIds: [project.methodId],
      pairIds: project.pairIds,
      ...change,
    });
  await db.update(pairs).set({ state: "set_aside" }).where(eq(pairs.id, project.pairIds[0]!));
  await expect(ask({})).rejects.toMatchObject({ code: "INVALID" });
  await expect(
    ask({ baselineRevisionId: project.methodId, methodRevisionIds: [project.baselineId] }),
  ).rejects.toMatchObject({ code: "INVALID" });
  await expect(
    ask({ pairIds: [project.pairIds[1]!], methodRevisionIds: [crypto.randomUUID()] }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await runsOf()).toEqual([]);

  const { pairs: offered } = await repairChoices(db, project.projectId, {});
  expect(offered.map(({ pairId }) => pairId)).toEqual([project.pairIds[1]]);
});

test("all of it is paid for, or none of it is drawn", async () => {
  const [budget] = await db
    .select()
    .from(budgets)
    .where(and(eq(budgets.projectId, project.projectId), eq(budgets.kind, "renders")));
  const limit = budget!.settled + budget!.reserved + 19;
  await db
    .update(budgets)
    .set({ limit })
    .where(and(eq(budgets.projectId, project.projectId), eq(budgets.kind, "renders")));

  await expect(project.start()).rejects.toThrow("renders");
  expect(await runsOf()).toEqual([]);
  expect(await db.select().from(repairs).where(eq(repairs.projectId, project.projectId))).toEqual(
    [],
  );
});

test("no grid of a pair opens before every generator has drawn it: the quicker one would show", async () => {
  await project.start();
  await driver.draw();
  await driver.settle();
  expect(await project.repairGrids()).toEqual([]);
  // Nothing is overdue meanwhile.
  expect(await db.transaction((tx) => reopenGrids(tx))).toBe(0);

  await driver.draw(project.methodEndpoint);
  await driver.settle();
  const opened = await project.repairGrids();
  expect(opened).toHaveLength(4);
  expect(opened.every(({ layout, mode }) => layout === "random" && mode === "full")).toBe(true);
});

test("a job that saw a render unfinished, and the next moment all of them, mends nothing with a whole grid", async () => {
  await project.start();
  await driver.draw();
  const [baseline] = await runsOf();
  const [claim] = await db.select().from(runPairs).where(eq(runPairs.runId, baseline!.id));

  await db.transaction((tx) =>
    mendGrid(tx, {
      ...claim!,
      projectId: project.projectId,
      generatorRevisionId: project.baselineId,
      seedSetId: baseline!.seedSetId,
      purpose: "repair",
      raters: null,
    }),
  );
  expect(await project.repairGrids()).toEqual([]);
});

test("when one generator is given up, what the others drew is opened", async () => {
  await project.start();
  await driver.draw();
  await driver.settle();
  const [, method] = await runsOf();
  await cancelRun(project.ctx, { number: method!.number });

  expect(await db.transaction((tx) => reopenGrids(tx))).toBe(2);
  await driver.settle();
  const opened = await project.repairGrids();
  expect(opened.map(({ generatorRevisionId }) => generatorRevisionId)).toEqual([
    project.baselineId,
    project.baselineId,
  ]);
});

test("generators come to the rater mixed: neither the order of grids nor their ids follow who drew them", async () => {
  const large = await makeRepairProject(db, driver, 9);
  await large.start();
  // The method draws everything first.
  await driver.draw(large.methodEndpoint);
  await driver.draw();
  await driver.settle();

  // Somebody else than who rated before: no silent repeat comes between.
  const rater = await makeMember(db, { projectId: large.projectId, role: "expert" });
  const order: boolean[] = [];
  for (let at = 0; at < 18; at += 1) {
    const grid = await large.rateNext(() => 0, rater);
    order.push(grid.generatorRevisionId === large.methodId);
    // Version 4: made of chance alone, no time in it.
    expect(grid.id[14]).toBe("4");
  }
  const changes = order.filter((isMethod, at) => at > 0 && isMethod !== order[at - 1]).length;
  expect(order.filter(Boolean)).toHaveLength(9);
  // Fewer than 3 changes in 18 come by chance in 18 of 48,620 orders; in the order of drawing there would be 1.
  expect(changes).toBeGreaterThanOrEqual(3);
}, 60_000);

test("the log replays identically with a comparison in it, and says what was chosen", async () => {
  // Its pairs were put straight into the tables: the log goes on from how they stand.
  await beginLogs(db);
  await project.start();
  await driver.draw();
  await driver.draw(project.methodEndpoint);
  await driver.settle();
  for (let at = 0; at < 4; at += 1) await project.rateNext(() => 7);

  expect((await replay(db, project.projectId)).difference).toBeNull();
  const [decision] = await db
    .select()
    .from(decisions)
    .where(and(eq(decisions.projectId, project.projectId), eq(decisions.action, "repair.start")));
  const [repair] = await db.select().from(repairs).where(eq(repairs.projectId, project.projectId));
  const [seedSet] = await db.select().from(seedSets).where(eq(seedSets.id, repair!.seedSetId));
  expect(decision).toMatchObject({
    subjectId: repair!.id,
    payload: {
      number: 1,
      baselineRevisionId: project.baselineId,
      generatorRevisionIds: [project.baselineId, project.methodId],
      pairs: project.pairIds.map((pairId) => ({ pairId })),
      seedSet: { id: seedSet!.id, seeds: seedSet!.seeds },
    },
  });
});

test("a run of mining takes no fresh seeds, and no run but a comparison's may say that it repairs", async () => {
  await project.start();
  const repair = { purpose: "repair" } as unknown as Parameters<typeof startRun>[1];
  await expect(startRun(project.ctx, repair)).rejects.toThrow();

  const [made] = await runsOf();
  await expect(
    db.update(runs).set({ repairId: null }).where(eq(runs.id, made!.id)),
  ).rejects.toThrow();
});
