import { and, asc, eq, gt, inArray, notExists, sql } from "drizzle-orm";
import type { Db, DbOrTx } from "@/db/client";
import { concepts, conceptVectors } from "@/db/schema";
import type { LlmFailure } from "@/server/llm/client";
import type { Embedder } from "@/server/llm/embedder";
import { retryPlan } from "@/server/llm/retry-plan";
import type { PairWords } from "./domain/compare-pairs";
import { conceptRow } from "./domain/concept";
import type { ConverseContext } from "./send-exchange";
import { type NamedConcept, storeVectors } from "./store-vectors";

const CHUNK = 128;
const ROUND = 32 * CHUNK;

type EmbedContext = Pick<ConverseContext, "db" | "signal" | "wait">;

/**
 * Sees to it that the embedder in use has been asked about every concept of the project and of these
 * proposals. Outside of any transaction, for it may be far away; what it has said is kept even when it fails
 * half way. Null when all is known, else why it is not.
 */
export async function embedConcepts(
  ctx: EmbedContext,
  embedder: Embedder,
  projectId: string,
  proposed: readonly PairWords[],
): Promise<LlmFailure | null> {
  for (let after = ""; ; ) {
    const unknown = await unknownConcepts(ctx.db, embedder.id, projectId, after);
    const failure = await askAll(ctx, embedder, unknown);
    if (failure) return failure;
    const last = unknown.at(-1);
    if (!last || unknown.length < ROUND) break;
    after = last.key;
  }
  const named = await withoutVector(ctx.db, embedder.id, conceptsOf(proposed));
  return askAll(ctx, embedder, named);
}

async function askAll(
  ctx: EmbedContext,
  embedder: Embedder,
  named: readonly NamedConcept[],
): Promise<LlmFailure | null> {
  for (let at = 0; at < named.length; at += CHUNK) {
    const failure = await ask(ctx, embedder, named.slice(at, at + CHUNK));
    if (failure) return failure;
  }
  return null;
}

export function conceptsOf(pairs: readonly PairWords[]): NamedConcept[] {
  const rows = pairs.flatMap(({ a, b }) => [conceptRow("", a), conceptRow("", b)]);
  return [...new Map(rows.map(({ key, text }) => [key, { key, text }])).values()];
}

async function ask(
  { db, signal, wait }: EmbedContext,
  embedder: Embedder,
  chunk: readonly NamedConcept[],
): Promise<LlmFailure | null> {
  for (let sends = 1; ; sends++) {
    const said = await embedder.embed(
      chunk.map(({ text }) => text),
      signal,
    );
    if (said.ok) {
      await storeVectors(db, embedder.id, chunk, said.vectors);
      return null;
    }
    const waitMs = retryPlan(said, sends, Math.random());
    if (waitMs === null) return said;
    await wait(waitMs, signal);
  }
}

function unknownConcepts(
  db: Db,
  embedder: string,
  projectId: string,
  after: string,
): Promise<NamedConcept[]> {
  const vector = db
    .select({ one: sql`1` })
    .from(conceptVectors)
    .where(and(eq(conceptVectors.embedder, embedder), eq(conceptVectors.key, concepts.key)));
  return db.transaction(async (tx) => {
    // While a table is being filled the planner thinks it is empty and walks it again for each row.
    await tx.execute(sql`set local enable_nestloop = off`);
    return tx
      .select({ key: concepts.key, text: concepts.text })
      .from(concepts)
      .where(and(eq(concepts.projectId, projectId), gt(concepts.key, after), notExists(vector)))
      .orderBy(asc(concepts.key))
      .limit(ROUND);
  });
}

export async function withoutVector(
  db: DbOrTx,
  embedder: string,
  named: readonly NamedConcept[],
): Promise<NamedConcept[]> {
  const keys = named.map(({ key }) => key);
  const known = await db
    .select({ key: conceptVectors.key })
    .from(conceptVectors)
    .where(and(eq(conceptVectors.embedder, embedder), inArray(conceptVectors.key, keys)));
  const has = new Set(known.map(({ key }) => key));
  return named.filter(({ key }) => key !== "" && !has.has(key));
}
