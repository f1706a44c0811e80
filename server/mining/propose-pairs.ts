import { and, eq, inArray } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { batches, type Pattern, patterns } from "@/db/schema";
import type { JobPayload } from "@/server/jobs/contracts";
import { notifyLive } from "@/server/live/live";
import { converse } from "./converse";
import { type ExpandInput, expandPattern } from "./exchanges/expand-pattern";
import type { AskedWith } from "./inquiry-input/asked-with";
import { learnMeanings } from "./learn-meanings";
import { converseContext, type MiningJobContext } from "./mining-job-context";
import { readDrawable } from "./read-drawable";
import { readFeedback } from "./read-feedback";
import { guidanceTexts, guidanceUsed, readGuidance } from "./read-guidance";
import { recordProposals } from "./record-proposals";

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
  const { input, used } = await readExpandInput(ctx.db, batch, pattern);
  const subject = {
    projectId: batch.projectId,
    batchId,
    pairId: null,
    inquiryId: null,
    parameters: batch.temperature === null ? {} : { temperature: batch.temperature },
    used,
    mayRepair: true,
    isFresh: batch.state === "queued",
    begin: async (tx: Tx) => {
      const taken = await tx
        .update(batches)
        .set({ state: "running" })
        .where(isUnderWay(batchId))
        .returning({ id: batches.id });
      await notifyLive(tx, { projectId: batch.projectId, topic: "batch", id: batchId });
      return taken.length > 0;
    },
    hold: (tx: Tx, reason: string) => letWait(tx, batch, { reason, heldBy: "tokens" }),
  };
  const result = await converse(await converseContext(ctx), subject, expandPattern, input);
  if (result.status === "held") return;
  if (result.status === "waiting") {
    const { reason } = result;
    return ctx.db.transaction((tx) => letWait(tx, batch, { reason, heldBy: null }));
  }
  const meaning = await learnMeanings(ctx, batch.projectId, result.value.pairs);
  if (meaning.status === "waiting") {
    const { reason } = meaning;
    return ctx.db.transaction((tx) => letWait(tx, batch, { reason, heldBy: null }));
  }
  return recordProposals(ctx.db, batch, pattern, { ...result, meaning: meaning.meaning });
}

type Batch = typeof batches.$inferSelect;

async function findBatch(db: Db, batchId: string) {
  const [found] = await db
    .select({ batch: batches, pattern: patterns })
    .from(batches)
    .innerJoin(patterns, eq(patterns.id, batches.patternId))
    .where(isUnderWay(batchId));
  return found;
}

/** Neither done, nor held, nor given up: only then does anything come of it. */
const isUnderWay = (batchId: string) =>
  and(eq(batches.id, batchId), inArray(batches.state, ["queued", "running"]));

async function readExpandInput(
  db: Db,
  batch: Batch,
  pattern: Pattern,
): Promise<AskedWith<ExpandInput>> {
  const { projectId, id, name, definition } = pattern;
  const [{ exemplarIds, ...feedback }, guidance, drawable] = await Promise.all([
    readFeedback(db, pattern, batch.seed),
    readGuidance(db, { projectId, patternIds: [id] }),
    readDrawable(db, projectId),
  ]);
  return {
    input: {
      pattern: { name, definition },
      ...feedback,
      ...drawable,
      guidance: guidanceTexts(guidance),
      n: batch.asked,
      seed: batch.seed,
    },
    used: { guidance: guidanceUsed(guidance), exemplarIds },
  };
}

async function letWait(
  tx: Tx,
  batch: Batch,
  why: Pick<Batch, "heldBy"> & { reason: string },
): Promise<void> {
  await tx
    .update(batches)
    .set({ state: "waiting", ...why })
    .where(isUnderWay(batch.id));
  await notifyLive(tx, { projectId: batch.projectId, topic: "batch", id: batch.id });
}
