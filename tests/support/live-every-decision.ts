import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { pairs, patterns } from "@/db/schema";
import { cancelRun } from "@/server/generation/cancel-run";
import { startRun } from "@/server/generation/start-run";
import { addPairs } from "@/server/mining/add-pairs";
import { decidePair } from "@/server/mining/decide-pair";
import { editPair } from "@/server/mining/edit-pair";
import { requestBatch } from "@/server/mining/request-batch";
import type { MemberContext } from "@/server/trpc/context";
import type { LoopDriver } from "./loop-driver";
import { makeExampleProject } from "./make/example-project";

/** Seeds, two batches that repeat each other, every kind of decision, prompts, images and Levels. */
export async function liveEveryDecision(db: Db, driver: LoopDriver): Promise<MemberContext> {
  const ctx = await makeExampleProject(db, { withPairs: false });
  const { projectId } = ctx.member;
  const [pattern] = await db.select().from(patterns).where(eq(patterns.projectId, projectId));
  const patternId = pattern!.id;
  await addPairs(ctx, {
    patternId,
    pairs: [{ a: "An iced  Coke", b: "tea cups", latent: "a glass" }],
  });
  for (const n of [15, 15, 15]) {
    await requestBatch(ctx, { patternId, n });
    await driver.settle();
  }
  const [first, second, third, fourth, fifth] = await db
    .select()
    .from(pairs)
    .where(and(eq(pairs.projectId, projectId), eq(pairs.state, "proposed")))
    .orderBy(pairs.id);
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
  const { number } = await startRun(ctx, { pairIds: [third!.id] });
  await cancelRun(ctx, { number });
  return ctx;
}
