import { and, asc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { pairs, patterns } from "@/db/schema";
import { startRun } from "@/server/generation/start-run";
import { openPhase } from "@/server/loop/phases";
import { approvePattern } from "@/server/mining/approve-pattern";
import { decidePair } from "@/server/mining/decide-pair";
import { requestBatch } from "@/server/mining/request-batch";
import { requestMerge } from "@/server/mining/request-merge";
import { requestNewPatterns } from "@/server/mining/request-new-patterns";
import type { MemberContext } from "@/server/trpc/context";
import type { LoopDriver } from "./loop-driver";
import { makeExampleProject } from "./make/example-project";

/** From the example's seeds to a rated pair of a crossed pattern, by the product's verbs and jobs. */
export async function liveFourPhases(db: Db, driver: LoopDriver): Promise<MemberContext> {
  const ctx = await makeExampleProject(db, { withPairs: true });
  await driver.settle();
  const [first, second] = await patternsOf(ctx, "approved");
  await fillPattern(ctx, driver, first!);
  await openPhase(ctx, { number: 3 });
  await requestNewPatterns(ctx, { n: 2 });
  await driver.settle();
  const [found] = await patternsOf(ctx, "proposed");
  await approvePattern(ctx, { patternId: found! });
  await fillPattern(ctx, driver, found!);
  await openPhase(ctx, { number: 4 });
  await requestMerge(ctx, { patternAId: second!, patternBId: found! });
  await driver.settle();
  const crossed = (await patternsOf(ctx, "proposed")).at(-1);
  await approvePattern(ctx, { patternId: crossed! });
  await fillPattern(ctx, driver, crossed!);
  return ctx;
}

/** One batch, its pairs accepted, drawn and rated; the last one is rejected. */
async function fillPattern(ctx: MemberContext, driver: LoopDriver, patternId: string) {
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
  await startRun(ctx, { pairIds: accepted });
  await driver.draw();
  await driver.settle();
  for (let correct = 0; await driver.rateOne(ctx, correct % 7); correct += 3) {
    // Each grid gets another count of correct images.
  }
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
