import { and, desc, eq, inArray } from "drizzle-orm";
import { conceptSets, exchanges, pairs } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { boardCells } from "./domain/pair-board";
import { pairKey } from "./domain/pair-key";
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
  const keys = set.conceptsA.flatMap((a) => set.conceptsB.map((b) => pairKey(a, b)));
  const known = await db
    .select({ id: pairs.id, key: pairs.key, state: pairs.state })
    .from(pairs)
    .where(and(eq(pairs.projectId, projectId), inArray(pairs.key, keys)));
  return { pattern, set, cells: boardCells(set.conceptsA, set.conceptsB, known) };
}
