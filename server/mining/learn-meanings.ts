import { setTimeout } from "node:timers/promises";
import type { Tx } from "@/db/client";
import type { PairWords } from "./domain/compare-pairs";
import { conceptsOf, embedConcepts, withoutVector } from "./embed-concepts";
import type { MiningJobContext } from "./mining-job-context";
import { type Meaning, meaningOf, openEmbedder } from "./open-embedder";
import { storeVectors } from "./store-vectors";

type Learned = { status: "known"; meaning: Meaning } | { status: "waiting"; reason: string };

/** Before proposals are recorded: their concepts and those of the project, as the embedder in use sees them. */
export async function learnMeanings(
  { db, signal, wait = sleep }: MiningJobContext,
  projectId: string,
  proposed: readonly PairWords[],
): Promise<Learned> {
  const embedder = await openEmbedder(db);
  const failure = await embedConcepts({ db, signal, wait }, embedder, projectId, proposed);
  if (failure)
    return { status: "waiting", reason: `Nothing could be compared by meaning. ${failure.reason}` };
  return { status: "known", meaning: await meaningOf(db, embedder) };
}

const sleep = (ms: number, signal: AbortSignal) => setTimeout(ms, undefined, { signal });

/**
 * The same inside a transaction, where nobody far away may be asked: the built-in embedder is, an endpoint's
 * word counts as far as it has spoken before.
 */
export async function knownMeanings(tx: Tx, given: readonly PairWords[]): Promise<Meaning> {
  const embedder = await openEmbedder(tx);
  if (embedder.isBuiltIn) {
    const missing = await withoutVector(tx, embedder.id, conceptsOf(given));
    const said = await embedder.embed(
      missing.map(({ text }) => text),
      new AbortController().signal,
    );
    if (said.ok) await storeVectors(tx, embedder.id, missing, said.vectors);
  }
  return meaningOf(tx, embedder);
}
