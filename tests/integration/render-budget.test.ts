import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { renders, runs } from "@/db/schema";
import { cancelRun } from "@/server/generation/cancel-run";
import { expireLeases } from "@/server/generation/expire-leases";
import { previewRun } from "@/server/generation/preview-run";
import { retryFailed } from "@/server/generation/retry-renders";
import { startPrecheck } from "@/server/generation/start-precheck";
import { startRun } from "@/server/generation/start-run";
import { type LookProject, makeLookProject } from "@/tests/support/look-project";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
storageHome();
let project: LookProject;

beforeEach(async () => {
  project = await makeLookProject(db, 3);
});

async function expectSpent(reserved: number, settled: number) {
  const { recount, ...said } = await project.spent();
  expect(said).toEqual({ reserved, settled });
  expect(recount).toEqual(said);
}

test("a run reserves each render it queues; a drawn one costs 1, a cancelled or failed one nothing", async () => {
  await startRun(project.ctx, {});
  await expectSpent(15, 0);
  await project.draw(6);
  await project.fail(2);
  await expectSpent(7, 6);
  await cancelRun(project.ctx, { number: 1 });

  await expectSpent(0, 6);
  const done = (await project.renders()).filter(({ state }) => state === "done");
  expect(done).toHaveLength(6);
});

test("a run that does not fit inserts nothing and says how much is left; after a raise it starts", async () => {
  await project.limitRenders(14);
  await expect(startRun(project.ctx, {})).rejects.toMatchObject({
    code: "CONFLICT",
    message: "This needs 15 renders, and the budget has 14 left: raise it, or ask for fewer.",
  });
  expect(await project.renders()).toEqual([]);
  expect(await db.select().from(runs).where(eq(runs.projectId, project.projectId))).toEqual([]);
  await expectSpent(0, 0);

  await project.limitRenders(15);
  expect(await startRun(project.ctx, {})).toEqual({ number: 1, pairsAdded: 3 });
  await expectSpent(15, 0);
});

test("the budget can run out mid-way: what was begun is drawn, what was not begun stays whole", async () => {
  await project.limitRenders(6);
  await startRun(project.ctx, { pairIds: [project.pairIds[0]!] });
  await project.draw(5);
  await expect(startPrecheck(project.ctx, {})).rejects.toMatchObject({
    message: "This needs 2 renders, and the budget has 1 left: raise it, or ask for fewer.",
  });
  expect(await project.looks()).toEqual([]);
  expect((await project.pairs()).map(({ stage }) => stage)).toEqual([
    "rating",
    "prompts",
    "prompts",
  ]);

  await startPrecheck(project.ctx, { pairIds: [project.pairIds[1]!] });
  await expectSpent(1, 5);
});

test("of two runs at once only those that fit are let in", async () => {
  for (let round = 0; round < 5; round += 1) {
    project = await makeLookProject(db, 3);
    await project.limitRenders(10);
    const asked = project.pairIds.map((id) => startRun(project.ctx, { pairIds: [id] }));
    const ended = await Promise.allSettled(asked);

    expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    await expectSpent(10, 0);
  }
});

test("a bridge's own tries keep their reservation; a person's retry needs a new one", async () => {
  await startRun(project.ctx, { pairIds: [project.pairIds[0]!] });
  await project.lease(5);
  await loseLeases();
  await expectSpent(5, 0);
  await project.fail(5);
  await expectSpent(0, 0);

  await project.limitRenders(4);
  await expect(retryFailed(project.ctx, { number: 1 })).rejects.toMatchObject({ code: "CONFLICT" });
  expect((await project.renders()).every(({ state }) => state === "failed")).toBe(true);
  await project.limitRenders(5);
  await retryFailed(project.ctx, { number: 1 });
  await project.draw(5);
  await expectSpent(0, 5);
});

test("what a run after a cancelled one takes up again is paid for again, and shared renders are not", async () => {
  await startRun(project.ctx, {});
  await project.draw(5);
  await cancelRun(project.ctx, { number: 1 });
  await startRun(project.ctx, {});

  await expectSpent(10, 5);
});

test("renders that end while others start and stop never leave the count wrong", async () => {
  for (let round = 0; round < 3; round += 1) {
    project = await makeLookProject(db, 3);
    await startRun(project.ctx, { pairIds: [project.pairIds[0]!] });
    await Promise.all(
      [
        project.draw(3),
        startRun(project.ctx, { pairIds: [project.pairIds[1]!] }),
        project.fail(2),
        startRun(project.ctx, { pairIds: [project.pairIds[2]!] }),
        cancelRun(project.ctx, { number: 1 }),
      ].map((act) => act.catch(ignoreTaken)),
    );
    const all = await project.renders();
    const isOpen = ({ state }: { state: string }) => state === "queued" || state === "leased";

    await expectSpent(
      all.filter(isOpen).length,
      all.filter(({ state }) => state === "done").length,
    );
  }
});

/** A cancelled run takes its renders away from whoever draws them: that is refused, and no failure. */
function ignoreTaken(error: unknown): void {
  expect(error).toMatchObject({ code: "CONFLICT" });
}

async function loseLeases() {
  await db
    .update(renders)
    .set({ leasedUntil: sql`now() - interval '1 second'` })
    .where(eq(renders.state, "leased"));
  await db.transaction((tx) => expireLeases(tx));
}

test("a run takes in as many pairs as the budget covers, the oldest first, when it is asked to", async () => {
  await project.limitRenders(12);
  const plan = await previewRun(db, project.projectId, {});
  expect(plan).toMatchObject({ pairs: 3, renders: 15, rendersLeft: 12, covered: 2 });

  expect(await startRun(project.ctx, { most: plan.covered })).toEqual({ number: 1, pairsAdded: 2 });
  await expectSpent(10, 0);
  await project.limitRenders(11);
  expect(await startPrecheck(project.ctx, { most: 1 })).toMatchObject({ added: 1 });
});
