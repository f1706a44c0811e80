import { consensuses, grids, pairs, patterns } from "@/db/schema";

/** What both queues say of a grid: its pair, and where the verdicts on its images come from. */
export type QueuedGrid = {
  gridId: string;
  pairId: string;
  conceptA: string;
  conceptB: string;
  pattern: string;
  raters: number;
  /** Images by where their verdict comes from. */
  unanimous: number;
  majority: number;
  adjudicated: number;
};

/** Of a consensus with its grid, pair and pattern. */
export const QUEUED_GRID = {
  gridId: grids.id,
  pairId: pairs.id,
  conceptA: pairs.conceptA,
  conceptB: pairs.conceptB,
  pattern: patterns.name,
  raters: consensuses.raters,
  unanimous: consensuses.unanimous,
  majority: consensuses.majority,
  adjudicated: consensuses.adjudicated,
};
