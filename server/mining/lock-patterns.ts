import { and, asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type Pattern, patterns } from "@/db/schema";
import { AppError } from "@/server/core/errors";

/**
 * Locks patterns and answers them in the order asked for. They are locked in the order of their ids, so
 * that two deciders never wait for each other in a circle; whoever also writes pairs locks the project first.
 * @throws NOT_FOUND, also for a pattern of another project.
 */
export async function lockPatterns(
  tx: Tx,
  { projectId, patternIds }: { projectId: string; patternIds: readonly string[] },
): Promise<Pattern[]> {
  const rows = await tx
    .select()
    .from(patterns)
    .where(and(inArray(patterns.id, [...patternIds]), eq(patterns.projectId, projectId)))
    .orderBy(asc(patterns.id))
    .for("no key update");
  return patternIds.map((id) => {
    const row = rows.find((pattern) => pattern.id === id);
    if (!row) throw new AppError("NOT_FOUND", "No such pattern in this project");
    return row;
  });
}
