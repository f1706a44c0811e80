import type { ImportFormat } from "@/server/import/domain/import-item";
import type { ImportCounts } from "@/server/import/schemas";

export const FORMAT_WORDS = {
  table: "a table",
  rows: "rows of A, B and prompt",
  export: "an export of ours",
  "authors-prompts": "the authors' prompt.json",
  prompts: "a list of prompts, one a line",
  "pair-lines": "a list of pairs, one a line",
  manifest: "images with a manifest",
} as const satisfies Record<ImportFormat, string>;

const many = (count: number, one: string) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : `${one}s`}`;

/** What came in or will, without what is zero. */
export function countsWords(counts: ImportCounts): string {
  const parts = [
    many(counts.pairs, "pair"),
    counts.promptSets > 0 && many(counts.promptSets, "prompt set"),
    counts.prompts > 0 && many(counts.prompts, "single prompt"),
    counts.reported > 0 && many(counts.reported, "reported Level"),
    counts.methodInputs > 0 && many(counts.methodInputs, "method input"),
    counts.images > 0 && imagesWords(counts),
  ];
  return parts.filter(Boolean).join(" · ");
}

const imagesWords = ({ images, grids }: ImportCounts) =>
  `${many(images, "image")}${grids > 0 ? `, ${many(grids, "grid")} to rate` : ", shown only"}`;

/** Rate and remaining time of something that has been going on since a moment. */
export function progressWords(
  { done, total, startedAt }: { done: number; total: number; startedAt: Date | null },
  now: number,
): string {
  const counted = `${done.toLocaleString("en")} of ${total.toLocaleString("en")}`;
  const seconds = startedAt ? (now - startedAt.getTime()) / 1000 : 0;
  if (done === 0 || seconds < 1) return counted;
  const rate = done / seconds;
  const left = Math.ceil((total - done) / rate);
  const time = left >= 120 ? `${Math.round(left / 60)} min` : `${left} s`;
  return `${counted} · ${Math.round(rate).toLocaleString("en")} a second · about ${time} left`;
}
