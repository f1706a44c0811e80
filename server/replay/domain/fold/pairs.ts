import { z } from "zod";
import { PAIR_STATES, type PairState, REJECT_REASONS } from "@/db/enums";
import { tidyConcept } from "@/server/mining/domain/concept";
import { pairKey } from "@/server/mining/domain/pair-key";
import type { LoopPair } from "../state";
import { type Fold, type Handlers, known } from "./context";

const Words = z.object({ a: z.string(), b: z.string(), latent: z.string().nullish() });
const Added = Words.extend({ patternId: z.string() });
const Edited = z.object({
  after: z.object({
    conceptA: z.string(),
    conceptB: z.string(),
    latent: z.string().nullish(),
  }),
});
const Reason = z.object({ reason: z.enum(REJECT_REASONS).nullish() });
const Imported = z.object({
  pairs: z.array(
    Added.extend({
      id: z.string(),
      phase: z.number(),
      state: z.enum(PAIR_STATES),
      reason: z.enum(REJECT_REASONS).nullable(),
    }),
  ),
  promptSets: z.array(z.object({ pairId: z.string(), texts: z.array(z.string()) })),
});
const Guessed = z.object({ latent: z.string(), isTaken: z.boolean() });
const Texts = z.object({ texts: z.array(z.string()) });

type NewPair = z.infer<typeof Words> & Pick<LoopPair, "patternId" | "phase" | "origin" | "state">;

/** A pair comes in; where it stands follows from how. */
export function addPair({ state }: Fold, id: string, { a, b, latent, ...pair }: NewPair): void {
  state.pairs[id] = {
    ...pair,
    a: tidyConcept(a),
    b: tidyConcept(b),
    latent: latent ? tidyConcept(latent) : null,
    key: pairKey(a, b),
    reason: null,
    stage: pair.state === "accepted" ? "prompts" : null,
  };
}

export function addPromptSet({ state }: Fold, pairId: string, texts: readonly string[]): void {
  let number = 1;
  while (state.promptSets[`${pairId} ${number}`]) number += 1;
  state.promptSets[`${pairId} ${number}`] = texts;
}

const decided =
  (to: PairState): Handlers[string] =>
  ({ state }, id, payload) => {
    const pair = known(state.pairs, id, "pair");
    pair.state = to;
    pair.reason = to === "rejected" ? (Reason.parse(payload).reason ?? null) : null;
    if (to === "accepted") pair.stage ??= "prompts";
    else if (to !== "set_aside") pair.stage = null;
  };

export const pairHandlers: Handlers = {
  "pair.add": (fold, id, payload) => {
    const { patternId, ...words } = Added.parse(payload);
    const { phase } = known(fold.state.patterns, patternId, "pattern");
    addPair(fold, id, { ...words, patternId, phase, origin: "human", state: "accepted" });
  },
  "pairs.import": (fold, _, payload) => {
    const { pairs, promptSets } = Imported.parse(payload);
    for (const { id, reason, ...pair } of pairs) {
      addPair(fold, id, { ...pair, origin: "import" });
      known(fold.state.pairs, id, "pair").reason = reason;
    }
    for (const { pairId, texts } of promptSets) addPromptSet(fold, pairId, texts);
  },
  "pair.accept": decided("accepted"),
  "pair.reject": decided("rejected"),
  "pair.set_aside": decided("set_aside"),
  "pair.undo": decided("proposed"),
  "pair.edit": ({ state }, id, payload) => {
    const { conceptA, conceptB, latent } = Edited.parse(payload).after;
    const pair = known(state.pairs, id, "pair");
    Object.assign(pair, { a: conceptA, b: conceptB, latent: latent ?? null });
    pair.key = pairKey(conceptA, conceptB);
  },
  "pair.guess": ({ state }, id, payload) => {
    const { latent, isTaken } = Guessed.parse(payload);
    if (isTaken) known(state.pairs, id, "pair").latent = latent;
  },
  "prompts.save": (fold, id, payload) => addPromptSet(fold, id, Texts.parse(payload).texts),
};
