import { comparePairs } from "./compare-pairs";
import { conceptKey } from "./concept";
import { joinKeys, pairKey } from "./pair-key";

export type BoardCell =
  | { kind: "free" }
  /** The project has this very pair. */
  | { kind: "known"; pairId: string; state: string }
  /** It reads like a pair the project has: picked, it is held as a repeat beside that one. */
  | { kind: "alike"; pairId: string; twin: string }
  /** Another cell of the board is the same unordered pair. */
  | { kind: "repeat" }
  /** A and B are one concept. */
  | { kind: "same" };

export type BoardPair = { id: string; key: string; a: string; b: string; state: string };
/** Keys of the project's concepts that a concept reads like, its own included. */
export type AlikeKeys = ReadonlyMap<string, readonly string[]>;

/** The keys of all pairs that some combination of the two sets is, or reads like. */
export function boardKeys(
  conceptsA: readonly string[],
  conceptsB: readonly string[],
  alike: AlikeKeys,
): string[] {
  const keysOf = (concept: string) => [conceptKey(concept), ...(alike.get(concept) ?? [])];
  const keys = conceptsA.flatMap((a) =>
    conceptsB.flatMap((b) =>
      keysOf(a).flatMap((one) => keysOf(b).map((two) => joinKeys(one, two))),
    ),
  );
  return [...new Set(keys)];
}

/** Row by row, what each combination of the two sets is to the project. */
export function boardCells(
  conceptsA: readonly string[],
  conceptsB: readonly string[],
  { known, alike }: { known: readonly BoardPair[]; alike: AlikeKeys },
): BoardCell[][] {
  const byKey = new Map(known.map((pair) => [pair.key, pair]));
  const seen = new Set<string>();
  const cellOf = (a: string, b: string): BoardCell => {
    if (conceptKey(a) === conceptKey(b)) return { kind: "same" };
    const key = pairKey(a, b);
    const pair = byKey.get(key);
    if (pair) return { kind: "known", pairId: pair.id, state: pair.state };
    if (seen.has(key)) return { kind: "repeat" };
    seen.add(key);
    const twin = boardKeys([a], [b], alike)
      .flatMap((other) => byKey.get(other) ?? [])
      .find((other) => comparePairs({ a, b }, other));
    return twin
      ? { kind: "alike", pairId: twin.id, twin: `${twin.a} × ${twin.b}` }
      : { kind: "free" };
  };
  return conceptsA.map((a) => conceptsB.map((b) => cellOf(a, b)));
}
