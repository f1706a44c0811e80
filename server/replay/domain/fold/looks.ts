import { z } from "zod";
import { PAIR_STAGES, PAIR_STATES, REJECT_REASONS } from "@/db/enums";
import type { Handler, Handlers } from "./context";

const Moved = z.object({
  stages: z.array(z.object({ pairId: z.string(), to: z.enum(PAIR_STAGES).nullable() })).default([]),
  pairId: z.string().nullish(),
  /** Given when the judgement set the pair aside, or took that back. */
  state: z.enum(PAIR_STATES).optional(),
  reason: z.enum(REJECT_REASONS).nullish(),
});

const move: Handler = ({ state }, _id, payload) => {
  const moved = Moved.parse(payload);
  for (const { pairId, to } of moved.stages) {
    const pair = state.pairs[pairId];
    if (pair) pair.stage = to;
  }
  const judged = moved.pairId ? state.pairs[moved.pairId] : undefined;
  if (judged && moved.state)
    Object.assign(judged, { state: moved.state, reason: moved.reason ?? null });
};

export const lookHandlers: Handlers = {
  "pair.stage": move,
  "look.ready": move,
  "look.judge": move,
  "look.undo": move,
  "run.cancel": move,
};
