import { and, eq, inArray, ne, notInArray, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { type Pattern, pairs, patterns } from "@/db/schema";
import type { PairWords } from "./domain/compare-pairs";
import { conceptKey } from "./domain/concept";
import { pairKey } from "./domain/pair-key";
import { readExamples } from "./domain/pattern-example";
import { byOverlap, overlapOf, strength } from "./domain/pattern-overlap";

const SHOWN = 4;
const WORTH_SHOWING = 0.3;

/** The patterns that a proposed one may merely repeat, the closest first, each with its figures. */
export async function findOverlaps(db: DbOrTx, proposed: Pattern) {
  // Seeds lie in some pattern by nature: that they do says nothing about this one.
  const examples = readExamples(proposed.examples).filter(({ pairId }) => !pairId);
  const [others, keysOf] = await Promise.all([
    findOthers(db, proposed),
    findSharedKeys(db, proposed.projectId, examples),
  ]);
  return others
    .map((pattern) => ({
      pattern,
      overlap: overlapOf({ ...proposed, examples }, { ...pattern, ...keysOf(pattern.id) }),
    }))
    .filter(({ overlap }) => overlap.isLikely || strength(overlap) >= WORTH_SHOWING)
    .toSorted((x, y) => byOverlap(x.overlap, y.overlap))
    .slice(0, SHOWN);
}

const findOthers = (db: DbOrTx, { id, projectId }: Pattern) =>
  db
    .select({
      id: patterns.id,
      name: patterns.name,
      definition: patterns.definition,
      state: patterns.state,
    })
    .from(patterns)
    .where(
      and(
        eq(patterns.projectId, projectId),
        ne(patterns.id, id),
        notInArray(patterns.state, ["rejected", "merged"]),
      ),
    );

/** Of the pairs and concepts that the examples name, those that each pattern has: by index, whatever its size. */
async function findSharedKeys(db: DbOrTx, projectId: string, examples: readonly PairWords[]) {
  const pairKeys = [...new Set(examples.map(({ a, b }) => pairKey(a, b)))];
  const conceptKeys = [...new Set(examples.flatMap(({ a, b }) => [conceptKey(a), conceptKey(b)]))];
  const half = (at: 1 | 2) => sql<string>`split_part(${pairs.key}, '|', ${sql.raw(String(at))})`;
  const find = (key: SQL<string>, among: string[]) =>
    among.length === 0
      ? Promise.resolve([])
      : db
          .selectDistinct({ patternId: pairs.patternId, key: key.as("key") })
          .from(pairs)
          .where(and(eq(pairs.projectId, projectId), inArray(key, among)));
  const [whole, first, second] = await Promise.all([
    find(sql<string>`${pairs.key}`, pairKeys),
    find(half(1), conceptKeys),
    find(half(2), conceptKeys),
  ]);
  const keysIn = (rows: { patternId: string; key: string }[], patternId: string) =>
    new Set(rows.filter((row) => row.patternId === patternId).map(({ key }) => key));
  return (patternId: string) => ({
    pairKeys: keysIn(whole, patternId),
    conceptKeys: keysIn([...first, ...second], patternId),
  });
}
