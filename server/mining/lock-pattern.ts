import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type Pattern, patterns } from "@/db/schema";
import { AppError } from "@/server/core/errors";

/** Who numbers a pattern's batches or decides on it takes turns; readers go on. */
export async function lockPattern(
  tx: Tx,
  { projectId, patternId }: { projectId: string; patternId: string },
): Promise<Pattern> {
  const [pattern] = await tx
    .select()
    .from(patterns)
    .where(and(eq(patterns.id, patternId), eq(patterns.projectId, projectId)))
    .for("no key update");
  if (!pattern) throw new AppError("NOT_FOUND", "No such pattern in this project");
  return pattern;
}
