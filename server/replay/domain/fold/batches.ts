import { z } from "zod";
import type { ProposalOutcome } from "@/db/enums";
import { checkPair } from "@/server/mining/domain/check-pair";
import { tidyConcept } from "@/server/mining/domain/concept";
import { phaseOfNewPairs } from "@/server/mining/domain/phase-of-new-pairs";
import { createTwinIndex } from "@/server/mining/domain/twin-index";
import { expandPattern } from "@/server/mining/exchanges/expand-pattern";
import { writePrompts } from "@/server/mining/exchanges/write-prompts";
import { BrokenLog } from "../broken-log";
import { UNTOLD } from "../state";
import { answerOf } from "./answer-of";
import { type Fold, type Handlers, known } from "./context";
import { addPair, addPromptSet } from "./pairs";
import { countBatch, moveTally, type Settled } from "./saturation";

const Requested = z.object({
  patternId: z.string(),
  proposer: z.string(),
  isRetest: z.boolean().default(false),
});
const Words = z.object({ a: z.string(), b: z.string(), latent: z.string().nullish() });
const Given = z.object({ patternId: z.string(), proposer: z.string(), pairs: z.array(Words) });
const Retried = z.object({ proposer: z.string() });
const Recorded = z.object({
  exchangeId: z.string().nullable(),
  pairIds: z.array(z.string().nullable()),
  /** What the embedder found alike: it stands outside of the log, so its findings are in it. */
  meant: z.array(z.object({ ordinal: z.number(), twinId: z.string() })).default([]),
});
type Recorded = z.infer<typeof Recorded>;
const Written = z.object({ exchangeId: z.string() });
const Settling = z.object({
  pairId: z.string().nullable(),
  twinId: z.string().nullable(),
  batchId: z.string(),
  ordinal: z.number(),
});

const NOTHING_YET = { returned: 0, fresh: 0, judged: 0, meanSimilarity: null };

export const batchHandlers: Handlers = {
  "batch.request": ({ state, batches }, id, payload) => {
    state.batches[id] = NOTHING_YET;
    batches.set(id, { ...Requested.parse(payload), given: null });
  },
  "batch.give": ({ state, batches }, id, payload) => {
    state.batches[id] = NOTHING_YET;
    const { pairs, ...batch } = Given.parse(payload);
    batches.set(id, { ...batch, isRetest: false, given: pairs });
  },
  "batch.retry": (fold, id, payload) => {
    batchOf(fold, id).proposer = Retried.parse(payload).proposer;
  },
  "batch.record": (fold, id, payload) => {
    const recorded = Recorded.parse(payload);
    const answer = recorded.exchangeId
      ? answerOf(fold, recorded.exchangeId, expandPattern).pairs
      : batchOf(fold, id).given;
    if (!answer) throw new BrokenLog(`batch ${id} has neither an exchange nor given pairs`);
    recordAnswer(fold, id, answer, recorded);
  },
  "prompts.record": (fold, pairId, payload) => {
    const { exchangeId } = Written.parse(payload);
    addPromptSet(fold, pairId, answerOf(fold, exchangeId, writePrompts).prompts);
  },
  "duplicate.keep": (fold, _id, payload) => {
    const { pairId, twinId, batchId, ordinal } = Settling.parse(payload);
    const proposal = known(fold.state.proposals, `${batchId} ${ordinal}`, "proposal");
    if (!pairId || !twinId) throw new BrokenLog("a kept duplicate has neither pair nor twin");
    Object.assign(proposal, { outcome: "overruled", pairId });
    addProposed(fold, { batchId, pairId, words: { ...proposal, latent: null } });
    moveTally(fold, batchOf(fold, batchId), twinId, pairId);
    const batch = known(fold.state.batches, batchId, "batch");
    if (batch !== UNTOLD) fold.state.batches[batchId] = { ...batch, fresh: batch.fresh + 1 };
  },
};

type Proposed = z.infer<typeof Words>;

/** What became of each proposal follows from the answer and the pairs there were; only new ids come from the log. */
function recordAnswer(
  fold: Fold,
  batchId: string,
  answer: readonly Proposed[],
  { pairIds, meant }: Recorded,
): void {
  const { state } = fold;
  const twins = createTwinIndex(
    Object.entries(state.pairs).map(([id, { a, b }]) => ({ id, a, b })),
  );
  const settled = answer.map((words, index): Settled => {
    const { a, b } = words;
    const keep = (outcome: ProposalOutcome, more: Partial<Settled> = {}) => {
      const twinId = more.twinId ?? null;
      const pairId = more.pairId ?? null;
      const proposal = { a: tidyConcept(a), b: tidyConcept(b), outcome, twinId, pairId };
      state.proposals[`${batchId} ${index + 1}`] = { ...proposal, step: more.step ?? null };
      return { a, b, outcome, twinId, pairId, step: more.step ?? null };
    };
    if (checkPair(words)) return keep("invalid");
    const twin = twins.find(words);
    if (twin) return keep("duplicate", { twinId: twin.pair.id, step: twin.step });
    const pairId = pairIds[index];
    const nearest = meant.find(({ ordinal }) => ordinal === index + 1);
    const beside = nearest && { twinId: nearest.twinId, step: "embedding" };
    if (beside && !pairId) return keep("duplicate", beside);
    if (!pairId)
      throw new BrokenLog(`proposal ${index + 1} of batch ${batchId} is new, and has no id`);
    addProposed(fold, { batchId, pairId, words });
    twins.add({ id: pairId, a: tidyConcept(a), b: tidyConcept(b) });
    return keep("new", { pairId, ...beside });
  });
  const figures = countBatch(fold, batchOf(fold, batchId), settled);
  state.batches[batchId] = { returned: answer.length, ...figures };
}

function addProposed(
  fold: Fold,
  { batchId, pairId, words }: { batchId: string; pairId: string; words: Proposed },
): void {
  const { patternId } = batchOf(fold, batchId);
  const phase = phaseOfNewPairs(known(fold.state.patterns, patternId, "pattern"));
  addPair(fold, pairId, { ...words, patternId, phase, origin: "llm", state: "proposed" });
}

function batchOf({ batches }: Fold, batchId: string) {
  const batch = batches.get(batchId);
  if (!batch) throw new BrokenLog(`it speaks of batch ${batchId}, which nobody asked for`);
  return batch;
}
