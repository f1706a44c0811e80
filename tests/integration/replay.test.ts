import "@/tests/support/web-environment";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { and, eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { decisions, pairs, patterns, proposals } from "@/db/schema";
import { startRun } from "@/server/generation/start-run";
import { addPairs } from "@/server/mining/add-pairs";
import { createPattern } from "@/server/mining/create-pattern";
import { decideDuplicate } from "@/server/mining/decide-duplicate";
import { decidePair } from "@/server/mining/decide-pair";
import { editPair } from "@/server/mining/edit-pair";
import { requestBatch } from "@/server/mining/request-batch";
import { recordDecision } from "@/server/project/record-decision";
import { beginLogs } from "@/server/replay/begin-logs";
import { firstDifference } from "@/server/replay/domain/first-difference";
import { rebuild } from "@/server/replay/domain/rebuild";
import { readHeldState } from "@/server/replay/read-held-state";
import { readEvidence, readLog } from "@/server/replay/read-log";
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
/** `npm run replay` for one project: what it says and how it ends. */
async function replayAsCommand(projectId: string) {
  const args = ["--import", "tsx", "server/replay/main.ts", "--project", projectId];
  const child = spawn(process.execPath, args);
  const said: Buffer[] = [];
  child.stderr.on("data", (chunk) => said.push(chunk));
  const [code] = await once(child, "close");
  return { code, said: Buffer.concat(said).toString("utf8").trim() };
}
const differenceOf = async ({ member }: MemberContext) =>
  (await replay(db, member.projectId)).difference;

const actionsOf = async ({ member }: MemberContext) => {
  const rows = await db
    .selectDistinct({ action: decisions.action })
    .from(decisions)
    .where(eq(decisions.projectId, member.projectId));
  return rows.map(({ action }) => action);
};

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

test("a log that lacks a page is told as the first difference, by the command too", async () => {
  const ctx = await liveThrough();
  const { projectId } = ctx.member;
  const log = await readLog(db, projectId);
  const evidence = await readEvidence(db, projectId);
  const created = log.findIndex(({ action }) => action === "pattern.create");
  const requested = log.find(({ action }) => action === "batch.request")!;

  expect(rebuild(log.toSpliced(created, 1), evidence)).toMatchObject({
    broken: { problem: expect.stringMatching(/^it speaks of pattern .+, which it never made$/) },
  });
  const torn = log.map((entry) => (entry === requested ? { ...entry, payload: {} } : entry));
  expect(rebuild(torn, evidence)).toMatchObject({
    broken: {
      path: `decision ${requested.seq} (batch.request)`,
      problem: expect.stringContaining("patternId"),
    },
  });

  const forged = { actorId: null, action: "pattern.retire", subjectId: projectId, payload: {} };
  await db.transaction((tx) => recordDecision(tx, { projectId, ...forged }));
  expect(await replayAsCommand(projectId)).toEqual({
    code: 1,
    said: expect.stringMatching(
      /^First difference at decision \d+ \(pattern\.retire\): it speaks of pattern .+, which it never made\.$/,
    ),
  });
});

test("an answer that its contract would not take any more is told as the first difference", async () => {
  const llm = await startFakeLlm();
  await useLlm(db, llm.baseUrl);
  const ctx = await liveThrough();
  await clearLlm(db);
  await llm.close();
  const log = await readLog(db, ctx.member.projectId);
  const evidence = await readEvidence(db, ctx.member.projectId);
  const exchanges = new Map(
    [...evidence.exchanges].map(([id, exchange]) => [id, { ...exchange, answer: '{"pairs": []}' }]),
  );

  expect(rebuild(log, { ...evidence, exchanges })).toMatchObject({
    broken: {
      path: expect.stringMatching(/^decision \d+ \([a-z.]+\)$/),
      problem: expect.stringMatching(/^the answer of exchange .+ cannot be read as .+ any more: /),
    },
  });
});

test("a first page from before batches and reasons were compared tells nothing of them", async () => {
  const ctx = await liveThrough();
  const evidence = await readEvidence(db, ctx.member.projectId);
  const held = await readHeldState(db, ctx.member.projectId);
  const { batches: told, saturation, ...state } = held;
  const old = Object.entries(saturation).map(([name, { reason: _, ...row }]) => [name, row]);
  const ids = Object.keys(told);
  const payload = {
    state: { ...state, saturation: Object.fromEntries(old) },
    batches: ids.map((id) => ({ id, patternId: "a", proposer: "b", isRetest: false })),
    tallies: [],
  };
  const page = { seq: 1, action: "loop.snapshot", subjectId: null, payload };

  const rebuilt = rebuild([page], evidence);

  expect(ids.length).toBeGreaterThan(0);
  expect("state" in rebuilt && firstDifference(rebuilt.state, held)).toBeNull();
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
