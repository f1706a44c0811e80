import { COLUMNS } from "@/server/rating/domain/move-cursor";
import type { ImageMask } from "./judged-grid";

export const LENGTH_BUCKETS = ["short", "middle", "long"] as const;
export type LengthBucket = (typeof LENGTH_BUCKETS)[number];

/** Characters up to which a prompt is short and middle: the terciles of the prompts that were drawn. */
export type Terciles = { short: number; middle: number };

export function tercilesOf(lengths: readonly number[]): Terciles | null {
  if (lengths.length === 0) return null;
  const sorted = lengths.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { short: at(1 / 3), middle: at(2 / 3) };
}

export function bucketOf(length: number, { short, middle }: Terciles): LengthBucket {
  if (length <= short) return "short";
  return length <= middle ? "middle" : "long";
}

/** The images of a grid whose prompt, one a column, falls into the bucket; `lengths` column by column. */
export function imagesIn(
  bucket: LengthBucket,
  lengths: readonly number[],
  terciles: Terciles,
): ImageMask {
  return lengths.reduce(
    (mask, length, column) =>
      bucketOf(length, terciles) === bucket ? mask | columnMask(column) : mask,
    0,
  );
}

const ROWS = [0, 1, 2, 3];
const columnMask = (column: number): ImageMask =>
  ROWS.reduce((mask, row) => mask | (1 << (row * COLUMNS + column)), 0);
