import { and, asc, eq, gt } from "drizzle-orm";
import type { Tx } from "@/db/client";
import {
  accounts,
  generatorRevisions,
  generators,
  grids,
  pairs,
  seats,
  sittings,
} from "@/db/schema";

const AT_ONCE = 100;

export type SittingRow = Awaited<ReturnType<typeof nextSittings>>[number];

/** All sittings of the project in the order they began, a few at a time. */
export async function* sittingChunks(tx: Tx, projectId: string): AsyncGenerator<SittingRow[]> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows = await nextSittings(tx, projectId, after);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.sitting.id;
  }
}

const nextSittings = (tx: Tx, projectId: string, after: string) =>
  tx
    .select({
      sitting: sittings,
      isSimulated: accounts.isSimulated,
      pair: pairs.key,
      generator: generators.name,
      revision: generatorRevisions.number,
      protocol: grids.protocolVersion,
      purpose: grids.purpose,
      round: grids.round,
      layout: grids.layout,
      seat: seats.kind,
    })
    .from(sittings)
    .innerJoin(accounts, eq(accounts.id, sittings.raterId))
    .innerJoin(grids, eq(grids.id, sittings.gridId))
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, grids.generatorRevisionId))
    .innerJoin(generators, eq(generators.id, generatorRevisions.generatorId))
    .leftJoin(seats, eq(seats.sittingId, sittings.id))
    .where(and(eq(sittings.projectId, projectId), gt(sittings.id, after)))
    .orderBy(asc(sittings.id))
    .limit(AT_ONCE);
