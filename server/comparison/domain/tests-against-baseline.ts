import type { Level } from "@/server/rating/domain/level";
import { type ComparedLevels, compareLevels } from "./compare-levels";
import { holm } from "./holm";

/** Of each generator, the Level of each pair. */
export type LevelsByPair = ReadonlyMap<string, ReadonlyMap<string, Level>>;

export type AgainstBaseline = ComparedLevels & {
  revisionId: string;
  /** p of both tests, adjusted for as many methods as were compared (Holm). */
  holm: { mcnemar: number | null; signedRanks: number | null };
};

/** Pairs that both have a Level of, in the order of their ids: the figures must not depend on who was rated first. */
export function pairedLevels(levels: LevelsByPair, firstId: string, secondId: string) {
  const second = levels.get(secondId);
  return [...(levels.get(firstId) ?? [])]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([pairId, level]) => {
      const other = second?.get(pairId);
      return other === undefined ? [] : [{ pairId, first: level, second: other }];
    });
}

/** Every method against the baseline. */
export function testsAgainstBaseline(
  levels: LevelsByPair,
  baselineId: string,
  methodIds: readonly string[],
): AgainstBaseline[] {
  const compared = methodIds.map((revisionId) => ({
    revisionId,
    ...compareLevels(pairedLevels(levels, baselineId, revisionId)),
  }));
  const mcnemar = holm(compared.map((one) => one.mcnemar.exact));
  const signedRanks = holm(compared.map((one) => one.signedRanks.p));
  return compared.map((one, at) => ({
    ...one,
    holm: { mcnemar: mcnemar[at] ?? null, signedRanks: signedRanks[at] ?? null },
  }));
}
