import "@/tests/support/web-environment";
import { and, eq, isNull } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import type { LoopStep } from "@/db/enums";
import { batches, pairs, patterns, phases, runs, saturations, waiting } from "@/db/schema";
import { cancelRun } from "@/server/generation/cancel-run";
import { openPhase, pausePhase, resumePhase } from "@/server/loop/phases";
import { proceed } from "@/server/loop/proceed";
import { wake } from "@/server/loop/wake";
import { cancelPrompts } from "@/server/mining/cancel-prompts";
import { decidePair } from "@/server/mining/decide-pair";
import { requestBatch } from "@/server/mining/request-batch";
import { retirePattern } from "@/server/mining/retire-pattern";
import { cancelBatch } from "@/server/mining/retry-batch";
import { setPatternLoop } from "@/server/mining/set-pattern-loop";
import type { MemberContext } from "@/server/trpc/context";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { makeExampleProject } from "@/tests/support/make/example-project";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();
let driver: LoopDriver;
beforeAll(async () => {
  driver = await openLoopDriver(db);
});

/** A project with one pattern that runs by itself, whose first batch of `n` was asked for. */
async function autoPattern({ n = 4, asks = [] as LoopStep[] } = {}) {
  const ctx = await makeExampleProject(db, { withPairs: false });
  const { projectId } = ctx.member;
  const [pattern] = await db.select().from(patterns).where(eq(patterns.projectId, projectId));
  await db
    .update(patterns)
    .set({ isAuto: true, askSteps: asks, batchSize: n })
    .where(eq(patterns.id, pattern!.id));
  await db.transaction((tx) => wake(tx, pattern!.id));
  await driver.settle();
  return { ctx, projectId, patternId: pattern!.id };
}

const stagesOf = async (patternId: string) => {
  const rows = await db.select().from(pairs).where(eq(pairs.patternId, patternId));
  return rows.map(({ state, stage }) => `${state} ${stage}`).sort();
};
const waitsOf = async (patternId: string) => {
  const rows = await db
    .select()
    .from(waiting)
    .where(and(eq(waiting.patternId, patternId), isNull(waiting.endedAt)));
  return rows.map(({ kind }) => kind).sort();
};
const batchesOf = (patternId: string) =>
  db.select().from(batches).where(eq(batches.patternId, patternId));
const acceptAll = async (ctx: MemberContext, patternId: string) => {
  const open = await db
    .select({ id: pairs.id })
    .from(pairs)
    .where(and(eq(pairs.patternId, patternId), eq(pairs.state, "proposed")));
  for (const { id } of open) await decidePair(ctx, { pairId: id, decision: "accept" });
  await driver.settle();
  return open.length;
};

const rejectAll = async (ctx: MemberContext, patternId: string) => {
  const open = await db.select().from(pairs).where(eq(pairs.patternId, patternId));
  await setPatternLoop(ctx, { patternId, isAuto: false, askSteps: [], batchSize: 1 });
  for (const { id } of open)
    await decidePair(ctx, { pairId: id, decision: "reject", reason: "unclear" });
  await db.update(patterns).set({ isAuto: true }).where(eq(patterns.id, patternId));
};

test("a pattern in auto-mode asks for a batch and then waits for its reviewer", async () => {
  const { patternId } = await autoPattern();

  expect(await batchesOf(patternId)).toMatchObject([
    { state: "done", asked: 4, requestedBy: null },
  ]);
  expect(await waitsOf(patternId)).toEqual(["review"]);
});

test("each step before which it asks waits for a person's yes", async () => {
  const { ctx, patternId } = await autoPattern({ asks: ["propose", "prompts"] });
  expect(await batchesOf(patternId)).toEqual([]);
  expect(await waitsOf(patternId)).toEqual(["propose"]);

  await proceed(ctx, { patternId, step: "propose" });
  await driver.settle();
  expect(await waitsOf(patternId)).toEqual(["review"]);
  await acceptAll(ctx, patternId);
  expect(await waitsOf(patternId)).toEqual(["prompts"]);
  expect(new Set(await stagesOf(patternId))).toEqual(new Set(["accepted prompts"]));

  await proceed(ctx, { patternId, step: "prompts" });
  await driver.settle();
  expect(await waitsOf(patternId)).not.toContain("prompts");
});

test("a paused phase starts nothing by itself and goes on where it stood", async () => {
  const { ctx, patternId } = await autoPattern();
  await pausePhase(ctx, { number: 2 });
  const accepted = await acceptAll(ctx, patternId);
  expect(accepted).toBeGreaterThan(0);
  expect(await db.select().from(runs).where(eq(runs.projectId, ctx.member.projectId))).toEqual([]);

  await resumePhase(ctx, { number: 2 });
  await driver.settle();
  expect(await stagesOf(patternId)).not.toContain("accepted prompts");
});

