import { and, asc, eq, gt } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type Pair, type Pattern, pairs, patterns } from "@/db/schema";

const AT_ONCE = 50;

export type PairRow = { pair: Pair; pattern: Pattern };

/** All pairs of the project in the order they came, a few at a time. */
export async function* pairChunks(tx: Tx, projectId: string): AsyncGenerator<PairRow[]> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows = await tx
      .select({ pair: pairs, pattern: patterns })
      .from(pairs)
      .innerJoin(patterns, eq(patterns.id, pairs.patternId))
      .where(and(eq(pairs.projectId, projectId), gt(pairs.id, after)))
      .orderBy(asc(pairs.id))
      .limit(AT_ONCE);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.pair.id;
  }
}
