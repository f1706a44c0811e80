import { IMPORTED } from "@/server/generation/domain/imported";
import { type Detail, levelOfRecord } from "./detail";

/**
 * Where generators are compared on this pair alone, against one that has it at Level 5; null: none has, or none that can
 * draw it anew. What an automatic judge alone says starts no comparison.
 */
export function repairAddress(
  project: string,
  { pair, sheets }: Pick<Detail, "pair" | "sheets">,
): string | null {
  if (pair.state !== "accepted") return null;
  const failed = sheets.find((sheet) => {
    const level = levelOfRecord(sheet);
    return level?.level === 5 && level.source !== "automatic" && sheet.method !== IMPORTED;
  });
  if (!failed) return null;
  const chosen = new URLSearchParams({ baseline: failed.generatorRevisionId, pair: pair.id });
  return `/p/${project}/compare/new?${chosen}`;
}
