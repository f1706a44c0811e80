import { z } from "zod";
import { emptyState, type LoopState, UNTOLD } from "../state";
import type { Handlers } from "./context";

const Snapshot = z.object({
  // Written by `beginLogs` from the very type, so its shape is that of its day.
  state: z.custom<LoopState>((value) => typeof value === "object" && value !== null),
  batches: z.array(
    z.object({
      id: z.string(),
      patternId: z.string(),
      proposer: z.string(),
      isRetest: z.boolean(),
    }),
  ),
  tallies: z.array(
    z.object({ patternId: z.string(), proposer: z.string(), key: z.string(), times: z.number() }),
  ),
});

export const snapshotHandlers: Handlers = {
  "loop.snapshot": (fold, _id, payload) => {
    const { state, batches, tallies } = Snapshot.parse(payload);
    fold.state = withUntold(state, batches);
    fold.batches = new Map(batches.map(({ id, ...batch }) => [id, { ...batch, given: null }]));
    const grouped = Map.groupBy(tallies, ({ patternId, proposer }) => `${patternId} ${proposer}`);
    fold.tallies = new Map(
      [...grouped].map(([name, rows]) => [
        name,
        new Map(rows.map(({ key, times }) => [key, times])),
      ]),
    );
  },
};

/** Pages that were written before batches and reasons were compared do not tell of them. */
function withUntold(state: LoopState, batches: readonly { id: string }[]): LoopState {
  const told: LoopState = { ...emptyState(), ...structuredClone(state) };
  for (const { id } of batches) told.batches[id] ??= UNTOLD;
  for (const standing of Object.values(told.saturation))
    if (standing.reason === undefined) standing.reason = UNTOLD;
  return told;
}
