import { z } from "zod";
import { BUDGET_KINDS, RUN_PURPOSES } from "@/db/enums";
import type { Handlers } from "./context";

const Started = z.object({
  purpose: z.enum(RUN_PURPOSES).default("mining"),
  pairIds: z.array(z.string()),
});

const Limited = z.object({ kind: z.enum(BUDGET_KINDS), limit: z.number().nullable() });

export const spendingHandlers: Handlers = {
  "budget.set": ({ state }, _id, payload) => {
    const { kind, limit } = Limited.parse(payload);
    state.budgets[kind].limit = limit;
  },
  "run.start": ({ state }, _id, payload) => {
    const { purpose, pairIds } = Started.parse(payload);
    if (purpose !== "mining") return;
    for (const pairId of pairIds) {
      const pair = state.pairs[pairId];
      if (pair?.stage) pair.stage = "rating";
    }
  },
};
