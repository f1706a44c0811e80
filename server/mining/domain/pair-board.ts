import { conceptKey } from "./concept";
import { pairKey } from "./pair-key";

export type BoardCell =
  | { kind: "free" }
  /** The project has this very pair. */
  | { kind: "known"; pairId: string; state: string }
  /** Another cell of the board is the same unordered pair. */
  | { kind: "repeat" }
  /** A and B are one concept. */
  | { kind: "same" };

export type KnownPairKey = { id: string; key: string; state: string };

/** Row by row, what each combination of the two sets is to the project. */
export function boardCells(
  conceptsA: readonly string[],
  conceptsB: readonly string[],
  known: readonly KnownPairKey[],
): BoardCell[][] {
  const byKey = new Map(known.map((pair) => [pair.key, pair]));
  const seen = new Set<string>();
  return conceptsA.map((a) =>
    conceptsB.map((b): BoardCell => {
      if (conceptKey(a) === conceptKey(b)) return { kind: "same" };
      const key = pairKey(a, b);
      const pair = byKey.get(key);
      if (pair) return { kind: "known", pairId: pair.id, state: pair.state };
      if (seen.has(key)) return { kind: "repeat" };
      seen.add(key);
      return { kind: "free" };
    }),
  );
}
