import { and, desc, eq, inArray } from "drizzle-orm";
import type { Db } from "@/db/client";
import { batches, type Pattern, pairs, patterns } from "@/db/schema";
import type { JobPayload } from "@/server/jobs/contracts";
import { notifyLive } from "@/server/live/live";
import { converse } from "./converse";
import { type ExpandInput, expandPattern } from "./exchanges/expand-pattern";
import { converseContext, type MiningJobContext } from "./mining-job-context";
import { recordProposals } from "./record-proposals";
import { NOTHING_USED } from "./send-exchange";

const EXEMPLARS = 8;

/**
 * Safe to run twice: each exchange is stored under the batch before it is sent, so a second run
 * reads the stored answer, and recordProposals writes only while the batch is running.
 */
export async function proposePairs(
  { batchId }: JobPayload<"mining.propose">,
  ctx: MiningJobContext,
): Promise<void> {
  const found = await findBatch(ctx.db, batchId);
  if (!found) return;
  const { batch, pattern } = found;
  const input: ExpandInput = {
    pattern: { name: pattern.name, definition: pattern.definition },
    ...(await examples(ctx.db, pattern)),
    n: batch.asked,
    seed: batch.seed,
  };
  const subject = {
    projectId: batch.projectId,
    batchId,
    pairId: null,
    inquiryId: null,
    parameters: batch.temperature === null ? {} : { temperature: batch.temperature },
    used: NOTHING_USED,
    isFresh: batch.state === "queued",
    begin: async (tx: Parameters<typeof notifyLive>[0]) => {
      await tx.update(batches).set({ state: "running" }).where(eq(batches.id, batchId));
      await notifyLive(tx, { projectId: batch.projectId, topic: "batch", id: batchId });
    },
  };
  const result = await converse(await converseContext(ctx), subject, expandPattern, input);
  if (result.status === "waiting") return letWait(ctx.db, batch, result.reason);
  return recordProposals(ctx.db, batch, pattern, result);
}

async function findBatch(db: Db, batchId: string) {
  const [found] = await db
    .select({ batch: batches, pattern: patterns })
    .from(batches)
    .innerJoin(patterns, eq(patterns.id, batches.patternId))
    .where(and(eq(batches.id, batchId), inArray(batches.state, ["queued", "running"])));
  return found;
}

async function examples(
  db: Db,
  pattern: Pattern,
): Promise<Pick<ExpandInput, "exemplars" | "rejected">> {
  const newest = (state: "accepted" | "rejected") =>
    db
      .select({ a: pairs.conceptA, b: pairs.conceptB, latent: pairs.latent, reason: pairs.reason })
      .from(pairs)
      .where(
        and(
          eq(pairs.projectId, pattern.projectId),
          eq(pairs.patternId, pattern.id),
          eq(pairs.state, state),
        ),
      )
      .orderBy(desc(pairs.id))
      .limit(EXEMPLARS);
  const [accepted, rejected] = await Promise.all([newest("accepted"), newest("rejected")]);
  return {
    exemplars: accepted.map(({ a, b, latent }) => ({ a, b, latent })),
    rejected: rejected.map(({ a, b, reason }) => ({ a, b, reason: reason ?? "other" })),
  };
}

async function letWait(db: Db, batch: typeof batches.$inferSelect, reason: string): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .update(batches)
      .set({ state: "waiting", reason })
      .where(and(eq(batches.id, batch.id), eq(batches.state, "running")));
    await notifyLive(tx, { projectId: batch.projectId, topic: "batch", id: batch.id });
  });
}
