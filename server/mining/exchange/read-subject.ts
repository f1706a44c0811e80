import { eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { batches, inquiries, pairs, patterns } from "@/db/schema";

export async function readBatch(db: DbOrTx, id: string) {
  const [batch] = await db
    .select({
      id: batches.id,
      number: batches.number,
      state: batches.state,
      reason: batches.reason,
      patternId: patterns.id,
      pattern: patterns.name,
    })
    .from(batches)
    .innerJoin(patterns, eq(patterns.id, batches.patternId))
    .where(eq(batches.id, id));
  return batch ?? null;
}

export async function readPair(db: DbOrTx, id: string) {
  const [pair] = await db
    .select({
      id: pairs.id,
      a: pairs.conceptA,
      b: pairs.conceptB,
      promptsState: pairs.promptsState,
      promptsReason: pairs.promptsReason,
    })
    .from(pairs)
    .where(eq(pairs.id, id));
  return pair ?? null;
}

export async function readInquiry(db: DbOrTx, id: string) {
  const [inquiry] = await db
    .select({
      id: inquiries.id,
      state: inquiries.state,
      reason: inquiries.reason,
      rerunsId: inquiries.rerunsId,
      patternId: inquiries.patternId,
      pattern: patterns.name,
    })
    .from(inquiries)
    .leftJoin(patterns, eq(patterns.id, inquiries.patternId))
    .where(eq(inquiries.id, id));
  return inquiry ?? null;
}
