import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq } from "drizzle-orm";
import { connect, type Db } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { pairs, patterns, settings } from "@/db/schema";
import { withTestDatabase } from "@/scripts/lib/test-database.mjs";
import { closeQueue, openQueue } from "@/server/jobs/queue";
import { wake } from "@/server/loop/wake";
import { decidePair } from "@/server/mining/decide-pair";
import { checkPair } from "@/server/mining/domain/check-pair";
import { pairKey } from "@/server/mining/domain/pair-key";
import { insertPairs } from "@/server/mining/insert-pairs";
import type { MemberContext } from "@/server/trpc/context";
import { say, startFakeLlm } from "@/tests/support/fake-llm";
import { pairsAnswer } from "@/tests/support/good-answers";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { makeExampleProject } from "@/tests/support/make/example-project";
import { conceptWords } from "./concept-words";
import "@/tests/support/web-environment";

// `npm run bench:loop`: how long one step of the loop takes with an LLM, a bridge and a rater that answer at once, by
// how many pairs the project has. A step is one job, one decision, one render or one rated grid.
const SIZES = [100, 1000, 10_000] as const;
const ROUNDS = 8;
const BATCH = 10;

type Scene = {
  size: number;
  ctx: MemberContext;
  patternId: string;
  perStepMs: number[];
  steps: number;
};

const home = mkdtempSync(join(tmpdir(), "teacup-bench-"));
process.env.TEACUP_HOME = home;
const llm = await startFakeLlm();
let asked = 0;
// Nearly every pair is one that nobody has proposed before, in the words of everyday things.
const fresh = conceptWords(77);
llm.script((question) => {
  asked += 1;
  if (!question.messages[1]?.content.includes("new pairs")) return say.good(question);
  const pairs = pairsAnswer(question).pairs.map((pair) => ({ ...pair, ...newPair(fresh) }));
  return { text: JSON.stringify({ pairs }) };
});

try {
  await withTestDatabase(async (url: string) => {
    process.env.DATABASE_URL = url;
    await migrateDatabase(url);
    await (await openQueue(url, { supervise: false })).stop({ graceful: false });
    const { db, close } = connect(url, { max: 4 });
    try {
      console.log(JSON.stringify(await measure(db), null, 2));
    } finally {
      await closeQueue();
      await close();
    }
  });
} finally {
  await llm.close();
  rmSync(home, { recursive: true, force: true });
}

async function measure(db: Db) {
  await db.insert(settings).values({
    name: "llm",
    value: { baseUrl: llm.baseUrl, model: "instant", sealedKey: null, deadlineSeconds: 30 },
  });
  const driver = await openLoopDriver(db);
  const scenes: Scene[] = [];
  for (const size of SIZES) scenes.push(await makeScene(db, size));
  await db.execute("vacuum analyze");
  for (let round = 0; round < ROUNDS; round += 1) {
    // There and back again, so that whatever grows with time grows for all of them.
    const order = round % 2 === 0 ? scenes : scenes.toReversed();
    for (const scene of order) scene.perStepMs.push(await liveRound(db, driver, scene));
  }
  // The first round of each warms up.
  const figures = scenes.map(({ size, perStepMs, steps }) => {
    const kept = perStepMs.slice(1).sort((x, y) => x - y);
    const median = kept[Math.floor(kept.length / 2)] ?? 0;
    return {
      pairs: size,
      steps,
      msPerStep: round2(median),
      stepsPerSecond: Math.round(1000 / median),
    };
  });
  const [first, last] = [figures[0], figures.at(-1)];
  const growth = round2((last?.msPerStep ?? 0) / (first?.msPerStep ?? 1));
  return { rounds: ROUNDS - 1, batch: BATCH, exchanges: asked, figures, growth };
}

/** A project whose pairs are all rated but for the batch that comes next. */
async function makeScene(db: Db, size: number): Promise<Scene> {
  const ctx = await makeExampleProject(db, { withPairs: false });
  const { projectId } = ctx.member;
  const [pattern] = await db.select().from(patterns).where(eq(patterns.projectId, projectId));
  if (!pattern) throw new Error("The example has no pattern");
  const of = { projectId, patternId: pattern.id, phase: 2, origin: "llm" } as const;
  const words = conceptWords(size);
  const known = new Map<string, { a: string; b: string }>();
  while (known.size < size) {
    const pair = newPair(words);
    known.set(pairKey(pair.a, pair.b), pair);
  }
  const rows = [...known.values()].map((pair) => ({ ...of, ...pair, state: "accepted" as const }));
  await db.transaction(async (tx) => {
    await insertPairs(tx, rows);
    await tx.update(pairs).set({ stage: "rated" }).where(eq(pairs.patternId, pattern.id));
    await tx
      .update(patterns)
      .set({ isAuto: true, batchSize: BATCH })
      .where(eq(patterns.id, pattern.id));
  });
  return { size, ctx, patternId: pattern.id, perStepMs: [], steps: 0 };
}

/** One batch from its request to its Levels; answers the mean time of a step. */
async function liveRound(db: Db, driver: LoopDriver, scene: Scene): Promise<number> {
  const { ctx, patternId } = scene;
  const startedAt = performance.now();
  let steps = 0;
  await db.transaction((tx) => wake(tx, patternId));
  const settle = async () => {
    while (await driver.runOne()) steps += 1;
  };
  await settle();
  const proposed = await db
    .select({ id: pairs.id })
    .from(pairs)
    .where(and(eq(pairs.patternId, patternId), eq(pairs.state, "proposed")));
  for (const { id } of proposed) await decidePair(ctx, { pairId: id, decision: "accept" });
  steps += proposed.length;
  await settle();
  steps += await driver.lookAtAll(ctx);
  await settle();
  steps += await driver.draw();
  await settle();
  while (await driver.rateOne(ctx, 3)) steps += 1;
  await settle();
  scene.steps += steps;
  return (performance.now() - startedAt) / steps;
}

function newPair(words: ReturnType<typeof conceptWords>): { a: string; b: string } {
  for (;;) {
    const pair = { a: words.concept(), b: words.concept() };
    if (checkPair(pair) === null) return pair;
  }
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
