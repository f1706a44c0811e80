import { and, asc, eq, ilike, ne, or } from "drizzle-orm";
import { pairs } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import type { SearchPairs } from "./schemas";

const SHOWN = 8;

/** Pairs with the words in one of their concepts, for the palette. */
export function searchPairs({ db, member }: MemberContext, { text }: SearchPairs) {
  const like = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return db
    .select({ id: pairs.id, conceptA: pairs.conceptA, conceptB: pairs.conceptB })
    .from(pairs)
    .where(
      and(
        eq(pairs.projectId, member.projectId),
        ne(pairs.state, "rejected"),
        or(ilike(pairs.conceptA, like), ilike(pairs.conceptB, like)),
      ),
    )
    .orderBy(asc(pairs.conceptA), asc(pairs.conceptB))
    .limit(SHOWN);
}
