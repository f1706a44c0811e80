import { z } from "zod";
import { PATTERN_CATEGORIES } from "@/db/enums";
import { type Fold, type Handlers, known } from "./context";

const Named = z.object({
  name: z.string(),
  definition: z.string().default(""),
  category: z.enum(PATTERN_CATEGORIES),
});
// One that was imported brings its phase along.
const Created = Named.extend({ phase: z.number().default(1) });
const Updated = z.object({ to: Named });
const Proposed = Named.extend({ phase: z.number(), parentIds: z.array(z.string()) });
const Approved = Named.extend({ movedPairIds: z.array(z.string()) });
const Merged = z.object({ intoId: z.string(), movedPairIds: z.array(z.string()) });

export const patternHandlers: Handlers = {
  "pattern.create": ({ state }, id, payload) => {
    const named = Created.parse(payload);
    state.patterns[id] = { ...named, state: "approved", parents: [], mergedInto: null };
  },
  "pattern.update": ({ state }, id, payload) => {
    Object.assign(known(state.patterns, id, "pattern"), Updated.parse(payload).to);
  },
  "pattern.propose": ({ state }, id, payload) => {
    const { parentIds, ...words } = Proposed.parse(payload);
    const parents = [...parentIds].sort();
    state.patterns[id] = { ...words, state: "proposed", parents, mergedInto: null };
  },
  "pattern.approve": (fold, id, payload) => {
    const { movedPairIds, ...words } = Approved.parse(payload);
    Object.assign(known(fold.state.patterns, id, "pattern"), words, { state: "approved" });
    movePairs(fold, movedPairIds, id);
  },
  "pattern.merge": (fold, id, payload) => {
    const { intoId, movedPairIds } = Merged.parse(payload);
    const merged = { state: "merged" as const, mergedInto: intoId };
    Object.assign(known(fold.state.patterns, id, "pattern"), merged);
    movePairs(fold, movedPairIds, intoId);
  },
  "pattern.reject": ({ state }, id) => {
    known(state.patterns, id, "pattern").state = "rejected";
  },
  "pattern.reconsider": ({ state }, id) => {
    known(state.patterns, id, "pattern").state = "proposed";
  },
  "pattern.retire": ({ state }, id) => {
    known(state.patterns, id, "pattern").state = "retired";
  },
  "pattern.take-up": ({ state }, id) => {
    known(state.patterns, id, "pattern").state = "approved";
  },
};

function movePairs({ state }: Fold, pairIds: readonly string[], patternId: string): void {
  for (const pairId of pairIds) known(state.pairs, pairId, "pair").patternId = patternId;
}
