import { and, desc, eq, isNotNull, max } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { sittings } from "@/db/schema";

const MOST = 50;

/** What this rater wrote about earlier grids of the project, the newest first: nobody else's words, no guess. */
export async function listOwnWords(
  db: DbOrTx,
  { projectId, raterId }: { projectId: string; raterId: string },
): Promise<string[]> {
  const rows = await db
    .select({ words: sittings.seenInstead })
    .from(sittings)
    .where(
      and(
        eq(sittings.projectId, projectId),
        eq(sittings.raterId, raterId),
        isNotNull(sittings.seenInstead),
      ),
    )
    .groupBy(sittings.seenInstead)
    .orderBy(desc(max(sittings.submittedAt)))
    .limit(MOST);
  return rows.flatMap(({ words }) => words ?? []);
}
