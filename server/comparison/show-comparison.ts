import type { DbOrTx } from "@/db/client";
import { AppError } from "@/server/core/errors";
import { toldTraining } from "@/server/generation/domain/training";
import type { Level } from "@/server/rating/domain/level";
import type { MemberContext } from "@/server/trpc/context";
import { compareLevels, FLIPS, RESAMPLES } from "./domain/compare-levels";
import { distributionOf } from "./domain/distribution";
import { setupDifferences } from "./domain/setup-differences";
import { substitutedShare } from "./domain/substituted-share";
import {
  type LevelsByPair,
  pairedLevels,
  testsAgainstBaseline,
} from "./domain/tests-against-baseline";
import { findRepair, readSides } from "./find-repair";
import { listRepairs } from "./list-repairs";
import {
  type ComparedPairRow,
  readComparedLevels,
  readComparedPairs,
  readMiningLevels,
} from "./read-compared";
import { readCosts } from "./read-costs";
import { readProgress } from "./read-progress";
import { readSubstitutions } from "./read-substitutions";
import type { ShowComparison } from "./schemas";

type Context = { db: DbOrTx; member: Pick<MemberContext["member"], "projectId"> };
export type Comparison = NonNullable<Awaited<ReturnType<typeof showComparison>>>;

/** Everything the compare page shows of one comparison: by people or by the simulated rater, never by both. */
export async function showComparison(
  { db, member }: Context,
  { repair: number, judge, patternId, firstId, secondId }: ShowComparison,
) {
  const { projectId } = member;
  const repair = await findRepair(db, projectId, number);
  if (!repair) return null;
  const [sides, allPairs, found, other, costs, repairs, details, progress] = await Promise.all([
    readSides(db, repair),
    readComparedPairs(db, repair),
    readComparedLevels(db, repair, judge),
    readComparedLevels(db, repair, judge === "human" ? "simulated" : "human"),
    readCosts(db, projectId, { repairId: repair.id }),
    listRepairs(db, projectId),
    readSubstitutions(db, repair, judge),
    readProgress(db, repair.id),
  ]);
  const pairs = allPairs.filter((pair) => !patternId || pair.patternId === patternId);
  const revisionIds = sides.map(({ revisionId }) => revisionId);
  const levels = byGenerator(found, pairs);
  const mining = await readMiningLevels(
    db,
    pairs.map(({ pairId }) => pairId),
    revisionIds,
    judge,
  );
  const atMining = byGenerator(mining, pairs);
  const shownPairs = new Set(pairs.map(({ pairId }) => pairId));
  const substitutedBy = (revisionId: string) =>
    substitutedShare(
      details.filter((row) => row.revisionId === revisionId && shownPairs.has(row.pairId)),
    );
  const asked = sides.find(({ revisionId }) => revisionId === repair.baselineId);
  const methodIds = revisionIds.filter((id) => id !== repair.baselineId);
  const first = chosen(firstId, repair.baselineId, revisionIds);
  const second = chosen(secondId, methodIds[0] ?? repair.baselineId, revisionIds);
  return {
    repair,
    repairs,
    progress,
    judge,
    ratedByOthers: other.length,
    bootstrap: RESAMPLES,
    flips: FLIPS,
    patterns: namesOf(allPairs),
    generators: sides.map(({ parameters, model, weightsHash, training, ...side }) => ({
      ...side,
      training: toldTraining(training),
      /** From the baseline, beside the method. */
      differs:
        asked && side.revisionId !== repair.baselineId
          ? setupDifferences(asked, { model, weightsHash, parameters })
          : [],
      isBaseline: side.revisionId === repair.baselineId,
      levels: distributionOf(valuesOf(levels, side.revisionId)),
      mining: distributionOf(valuesOf(atMining, side.revisionId)),
      substituted: substitutedBy(side.revisionId),
      cost: costs.find((cost) => cost.generatorRevisionId === side.revisionId) ?? null,
    })),
    byPattern: patternsOf(pairs, levels, revisionIds),
    methods: testsAgainstBaseline(levels, repair.baselineId, methodIds),
    two: {
      firstId: first,
      secondId: second,
      ...compareLevels(pairedLevels(levels, first, second)),
    },
    pairs: pairs.map((pair) => ({
      ...pair,
      levels: Object.fromEntries(
        revisionIds.map((id) => [id, levels.get(id)?.get(pair.pairId) ?? null]),
      ),
    })),
  };
}

function chosen(wanted: string | undefined, otherwise: string, among: readonly string[]): string {
  if (wanted === undefined) return otherwise;
  if (!among.includes(wanted))
    throw new AppError("NOT_FOUND", "No such generator in this comparison.");
  return wanted;
}

type Found = { revisionId: string; pairId: string; level: Level };

function byGenerator(found: readonly Found[], pairs: readonly ComparedPairRow[]): LevelsByPair {
  const wanted = new Set(pairs.map(({ pairId }) => pairId));
  const kept = found.filter(({ pairId }) => wanted.has(pairId));
  return new Map(
    [...Map.groupBy(kept, (row) => row.revisionId)].map(([revisionId, rows]) => [
      revisionId,
      new Map(rows.map(({ pairId, level }) => [pairId, level])),
    ]),
  );
}

const valuesOf = (levels: LevelsByPair, revisionId: string): Level[] => [
  ...(levels.get(revisionId)?.values() ?? []),
];

function namesOf(pairs: readonly ComparedPairRow[]) {
  const names = new Map(pairs.map(({ patternId, pattern }) => [patternId, pattern]));
  return [...names]
    .map(([id, name]) => ({ id, name }))
    .toSorted((one, other) => one.name.localeCompare(other.name));
}

function patternsOf(
  pairs: readonly ComparedPairRow[],
  levels: LevelsByPair,
  revisionIds: readonly string[],
) {
  return namesOf(pairs).map(({ id, name }) => {
    const own = pairs.filter(({ patternId }) => patternId === id);
    return {
      patternId: id,
      pattern: name,
      pairs: own.length,
      generators: revisionIds.map((revisionId) => {
        const known = levels.get(revisionId);
        const values = own.flatMap(({ pairId }) => known?.get(pairId) ?? []);
        return { revisionId, ...distributionOf(values) };
      }),
    };
  });
}
