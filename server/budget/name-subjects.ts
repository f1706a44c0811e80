import { and, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { BudgetKind } from "@/db/enums";
import { accounts, exchanges, grids, pairs, prompts, renders, sittings } from "@/db/schema";

/** What an entry paid for, in words, and where to look at it. */
export type Named = { id: string; words: string; exchangeId: string | null; pairId: string | null };

type Ids = { projectId: string; ids: readonly string[] };

/** By the id that a subject begins with: an exchange, a render ("id/attempt") or a sitting. */
export async function nameSubjects(
  db: DbOrTx,
  { projectId, kind, subjects }: { projectId: string; kind: BudgetKind; subjects: string[] },
): Promise<Map<string, Named>> {
  const ids = subjects.map(idOf).filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const named = await NAMES[kind](db, { projectId, ids });
  const byId = new Map(named.map((row) => [row.id, row]));
  return new Map(
    subjects.flatMap((subject) => {
      const found = byId.get(idOf(subject) ?? "");
      return found ? [[subject, found] as const] : [];
    }),
  );
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const idOf = (subject: string): string | null => UUID.exec(subject)?.[0] ?? null;

const pairWords = sql<string>`${pairs.conceptA} || ' × ' || ${pairs.conceptB}`;

const NAMES = {
  tokens: nameExchanges,
  renders: nameRenders,
  rater_ms: nameSittings,
} satisfies Record<BudgetKind, (db: DbOrTx, ids: Ids) => Promise<Named[]>>;

function nameExchanges(db: DbOrTx, { projectId, ids }: Ids): Promise<Named[]> {
  return db
    .select({
      id: exchanges.id,
      words: sql<string>`replace(${exchanges.purpose}::text, '_', ' ')`,
      exchangeId: sql<string | null>`${exchanges.id}`,
      pairId: exchanges.pairId,
    })
    .from(exchanges)
    .where(and(eq(exchanges.projectId, projectId), inArray(exchanges.id, [...ids])));
}

function nameRenders(db: DbOrTx, { projectId, ids }: Ids): Promise<Named[]> {
  return db
    .select({
      id: renders.id,
      words: sql<string>`coalesce(${pairWords}, ${prompts.text})`,
      exchangeId: sql<string | null>`null`,
      pairId: prompts.pairId,
    })
    .from(renders)
    .innerJoin(prompts, eq(prompts.id, renders.promptId))
    .leftJoin(pairs, eq(pairs.id, prompts.pairId))
    .where(and(eq(renders.projectId, projectId), inArray(renders.id, [...ids])));
}

function nameSittings(db: DbOrTx, { projectId, ids }: Ids): Promise<Named[]> {
  return db
    .select({
      id: sittings.id,
      words: sql<string>`${accounts.name} || ': ' || ${pairWords}`,
      exchangeId: sql<string | null>`null`,
      pairId: sql<string | null>`${pairs.id}`,
    })
    .from(sittings)
    .innerJoin(accounts, eq(accounts.id, sittings.raterId))
    .innerJoin(grids, eq(grids.id, sittings.gridId))
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .where(and(eq(sittings.projectId, projectId), inArray(sittings.id, [...ids])));
}
