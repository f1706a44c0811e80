import { pairKey } from "@/server/mining/domain/pair-key";
import type { ImportItem } from "./import-item";

/** A table of Levels names a pair once for each of them: its lines become one item. */
export function mergeReports(items: readonly ImportItem[]): ImportItem[] {
  const first = new Map<string, ImportItem>();
  const merged: ImportItem[] = [];
  for (const item of items) {
    const key = mergeKey(item);
    const before = key === null ? undefined : first.get(key);
    if (before) {
      before.reported.push(...item.reported);
      continue;
    }
    const kept = { ...item, reported: [...item.reported] };
    merged.push(kept);
    if (key !== null) first.set(key, kept);
  }
  return merged;
}

/** Lines that say more than a Level stay apart: the second of them is a duplicate that a person wants to see. */
function mergeKey({ a, b, reported, promptSets, problem }: ImportItem): string | null {
  if (a === null || b === null || problem || reported.length === 0) return null;
  return promptSets.length === 0 ? pairKey(a, b) : null;
}
