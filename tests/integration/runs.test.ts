import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { generatorRevisions, pairs, renders, runRenders } from "@/db/schema";
import { cancelRun } from "@/server/generation/cancel-run";
import { failRender } from "@/server/generation/fail-render";
import { leaseRenders } from "@/server/generation/lease-renders";
import { listRuns } from "@/server/generation/list-runs";
import { previewRun } from "@/server/generation/preview-run";
import { renewLease } from "@/server/generation/renew-lease";
import { retryFailed, retryRender } from "@/server/generation/retry-renders";
import { runDetail } from "@/server/generation/run-detail";
import { startRun } from "@/server/generation/start-run";
import { countWaiting } from "@/server/project/count-waiting";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import {
  makeProjectWithPairs,
  makePromptSet,
  makeReadyPair,
} from "@/tests/support/make/project-with-pairs";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
let project: Awaited<ReturnType<typeof makeProjectWithPairs>>;

beforeEach(async () => {
  await db.delete(runRenders);
  await db
    .update(renders)
    .set({ state: "cancelled", leaseToken: null, leasedBy: null, leasedUntil: null });
  project = await makeProjectWithPairs(db, 2);
});

const rendersOf = () =>
  db.select().from(renders).where(eq(renders.projectId, project.projectId)).orderBy(renders.id);

async function onePatternId() {
  const [pair] = await db.select().from(pairs).where(eq(pairs.id, project.pairIds[0]!));
  return pair!.patternId;
}

test("a run has one render for each prompt, with the seeds and the concepts of its pair", async () => {
  expect(await startRun(project.ctx, {})).toEqual({ number: 1, pairsAdded: 2 });

  const made = await rendersOf();
  expect(made).toHaveLength(10);
  expect(made[0]?.input).toMatchObject({
    prompt: "A tea cup of iced coke, scene 1 of set 1.",
    concepts: [{ text: "iced coke" }, { text: "tea cup" }],
    width: 512,
  });
});

test("asking again adds nothing and returns the run that has it", async () => {
  await startRun(project.ctx, {});

  expect(await startRun(project.ctx, {})).toEqual({ number: 1, pairsAdded: 0 });
  expect(await rendersOf()).toHaveLength(10);
});

test("two people who start at once start one run", async () => {
  for (let round = 0; round < 10; round++) {
    project = await makeProjectWithPairs(db, 1);
    const both = await Promise.all([startRun(project.ctx, {}), startRun(project.ctx, {})]);

    expect(both.map((run) => run.number)).toEqual([1, 1]);
    expect(both.map((run) => run.pairsAdded).sort()).toEqual([0, 1]);
    expect(await rendersOf()).toHaveLength(5);
  }
});

test("a pair accepted later is the only one that the next run adds", async () => {
  await startRun(project.ctx, {});
  await makeReadyPair(db, project.projectId, await onePatternId(), 2);

  expect(await previewRun(db, project.projectId, {})).toMatchObject({
    ready: 3,
    pairs: 1,
    images: 20,
  });
  expect(await startRun(project.ctx, {})).toEqual({ number: 2, pairsAdded: 1 });
});

test("a new prompt set of a pair is drawn anew", async () => {
  await startRun(project.ctx, {});
  const [pair] = await db.select().from(pairs).where(eq(pairs.id, project.pairIds[0]!));
  await makePromptSet(db, pair!, 2);

  expect(await startRun(project.ctx, {})).toEqual({ number: 2, pairsAdded: 1 });
  expect(await rendersOf()).toHaveLength(15);
});

test("one chosen pair is drawn alone, and again once its run was cancelled, with the generator that was said", async () => {
  const [one] = project.pairIds;
  const preview = () => previewRun(db, project.projectId, { pairIds: [one!] });
  const before = await preview();
  expect(before).toMatchObject({ ready: 1, pairs: 1, images: 20, drawnBy: { number: 1 } });
  expect(before.drawnBy.generator).not.toBe("");

  const asked = { pairIds: [one!], generatorRevisionId: before.drawnBy.id };
  expect(await startRun(project.ctx, asked)).toEqual({ number: 1, pairsAdded: 1 });
  expect(await rendersOf()).toHaveLength(5);
  expect(await preview()).toMatchObject({ pairs: 0, images: 0 });

  await cancelRun(project.ctx, { number: 1 });
  expect(await preview()).toMatchObject({ pairs: 1, images: 20 });
});

test("what is drawn as undrawn is what the board counts: not what another revision has", async () => {
  await startRun(project.ctx, {});
  await makeReadyPair(db, project.projectId, await onePatternId(), 2);
  const ofProject = eq(generatorRevisions.projectId, project.projectId);
  const [first] = await db.select().from(generatorRevisions).where(ofProject);
  const [second] = await db
    .insert(generatorRevisions)
    .values({ ...first!, id: undefined, number: 2, contentHash: "c".repeat(64) })
    .returning();
  const asked = { generatorRevisionId: second!.id };
  expect(await previewRun(db, project.projectId, asked)).toMatchObject({ pairs: 3 });
  const accountId = project.ctx.viewer.accountId;
  const { toRender } = await countWaiting(db, { projectId: project.projectId, accountId });
  expect(toRender).toBe(1);

  expect(await startRun(project.ctx, { ...asked, undrawn: true, most: toRender })).toEqual({
    number: 2,
    pairsAdded: 1,
  });
});

