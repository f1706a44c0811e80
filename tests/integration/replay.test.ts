import "@/tests/support/web-environment";
import { and, eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { decisions, exchanges, pairs, patterns, proposals } from "@/db/schema";
import { startRun } from "@/server/generation/start-run";
import { handlers } from "@/server/jobs/handlers";
import { createPattern } from "@/server/mining/create-pattern";
import { decideDuplicate } from "@/server/mining/decide-duplicate";
import { decidePair } from "@/server/mining/decide-pair";
import { requestBatch } from "@/server/mining/request-batch";
import { beginLogs } from "@/server/replay/begin-logs";
import { replay } from "@/server/replay/replay";
import type { MemberContext } from "@/server/trpc/context";
import { Crash, crashingDb } from "@/tests/support/crashing-db";
import { startFakeLlm } from "@/tests/support/fake-llm";
import { liveEveryDecision } from "@/tests/support/live-every-decision";
import { liveFourPhases } from "@/tests/support/live-four-phases";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { makeExampleProject } from "@/tests/support/make/example-project";
import { makeMember } from "@/tests/support/make/member";
import { clearLlm, miningJob, setUpLlm } from "@/tests/support/mining-job";
import { storageHome } from "@/tests/support/storage-home";
import { tellOfJudge } from "@/tests/support/tell-of-judge";
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

const actionsOf = async ({ member }: MemberContext) => {
  const rows = await db
    .selectDistinct({ action: decisions.action })
    .from(decisions)
    .where(eq(decisions.projectId, member.projectId));
  return rows.map(({ action }) => action);
};

const liveThrough = () => liveEveryDecision(db, driver);

test("a loop that was lived through replays identically from its log", async () => {
  const ctx = await liveThrough();

  expect(await differenceOf(ctx)).toBeNull();
  expect((await replay(db, ctx.member.projectId)).decisions).toBeGreaterThan(15);
});

test("a loop of all four phases with an LLM replays identically", async () => {
  const llm = await startFakeLlm();
  await setUpLlm(db, llm.baseUrl);
  const ctx = await liveFourPhases(db, driver);
  const rated = await db
    .select({ phase: pairs.phase })
    .from(pairs)
    .where(and(eq(pairs.projectId, ctx.member.projectId), eq(pairs.stage, "rated")));
  await clearLlm(db);
  await llm.close();

  expect([...new Set(rated.map(({ phase }) => phase))].sort()).toEqual([2, 3, 4]);
  expect(await actionsOf(ctx)).toEqual(
    expect.arrayContaining([
      "phase.offer",
      "look.judge",
      "look.undo",
      "batch.pick",
      "pairs.import",
    ]),
  );
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

test.each([
  [
    "the rater time",
    sql`budget set settled = settled + (kind = 'rater_ms')::int`,
    /^budgets\.rater_ms\.settled$/,
  ],
  ["the judged proposals", sql`batch set judged = judged + 1`, /^batches\..+\.judged$/],
  ["a likeness", sql`batch set mean_similarity = 0.5`, /^batches\..+\.meanSimilarity$/],
  ["the reason of a gauge", sql`saturation set reason = 'Forged'`, /^saturation\..+\.reason$/],
])("when %s is forged, that is the first difference", async (_what, forge, path) => {
  const ctx = await liveThrough();
  expect(await differenceOf(ctx)).toBeNull();
  await db.execute(sql`update ${forge} where project_id = ${ctx.member.projectId}`);

  expect((await differenceOf(ctx))?.path).toMatch(path);
});

test("what a question costs whose process died before the answer replays too", async () => {
  const llm = await startFakeLlm();
  await setUpLlm(db, llm.baseUrl);
  const ctx = await makeExampleProject(db, { withPairs: false });
  await requestBatch(ctx, { patternId: await patternOf(ctx), n: 5 });
  const [job] = await driver.queued();
  // Dies in the transaction after the question was stored and sent: its end is never written.
  const dying = { ...miningJob(db), db: crashingDb(db, 1) };
  await expect(handlers[job!.name](job!.data, dying)).rejects.toThrow(Crash);
  await driver.settle();
  const closed = await db
    .select({ latencyMs: exchanges.latencyMs })
    .from(exchanges)
    .where(and(eq(exchanges.projectId, ctx.member.projectId), eq(exchanges.outcome, "failed")));
  await clearLlm(db);
  await llm.close();

  expect(closed).toEqual([{ latencyMs: null }]);
  expect(await differenceOf(ctx)).toBeNull();
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

test("a run that an endpoint judged unasked replays too", async () => {
  const ctx = await liveThrough();
  await tellOfJudge(db, { scorers: ["oracle"], judges: ["judged"] });
  await startRun(ctx, {});
  await driver.draw("sketch", {
    model: { name: "judged", revision: "1" },
    method: { name: "plain", version: "1", parameters: {} },
  });
  await driver.settle();

  expect(await actionsOf(ctx)).toContain("scoring.start");
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
