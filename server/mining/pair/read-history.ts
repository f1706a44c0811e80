import { and, desc, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { accounts, decisions } from "@/db/schema";
import type { PairScope } from "./read-origin";

/** What people decided about this pair, the newest first. */
export async function readHistory(db: DbOrTx, { projectId, pairId }: PairScope) {
  return db
    .select({
      id: decisions.id,
      action: decisions.action,
      by: accounts.name,
      at: decisions.createdAt,
    })
    .from(decisions)
    .leftJoin(accounts, eq(accounts.id, decisions.actorId))
    .where(and(eq(decisions.projectId, projectId), eq(decisions.subjectId, pairId)))
    .orderBy(desc(decisions.id));
}
