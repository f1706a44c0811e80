import { setImmediate } from "node:timers/promises";
import { blocksOf } from "./domain/blocks";
import {
  againstOthers,
  againstThemselves,
  betweenRaters,
  compare,
  type PairCounts,
  type Repeat,
} from "./domain/confusions";
import { EVERY_IMAGE, type JudgedGrid } from "./domain/judged-grid";
import { imagesIn, LENGTH_BUCKETS, type LengthBucket, tercilesOf } from "./domain/length-buckets";
import { levelAgreement } from "./domain/level-agreement";
import { levelsOfTwo } from "./domain/levels-of-two";
import { verdictAgreement } from "./domain/verdict-agreement";

// Always the same draws: who comes back to the page, or reckons elsewhere, finds the same figures.
export const BOOTSTRAP = { draws: 1000, seed: 1 } as const;

export type AgreementData = {
  grids: readonly JudgedGrid[];
  repeats: readonly Repeat[];
  /** Of each prompt set: characters of its prompts, column by column. */
  lengths: ReadonlyMap<string, readonly number[]>;
  bucket: LengthBucket | undefined;
};

/** Every figure of agreement, as it can be kept as JSON. It yields between figures: a worker has other jobs meanwhile. */
export async function reckonAgreement({ grids, repeats, lengths, bucket }: AgreementData) {
  const shared = grids.filter((grid) => grid.sittings.length >= 2);
  const lengthsOf = (grid: JudgedGrid) => lengths.get(grid.promptSetId) ?? [];
  const terciles = tercilesOf(shared.flatMap(lengthsOf));
  const imagesOf = (wanted: LengthBucket) => (grid: JudgedGrid) =>
    terciles ? imagesIn(wanted, lengthsOf(grid), terciles) : 0;
  const within = bucket ? imagesOf(bucket) : () => EVERY_IMAGE;
  const agreement = (some: readonly JudgedGrid[]) => verdictAgreement(some, BOOTSTRAP, within);
  const byPattern = Map.groupBy(shared, (grid) => grid.patternId);
  const { size, blocks } = blocksOf(shared);
  return {
    verdicts: await afterOthers(() => agreement(shared)),
    // A Level is of all prompts together.
    levels: bucket ? null : await afterOthers(() => levelAgreement(shared, BOOTSTRAP)),
    patterns: await inTurn(byPattern, ([patternId, some]) => ({ patternId, ...agreement(some) })),
    terciles,
    lengths: await inTurn(LENGTH_BUCKETS, (one) => ({
      bucket: one,
      ...verdictAgreement(shared, BOOTSTRAP, imagesOf(one)),
    })),
    raters: await inTurn(againstOthers(shared, within), comparison),
    raterPairs: await inTurn(betweenRaters(shared, within), (two) => ({
      ...comparison(two),
      levels: bucket ? null : levelsOfTwo(shared, two, BOOTSTRAP),
    })),
    repeats: {
      sittings: repeats.length,
      ...compare(againstThemselves(repeats, within), BOOTSTRAP),
    },
    drift: {
      size,
      blocks: await inTurn(blocks, (some) => ({
        from: new Date(some[0]?.at ?? 0).toISOString(),
        to: new Date(some.at(-1)?.at ?? 0).toISOString(),
        ...agreement(some),
      })),
    },
  };
}

const comparison = <Who extends { counts: PairCounts }>({ counts, ...who }: Who) => ({
  ...who,
  ...compare(counts, BOOTSTRAP),
});

async function afterOthers<Result>(reckon: () => Result): Promise<Result> {
  await setImmediate();
  return reckon();
}

async function inTurn<Item, Result>(
  items: Iterable<Item>,
  reckon: (item: Item) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await afterOthers(() => reckon(item)));
  return results;
}
