import { desc, eq } from "drizzle-orm";
import { allocations } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { Suggestions } from "./domain/allocation/suggestion";

/** What was suggested last, as it was shown then; null before the first. */
export async function latestAllocation({ db, member: { projectId } }: MemberContext) {
  const [latest] = await db
    .select()
    .from(allocations)
    .where(eq(allocations.projectId, projectId))
    .orderBy(desc(allocations.id))
    .limit(1);
  if (!latest) return null;
  const { id, createdAt } = latest;
  return { allocationId: id, createdAt, suggestions: Suggestions.parse(latest.suggestions) };
}
