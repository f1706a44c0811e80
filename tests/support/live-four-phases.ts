import { and, asc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { pairs, patterns, quickLooks } from "@/db/schema";
import { startPrecheck } from "@/server/generation/start-precheck";
import { startRun } from "@/server/generation/start-run";
import { undoLook } from "@/server/generation/undo-look";
import { openPhase } from "@/server/loop/phases";
import { approvePattern } from "@/server/mining/approve-pattern";
import { decidePair } from "@/server/mining/decide-pair";
import { pairBoard } from "@/server/mining/pair-board";
import { proposePicked } from "@/server/mining/propose-picked";
import { requestBatch } from "@/server/mining/request-batch";
import { requestConceptSets } from "@/server/mining/request-concept-sets";
import { requestMerge } from "@/server/mining/request-merge";
import { requestNewPatterns } from "@/server/mining/request-new-patterns";
import { requestRetest } from "@/server/mining/request-retest";
import { setPatternLoop } from "@/server/mining/set-pattern-loop";
import type { MemberContext } from "@/server/trpc/context";
import { bringIn } from "./bring-in";
import type { LoopDriver } from "./loop-driver";
import { makeExampleProject } from "./make/example-project";

/**
 * From the example's seeds to a rated pair of a crossed pattern, by the product's verbs and jobs: with a batch that
 * runs dry and is tested again, quick looks, combinations picked from two sets, and pairs that a file brought.
 */
export async function liveFourPhases(db: Db, driver: LoopDriver): Promise<MemberContext> {
  const ctx = await makeExampleProject(db, { withPairs: true });
  await driver.settle();
  const [first, second] = await patternsOf(ctx, "approved");
  await fillPattern(ctx, driver, first!);
  await runDry(ctx, driver, first!);
  await bringIn(
    ctx,
    "A,B,pattern\nwalrus,letter box,Things that came by file\notter,piano,Things that came by file",
    {
      fileName: "pairs.csv",
    },
  );
  await openPhase(ctx, { number: 3 });
  await requestNewPatterns(ctx, { n: 2 });
  await driver.settle();
  const [found] = await patternsOf(ctx, "proposed");
  await approvePattern(ctx, { patternId: found! });
  await fillPattern(ctx, driver, found!, { withLooks: true });
  await pickFromSets(ctx, driver, found!);
  await openPhase(ctx, { number: 4 });
  await requestMerge(ctx, { patternAId: second!, patternBId: found! });
  await driver.settle();
  const crossed = (await patternsOf(ctx, "proposed")).at(-1);
  await approvePattern(ctx, { patternId: crossed! });
  await fillPattern(ctx, driver, crossed!);
  return ctx;
}

/** One batch, its pairs accepted, drawn and rated; the last one is rejected. */
async function fillPattern(
  ctx: MemberContext,
  driver: LoopDriver,
  patternId: string,
  { withLooks = false } = {},
) {
  await requestBatch(ctx, { patternId, n: 5 });
  await driver.settle();
  const proposed = await ctx.db
    .select({ id: pairs.id })
    .from(pairs)
    .where(and(eq(pairs.patternId, patternId), eq(pairs.state, "proposed")))
    .orderBy(asc(pairs.id));
  const [rejected, ...accepted] = proposed.map(({ id }) => id).reverse();
  await decidePair(ctx, { pairId: rejected!, decision: "reject", reason: "unclear" });
  for (const pairId of accepted) await decidePair(ctx, { pairId, decision: "accept" });
  await driver.settle();
  if (withLooks) await lookFirst(ctx, driver, accepted);
  await startRun(ctx, { pairIds: accepted });
  await driver.draw();
  await driver.settle();
  for (let correct = 0; await driver.rateOne(ctx, correct % 7); correct += 3) {
    // Each grid gets another count of correct images.
  }
  await driver.settle();
}

/** All are judged plainly fine, which sets them aside; that is taken back, and they are worth a grid after all. */
async function lookFirst(ctx: MemberContext, driver: LoopDriver, pairIds: string[]) {
  await startPrecheck(ctx, { pairIds });
  await driver.draw();
  await driver.settle();
  await driver.lookAtAll(ctx, "fine");
  const looks = await ctx.db
    .select({ id: quickLooks.id })
    .from(quickLooks)
    .where(and(eq(quickLooks.projectId, ctx.member.projectId), eq(quickLooks.kind, "precheck")));
  for (const { id: lookId } of looks) await undoLook(ctx, { lookId });
  await driver.lookAtAll(ctx, "wrong");
  await driver.settle();
}

/** The proposer says the same again, twice, and once more in the re-test. */
async function runDry(ctx: MemberContext, driver: LoopDriver, patternId: string) {
  for (let batch = 0; batch < 2; batch += 1) {
    await requestBatch(ctx, { patternId, n: 5 });
    await driver.settle();
  }
  await setPatternLoop(ctx, { patternId, isAuto: false, askSteps: [], batchSize: 5 });
  await requestRetest(ctx, { patternId, temperature: 1.2 });
  await driver.settle();
}

async function pickFromSets(ctx: MemberContext, driver: LoopDriver, patternId: string) {
  await requestConceptSets(ctx, { patternId });
  await driver.settle();
  const { set } = await pairBoard(ctx, patternId);
  const picks = [2, 5, 11].map((row) => ({ row, column: row + 1 }));
  await proposePicked(ctx, { conceptSetId: set!.id, picks });
  await driver.settle();
}

async function patternsOf({ db, member }: MemberContext, state: "approved" | "proposed") {
  const rows = await db
    .select({ id: patterns.id })
    .from(patterns)
    .where(and(eq(patterns.projectId, member.projectId), eq(patterns.state, state)))
    .orderBy(asc(patterns.id));
  return rows.map(({ id }) => id);
}
