import type { Db } from "@/db/client";
import { levelsFrom, type RecordedLevels } from "./domain/recorded-levels";
import { readEvidence } from "./read-evidence";

/** A grid whose Levels are not those that its verdict events give by the rules. */
export type LevelDrift = {
  projectId: string;
  gridId: string;
  /** Kept, and does not follow. */
  kept: string[];
  /** Follows, and is not kept. */
  follows: string[];
};

const PAGE = 200;

/**
 * Every Level and every consensus again from the log of verdict events, compared with what is kept. A page of
 * grids is read at one moment, so that a submission in between is no difference. Nothing is mended: which of the
 * two is right is for a person to find out.
 */
export async function findLevelDrift(db: Db): Promise<{ grids: number; drift: LevelDrift[] }> {
  const drift: LevelDrift[] = [];
  let grids = 0;
  let after: string | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof readEvidence>> = await db.transaction(
      (tx) => readEvidence(tx, { after, most: PAGE }),
      { isolationLevel: "repeatable read", accessMode: "read only" },
    );
    grids += page.length;
    for (const { gridId, projectId, evidence, kept } of page) {
      const told = linesOf(kept);
      const derived = linesOf(levelsFrom(evidence));
      const one = { kept: without(told, derived), follows: without(derived, told) };
      if (one.kept.length + one.follows.length > 0) drift.push({ projectId, gridId, ...one });
    }
    after = page.at(-1)?.gridId ?? null;
    if (page.length < PAGE) return { grids, drift };
  }
}

const linesOf = ({ levels, consensus }: RecordedLevels) => [
  ...levels,
  ...(consensus ? [consensus] : []),
];

const without = (lines: readonly string[], others: readonly string[]) =>
  lines.filter((line) => !others.includes(line));
