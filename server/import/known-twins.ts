import type { DbOrTx } from "@/db/client";
import { pairKey } from "@/server/mining/domain/pair-key";
import { createTwinIndex, type TwinIndex } from "@/server/mining/domain/twin-index";
import { loadPairs } from "@/server/mining/load-pairs";
import type { ImportItem } from "./domain/import-item";

// Above this, looking for like wordings would hold up everybody else.
const MOST_COMPARED_BY_WORDING = 20_000;

/** A pair of the project (with its id) or of the file (with its line). */
export type FileOrProject = { a: string; b: string; line: number | null; id: string | null };
export type FileTwins = TwinIndex<FileOrProject> & { isKeyOnly: boolean };

/** Finds the twins of a file's rows, in the project and among the rows before them. */
export async function knownTwins(
  db: DbOrTx,
  projectId: string,
  items: readonly ImportItem[],
): Promise<FileTwins> {
  const known = (await loadPairs(db, projectId)).map((pair) => ({ ...pair, line: null }));
  if (known.length + items.length > MOST_COMPARED_BY_WORDING) return byKeyAlone(known);
  const expected = items.map(({ a, b }) => ({ a: a ?? "", b: b ?? "" }));
  return { ...createTwinIndex<FileOrProject>(known, expected), isKeyOnly: false };
}

function byKeyAlone(known: readonly (FileOrProject & { key: string })[]): FileTwins {
  const byKey = new Map<string, FileOrProject>(known.map((pair) => [pair.key, pair]));
  return {
    isKeyOnly: true,
    add: (pair) => byKey.set(pairKey(pair.a, pair.b), pair),
    find: ({ a, b }) => {
      const pair = byKey.get(pairKey(a, b));
      return pair ? { pair, step: "exact", similarity: 1 } : null;
    },
  };
}
