import "@/tests/support/web-environment";
import { and, eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { pairs, patterns, proposals } from "@/db/schema";
import { startRun } from "@/server/generation/start-run";
import { addPairs } from "@/server/mining/add-pairs";
import { createPattern } from "@/server/mining/create-pattern";
import { decideDuplicate } from "@/server/mining/decide-duplicate";
import { decidePair } from "@/server/mining/decide-pair";
import { editPair } from "@/server/mining/edit-pair";
import { requestBatch } from "@/server/mining/request-batch";
import { beginLogs } from "@/server/replay/begin-logs";
import { replay } from "@/server/replay/replay";
import type { MemberContext } from "@/server/trpc/context";
import { startFakeLlm } from "@/tests/support/fake-llm";
import { liveFourPhases } from "@/tests/support/live-four-phases";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { makeExampleProject } from "@/tests/support/make/example-project";
import { makeMember } from "@/tests/support/make/member";
import { clearLlm, useLlm } from "@/tests/support/mining-job";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();
let driver: LoopDriver;
beforeAll(async () => {
  driver = await openLoopDriver(db);
});

const patternOf = async ({ member }: MemberContext) => {
  const [pattern] = await db
    .select()
    .from(patterns)
    .where(eq(patterns.projectId, member.projectId));
  return pattern!.id;
};
const pairsIn = (ctx: MemberContext, state: "proposed" | "accepted") =>
  db
    .select()
    .from(pairs)
    .where(and(eq(pairs.projectId, ctx.member.projectId), eq(pairs.state, state)))
    .orderBy(pairs.id);
const differenceOf = async ({ member }: MemberContext) =>
  (await replay(db, member.projectId)).difference;

/** Seeds, two batches that repeat each other, every kind of decision, prompts, images and Levels. */
async function liveThrough() {
  const ctx = await makeExampleProject(db, { withPairs: false });
  const patternId = await patternOf(ctx);
  await addPairs(ctx, {
    patternId,
    pairs: [{ a: "An iced  Coke", b: "tea cups", latent: "a glass" }],
  });
  for (const n of [15, 15, 15]) {
    await requestBatch(ctx, { patternId, n });
    await driver.settle();
  }
  const [first, second, third, fourth, fifth] = await pairsIn(ctx, "proposed");
  await decidePair(ctx, { pairId: first!.id, decision: "accept" });
  await decidePair(ctx, { pairId: second!.id, decision: "reject", reason: "unclear" });
  await editPair(ctx, { pairId: third!.id, a: "sparkling water", b: "boot", latent: null });
  await decidePair(ctx, { pairId: third!.id, decision: "accept" });
  await decidePair(ctx, { pairId: fourth!.id, decision: "accept" });
  await decidePair(ctx, { pairId: fourth!.id, decision: "undo" });
  await decidePair(ctx, { pairId: fifth!.id, decision: "accept" });
  await decidePair(ctx, { pairId: fifth!.id, decision: "set_aside" });
  await driver.settle();
  await startRun(ctx, { pairIds: [first!.id] });
  await driver.draw();
  await driver.settle();
  await driver.rateOne(ctx, 3);
  return ctx;
}

test("a loop that was lived through replays identically from its log", async () => {
  const ctx = await liveThrough();

  expect(await differenceOf(ctx)).toBeNull();
  expect((await replay(db, ctx.member.projectId)).decisions).toBeGreaterThan(15);
});

test("a loop of all four phases with an LLM replays identically", async () => {
  const llm = await startFakeLlm();
  await useLlm(db, llm.baseUrl);
  const ctx = await liveFourPhases(db, driver);
  const rated = await db
    .select({ phase: pairs.phase })
    .from(pairs)
    .where(and(eq(pairs.projectId, ctx.member.projectId), eq(pairs.stage, "rated")));
  await clearLlm(db);
  await llm.close();

  expect([...new Set(rated.map(({ phase }) => phase))].sort()).toEqual([2, 3, 4]);
  expect(await differenceOf(ctx)).toBeNull();
}, 120_000);

test("what was changed behind the log's back is named as the first difference", async () => {
  const ctx = await liveThrough();
  const [pair] = await pairsIn(ctx, "accepted");
  await db.update(pairs).set({ latent: "forged" }).where(eq(pairs.id, pair!.id));

  expect(await differenceOf(ctx)).toEqual({
    path: `pairs.${pair!.id}.latent`,
    logged: pair!.latent,
    held: "forged",
  });
});

test("an overruled repeat replays too", async () => {
  const ctx = await liveThrough();
  const [alike] = await db
    .select()
    .from(proposals)
    .where(and(eq(proposals.projectId, ctx.member.projectId), eq(proposals.outcome, "duplicate")));
  await decideDuplicate(ctx, { proposalId: alike!.id, decision: "confirm" });

  expect(await differenceOf(ctx)).toBeNull();
});

test("a project from before the log was whole replays from the day its log began", async () => {
  const ctx = await makeMember(db);
  const { id: patternId } = await createPattern(ctx, {
    name: "Animal and incorrect place",
    definition: "",
    category: "lcmis",
  });
  await requestBatch(ctx, { patternId, n: 12 });
  await driver.settle();
  await db.execute(
    sql`update pattern set definition = 'Written before the log' where id = ${patternId}`,
  );
  expect(await differenceOf(ctx)).not.toBeNull();

  expect(await beginLogs(db)).toBeGreaterThan(0);
  expect(await beginLogs(db)).toBe(0);
  await requestBatch(ctx, { patternId, n: 12 });
  await driver.settle();
  const [proposed] = await pairsIn(ctx, "proposed");
  await decidePair(ctx, { pairId: proposed!.id, decision: "accept" });
  await driver.settle();

  expect(await differenceOf(ctx)).toBeNull();
});
