import { and, eq } from "drizzle-orm";
import { memberships, projects, sittings } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { ViewerContext } from "@/server/trpc/context";

/** The project of one's own sitting; a stranger's sitting, and one of a project left behind, is not found. */
export async function locateSitting(
  { db, viewer }: ViewerContext,
  sittingId: string,
): Promise<{ project: string }> {
  const [found] = await db
    .select({ project: projects.slug })
    .from(sittings)
    .innerJoin(projects, eq(projects.id, sittings.projectId))
    .innerJoin(
      memberships,
      and(
        eq(memberships.projectId, sittings.projectId),
        eq(memberships.accountId, viewer.accountId),
      ),
    )
    .where(and(eq(sittings.id, sittingId), eq(sittings.raterId, viewer.accountId)));
  if (!found) throw new AppError("NOT_FOUND", "No such sitting.");
  return found;
}
