import { wilsonInterval } from "@/server/rating/domain/level";

export type PhaseCounts = {
  /** How the pairs came in: `typed` and `imported` in phase 1, `proposed` and `fresh` later. */
  sources: readonly { label: string; count: number }[];
  accepted: number;
  rated: number;
  level5: number;
};

export type FunnelRow = { label: string; count: number; share: number };
export type Estimate = { count: number; total: number; share: number; low: number; high: number };
export type PhaseFigures = { funnel: FunnelRow[]; yield: Estimate | null };

/** A share with its 95 % interval; null when nothing has been counted yet. */
export function estimateOf(count: number, total: number): Estimate | null {
  if (total === 0) return null;
  return { count, total, share: count / total, ...wilsonInterval(count, total) };
}

/** The rows of one phase; each bar is measured against the longest. */
export function phaseFigures(counts: PhaseCounts): PhaseFigures {
  const rows = [
    ...counts.sources,
    { label: "Accepted", count: counts.accepted },
    { label: "Rated", count: counts.rated },
    { label: "Level 5", count: counts.level5 },
  ];
  const longest = Math.max(1, ...rows.map((row) => row.count));
  return {
    funnel: rows.map((row) => ({ ...row, share: row.count / longest })),
    yield: estimateOf(counts.level5, counts.rated),
  };
}
