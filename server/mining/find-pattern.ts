import { and, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { type Pattern, patterns } from "@/db/schema";
import { AppError } from "@/server/core/errors";

/** @throws NOT_FOUND, also for a pattern of another project. */
export async function findPattern(
  db: DbOrTx,
  { projectId, patternId }: { projectId: string; patternId: string },
): Promise<Pattern> {
  const [pattern] = await db
    .select()
    .from(patterns)
    .where(and(eq(patterns.id, patternId), eq(patterns.projectId, projectId)));
  if (!pattern) throw new AppError("NOT_FOUND", "No such pattern");
  return pattern;
}
