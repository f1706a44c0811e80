import type { Verdict } from "@/db/enums";
import { VerdictDetail } from "./schemas";

export type SittingCell = {
  position: number;
  imageId: string;
  verdict: Verdict | null;
  detail: VerdictDetail | null;
};

/** As the database tells a cell (teacup_cells in drizzle/0018): whatever stands in `detail`. */
export type StoredCell = Omit<SittingCell, "detail"> & { detail: unknown };

export const withDetails = (stored: readonly StoredCell[]): SittingCell[] =>
  stored.map((cell) => ({ ...cell, detail: VerdictDetail.nullable().parse(cell.detail) }));
