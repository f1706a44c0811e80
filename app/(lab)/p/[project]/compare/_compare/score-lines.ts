import { CONCEPTS, type ProbePoint } from "@/server/comparison/domain/read-probe";
import type { Searched } from "@/server/comparison/domain/read-trace";
import type { Gap } from "./step-gaps";

/** Both concepts' scores at the steps after which the text was switched, as lines. */
export function scoreLines(scored: readonly ProbePoint[]) {
  const ordered = scored.toSorted((one, other) => one.step - other.step);
  return CONCEPTS.map((concept) => ({
    concept,
    points: ordered.map((point) => ({ step: point.step, value: point[concept] })),
  }));
}

/** How far both scores lie apart at each step that a search visited; a step it came back to counts as it was last. */
export function scoreGaps(visited: Searched["visited"]): Gap[] {
  const byStep = new Map(visited.map((visit) => [visit.step, visit]));
  return [...byStep.values()].map(({ step, first, second, kept }) => ({
    step,
    from: first,
    to: second,
    isKept: kept === true,
  }));
}
