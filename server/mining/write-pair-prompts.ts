import { and, eq, inArray } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { type Pair, pairs } from "@/db/schema";
import type { JobPayload } from "@/server/jobs/contracts";
import { notifyLive } from "@/server/live/live";
import { wakePairs } from "@/server/loop/wake";
import { recordDecision } from "@/server/project/record-decision";
import { converse } from "./converse";
import { writePrompts } from "./exchanges/write-prompts";
import { insertPromptSet } from "./insert-prompt-set";
import { converseContext, type MiningJobContext } from "./mining-job-context";
import { readKnownWords } from "./read-drawable";
import { readPairGuidance } from "./read-guidance";

/**
 * Safe to run twice: the exchange is stored before it is sent, and the set is written only
 * while the pair's prompts are running, in the transaction that ends that state.
 */
export async function writePairPrompts(
  { pairId }: JobPayload<"mining.writePrompts">,
  ctx: MiningJobContext,
): Promise<void> {
  const pair = await findPair(ctx.db, pairId);
  if (!pair) return;
  // A decision taken back while the job waited: nothing to write, and nothing left running.
  if (pair.state !== "accepted")
    return ctx.db.transaction((tx) => leave(tx, pair, { promptsState: "cancelled" }));
  const { guidance, used } = await readPairGuidance(ctx.db, pair);
  const known = await readKnownWords(ctx.db, pair.projectId);
  const subject = {
    projectId: pair.projectId,
    batchId: null,
    pairId,
    inquiryId: null,
    parameters: {},
    used,
    mayRepair: true,
    isFresh: pair.promptsState === "queued",
    begin: async (tx: Tx) => {
      const taken = await tx
        .update(pairs)
        .set({ promptsState: "running" })
        .where(isUnderWay(pairId))
        .returning({ id: pairs.id });
      return taken.length > 0;
    },
    hold: (tx: Tx, reason: string) => letWait(tx, pair, reason, "tokens"),
  };
  const input = { a: pair.conceptA, b: pair.conceptB, latent: pair.latent, ...known, guidance };
  const result = await converse(await converseContext(ctx), subject, writePrompts, input);
  if (result.status === "held") return;
  if (result.status === "waiting")
    return ctx.db.transaction((tx) => letWait(tx, pair, result.reason, null));
  return store(ctx.db, pair, result.value.prompts, result.exchangeId);
}

async function findPair(db: Db, pairId: string): Promise<Pair | undefined> {
  const [pair] = await db.select().from(pairs).where(isUnderWay(pairId));
  return pair;
}

/** Neither written, nor held, nor given up: only then does anything come of it. */
const isUnderWay = (pairId: string) =>
  and(eq(pairs.id, pairId), inArray(pairs.promptsState, ["queued", "running"]));

const letWait = (
  tx: Tx,
  pair: Pair,
  promptsReason: string,
  promptsHeldBy: Pair["promptsHeldBy"],
): Promise<void> => leave(tx, pair, { promptsState: "waiting", promptsReason, promptsHeldBy });

async function leave(
  tx: Tx,
  { id, projectId }: Pair,
  change: Partial<Pick<Pair, "promptsState" | "promptsReason" | "promptsHeldBy">>,
): Promise<void> {
  await tx.update(pairs).set(change).where(isUnderWay(id));
  await notifyLive(tx, { projectId, topic: "pair", id });
  await wakePairs(tx, [id]);
}

async function store(
  db: Db,
  { id, projectId }: Pair,
  texts: readonly string[],
  exchangeId: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [locked] = await tx
      .update(pairs)
      .set({ promptsState: "done", promptsReason: null })
      .where(and(eq(pairs.id, id), eq(pairs.promptsState, "running")))
      .returning({ id: pairs.id });
    if (!locked) return;
    await insertPromptSet(tx, { projectId, pairId: id, texts, author: "llm", exchangeId });
    await recordDecision(tx, {
      projectId,
      actorId: null,
      action: "prompts.record",
      subjectId: id,
      payload: { exchangeId },
    });
    await notifyLive(tx, { projectId, topic: "pair", id });
    await wakePairs(tx, [id]);
  });
}