test("phases 3 and 4 open by a person's button alone, and pressing twice changes nothing", async () => {
  const { ctx, projectId } = await autoPattern();
  await openPhase(ctx, { number: 3 });
  await openPhase(ctx, { number: 3 });

  const rows = await db.select().from(phases).where(eq(phases.projectId, projectId));
  const state = Object.fromEntries(rows.map((row) => [row.number, row.state]));
  expect(state).toEqual({ 1: "open", 2: "open", 3: "open", 4: "closed" });
  const forged = db.update(phases).set({ state: "open" }).where(eq(phases.number, 4));
  await expect(forged).rejects.toMatchObject({
    cause: { constraint_name: "phase_later_opened_by_person" },
  });
});

test("work is given up in every state it can be in, and nothing comes of it", async () => {
  const { ctx, patternId } = await autoPattern({ asks: ["propose"] });
  const queued = await requestBatch(ctx, { patternId, n: 3 });
  await cancelBatch(ctx, queued);
  await driver.settle();
  const running = await requestBatch(ctx, { patternId, n: 3 });
  await db.update(batches).set({ state: "running" }).where(eq(batches.id, running.batchId));
  await cancelBatch(ctx, running);
  await driver.settle();
  const waiting = await requestBatch(ctx, { patternId, n: 3 });
  const held = { state: "waiting", reason: "no answer" } as const;
  await db.update(batches).set(held).where(eq(batches.id, waiting.batchId));
  await cancelBatch(ctx, waiting);
  await driver.settle();

  const states = (await batchesOf(patternId)).map(({ state }) => state);
  expect(states).toEqual(["cancelled", "cancelled", "cancelled"]);
  expect(await stagesOf(patternId)).toEqual([]);
  await expect(cancelBatch(ctx, waiting)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test.each([
  [
    "switched to work by hand",
    (ctx: MemberContext, patternId: string) =>
      setPatternLoop(ctx, { patternId, isAuto: false, askSteps: ["propose"], batchSize: 4 }),
  ],
  [
    "retired",
    (ctx: MemberContext, patternId: string) => retirePattern(ctx, { patternId, retired: true }),
  ],
  ["held with its phase", (ctx: MemberContext) => pausePhase(ctx, { number: 2 })],
])("a pattern that is %s asks nobody any more, and no yes moves it", async (_, hold) => {
  const { ctx, patternId } = await autoPattern({ asks: ["propose"] });
  expect(await waitsOf(patternId)).toEqual(["propose"]);

  await hold(ctx, patternId);
  await driver.settle();

  expect(await waitsOf(patternId)).toEqual([]);
  await expect(proceed(ctx, { patternId, step: "propose" })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  expect(await batchesOf(patternId)).toEqual([]);
});

test("prompts given up in auto-mode stay so until a person says yes", async () => {
  const { ctx, patternId } = await autoPattern({ n: 1 });
  const [pair] = await db.select().from(pairs).where(eq(pairs.patternId, patternId));
  await decidePair(ctx, { pairId: pair!.id, decision: "accept" });
  await cancelPrompts(ctx, { pairIds: [pair!.id] });
  await driver.settle();
  expect(await stagesOf(patternId)).toEqual(["accepted prompts"]);
  expect(await waitsOf(patternId)).toEqual(["prompts"]);

  await proceed(ctx, { patternId, step: "prompts" });
  await driver.settle();

  expect(await stagesOf(patternId)).not.toContain("accepted prompts");
});

test("a run that a person cancels in auto-mode begins again only with a person's yes", async () => {
  const { ctx, projectId, patternId } = await autoPattern({ n: 1 });
  await acceptAll(ctx, patternId);
  await driver.draw();
  await driver.settle();
  await driver.lookAtAll(ctx);
  await driver.settle();
  expect(await stagesOf(patternId)).toEqual(["accepted rating"]);
  const ofMining = and(eq(runs.projectId, projectId), eq(runs.purpose, "mining"));
  const [run] = await db.select().from(runs).where(ofMining);

  await cancelRun(ctx, { number: run!.number });
  await driver.settle();
  expect(await stagesOf(patternId)).toEqual(["accepted grid"]);
  expect(await waitsOf(patternId)).toEqual(["grid"]);

  await proceed(ctx, { patternId, step: "grid" });
  await driver.settle();
  expect(await stagesOf(patternId)).toEqual(["accepted rating"]);
});

test("opening phase 3 ends the wait of every dry pattern, and it does not come back", async () => {
  const { ctx, patternId } = await autoPattern({ n: 1 });
  await rejectAll(ctx, patternId);
  const standing = { isDry: true, isConfirmed: true, reason: "Dry, also after a re-test." };
  await db.update(saturations).set(standing).where(eq(saturations.patternId, patternId));
  const before = await batchesOf(patternId);
  await db.transaction((tx) => wake(tx, patternId));
  await driver.settle();
  expect(await waitsOf(patternId)).toEqual(["saturation"]);

  await openPhase(ctx, { number: 3 });
  expect(await waitsOf(patternId)).toEqual([]);
  await db.transaction((tx) => wake(tx, patternId));
  await driver.settle();

  expect(await waitsOf(patternId)).toEqual([]);
  expect(await batchesOf(patternId)).toHaveLength(before.length);
});
