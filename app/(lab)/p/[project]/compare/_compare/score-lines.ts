import { CONCEPTS, type ProbePoint } from "@/server/comparison/domain/read-probe";

/** Both concepts' scores at the steps after which the text was switched, as lines. */
export function scoreLines(scored: readonly ProbePoint[]) {
  const ordered = scored.toSorted((one, other) => one.step - other.step);
  return CONCEPTS.map((concept) => ({
    concept,
    points: ordered.map((point) => ({ step: point.step, value: point[concept] })),
  }));
}