test("a run says beforehand whose place under test its revision takes", async () => {
  const { projectId, ctx } = project;
  const ofProject = eq(generatorRevisions.projectId, projectId);
  const [first] = await db.select().from(generatorRevisions).where(ofProject);
  await startRun(ctx, { generatorRevisionId: first!.id });
  const [second] = await db
    .insert(generatorRevisions)
    .values({ ...first!, id: undefined, number: 2, contentHash: "b".repeat(64) })
    .returning();
  const replaced = async (generatorRevisionId: string) =>
    (await previewRun(db, projectId, { generatorRevisionId })).replaces?.id;

  expect(await replaced(first!.id)).toBeUndefined();
  expect(await replaced(second!.id)).toBe(first!.id);

  await startRun(ctx, { generatorRevisionId: second!.id });

  expect(await replaced(second!.id)).toBeUndefined();
  expect(await replaced(first!.id)).toBe(second!.id);
});

test("a pair of another project is refused", async () => {
  const other = await makeProjectWithPairs(db, 1);

  await expect(startRun(project.ctx, { pairIds: other.pairIds })).rejects.toMatchObject({
    code: "INVALID",
  });
  await expect(cancelRun(project.ctx, { number: 1 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(runDetail(db, project.projectId, 1)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a cancelled run stops its renders, also the one being drawn", async () => {
  const bridge = await makeBridgeRow(db);
  await startRun(project.ctx, {});
  const [leased] = await leaseRenders(bridge, { endpoint: "sketch", limit: 1 });

  expect(await cancelRun(project.ctx, { number: 1 })).toEqual({ stopped: 10 });
  expect(await renewLease(bridge, leased!)).toEqual({ held: false });
  expect(await leaseRenders(bridge, { endpoint: "sketch", limit: 1 })).toEqual([]);
});

test("while a cancellation waits for the render being finished, no other is handed out", async () => {
  const bridge = await makeBridgeRow(db);
  await startRun(project.ctx, {});
  const [leased] = await leaseRenders(bridge, { endpoint: "sketch", limit: 1 });

  const cancelled = await db.transaction(async (tx) => {
    await tx.select().from(renders).where(eq(renders.id, leased!.renderId)).for("update");
    const cancelling = cancelRun(project.ctx, { number: 1 });
    await expect.poll(waitsForLocks, { timeout: 10_000 }).toBe(1);

    expect(await leaseRenders(bridge, { endpoint: "sketch", limit: 10 })).toEqual([]);
    return { cancelling };
  });

  expect(await cancelled.cancelling).toEqual({ stopped: 10 });
});

async function waitsForLocks() {
  const [found] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return found?.count;
}

test("a run after a cancelled one takes the same renders up again", async () => {
  await startRun(project.ctx, {});
  await cancelRun(project.ctx, { number: 1 });

  expect(await startRun(project.ctx, {})).toEqual({ number: 2, pairsAdded: 2 });
  const made = await rendersOf();
  expect(made).toHaveLength(10);
  expect(made.every((render) => render.state === "queued" && render.attempt === 2)).toBe(true);
});

test("a render that another live run wants survives a cancel", async () => {
  await startRun(project.ctx, { pairIds: [project.pairIds[0]!] });
  const [first] = await listRuns(db, project.projectId).then(({ runs }) => runs);
  await startRun(project.ctx, {});
  const [second] = await listRuns(db, project.projectId).then(({ runs }) => runs);
  const shared = await db.select().from(runRenders).where(eq(runRenders.runId, first!.id));
  await db.insert(runRenders).values(shared.map((claim) => ({ ...claim, runId: second!.id })));

  expect(await cancelRun(project.ctx, { number: first!.number })).toEqual({ stopped: 0 });
});

test("a failed render goes back to the queue when a person asks, and its run is live again", async () => {
  const bridge = await makeBridgeRow(db);
  await startRun(project.ctx, {});
  const all = await leaseRenders(bridge, { endpoint: "sketch", limit: 10 });
  for (const render of all) {
    await failRender(bridge, { ...render, kind: "permanent", reason: "cannot draw 'X'" });
  }
  expect((await runDetail(db, project.projectId, 1)).state).toBe("done");

  await retryRender(project.ctx, { renderId: all[0]!.renderId });
  expect(await runDetail(db, project.projectId, 1)).toMatchObject({
    state: "active",
    queued: 1,
    failed: 9,
  });
  expect(await retryFailed(project.ctx, { number: 1 })).toEqual({ retried: 9 });
  expect(await leaseRenders(bridge, { endpoint: "sketch", limit: 1 })).toMatchObject([
    { attempt: 2 },
  ]);
});

test("another project's render cannot be retried", async () => {
  const other = await makeProjectWithPairs(db, 1);
  await startRun(project.ctx, {});
  const [render] = await rendersOf();
  await db.update(renders).set({ state: "failed", reason: "x" }).where(eq(renders.id, render!.id));

  await expect(retryRender(other.ctx, { renderId: render!.id })).rejects.toMatchObject({
    code: "CONFLICT",
  });
});
