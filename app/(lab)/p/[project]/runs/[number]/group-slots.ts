import type { RunSlot } from "../types";

export type PairState = "rendering" | "failed" | "done" | "queued" | "cancelled";
export type PairRow = {
  pairId: string;
  conceptA: string;
  conceptB: string;
  state: PairState;
  slots: RunSlot[];
};

const ORDER: readonly PairState[] = ["rendering", "failed", "done", "queued", "cancelled"];

/** One row a pair, those where something happens first. */
export function groupSlots(slots: readonly RunSlot[]): PairRow[] {
  const groups = Map.groupBy(slots, (slot) => slot.pairId ?? "");
  const rows = [...groups].map(([pairId, group]): PairRow => {
    const { conceptA, conceptB } = group[0] ?? {};
    return {
      pairId,
      conceptA: conceptA ?? "",
      conceptB: conceptB ?? "",
      state: stateOf(group),
      slots: group,
    };
  });
  return rows.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
}

function stateOf(slots: readonly RunSlot[]): PairState {
  const has = (state: RunSlot["state"]) => slots.some((slot) => slot.state === state);
  if (has("leased")) return "rendering";
  if (has("failed")) return "failed";
  if (slots.every((slot) => slot.state === "done")) return "done";
  if (has("cancelled")) return "cancelled";
  return has("done") ? "rendering" : "queued";
}
