import { and, desc, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { conceptSets, exchanges, pairs } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { type AlikeKeys, boardCells, boardKeys } from "./domain/pair-board";
import { findAlikeConcepts } from "./find-alike-concepts";
import { findPattern } from "./find-pattern";

export type PairBoard = Awaited<ReturnType<typeof pairBoard>>;

/** A pattern's newest two sets of concepts as rows and columns; null until a first answer came. */
export async function pairBoard(
  { db, member }: Pick<MemberContext, "db" | "member">,
  patternId: string,
) {
  const { projectId } = member;
  const { name, state } = await findPattern(db, { projectId, patternId });
  const [set] = await db
    .select({
      id: conceptSets.id,
      number: conceptSets.number,
      conceptsA: conceptSets.conceptsA,
      conceptsB: conceptSets.conceptsB,
      model: exchanges.model,
    })
    .from(conceptSets)
    .leftJoin(exchanges, eq(exchanges.id, conceptSets.exchangeId))
    .where(and(eq(conceptSets.patternId, patternId), eq(conceptSets.projectId, projectId)))
    .orderBy(desc(conceptSets.number))
    .limit(1);
  const pattern = { id: patternId, name, state };
  if (!set) return { pattern, set: null, cells: [] };
  const alike = await findAlike(db, projectId, [...set.conceptsA, ...set.conceptsB]);
  const keys = boardKeys(set.conceptsA, set.conceptsB, alike);
  const known = await db
    .select({
      id: pairs.id,
      key: pairs.key,
      a: pairs.conceptA,
      b: pairs.conceptB,
      state: pairs.state,
    })
    .from(pairs)
    // One array: where much reads alike there are more keys than a statement has places for.
    .where(
      and(eq(pairs.projectId, projectId), sql`${pairs.key} = any(${sql.param(keys)}::text[])`),
    );
  return { pattern, set, cells: boardCells(set.conceptsA, set.conceptsB, { known, alike }) };
}

/** Concept by concept, so that the board costs as many look-ups as it has edges, not cells. */
async function findAlike(
  db: DbOrTx,
  projectId: string,
  concepts: readonly string[],
): Promise<AlikeKeys> {
  const found = await Promise.all(
    [...new Set(concepts)].map(
      async (concept) => [concept, await findAlikeConcepts(db, projectId, concept)] as const,
    ),
  );
  return new Map(found.map(([concept, alike]) => [concept, alike.map(({ key }) => key)]));
}
