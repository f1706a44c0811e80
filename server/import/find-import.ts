import { and, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { imports } from "@/db/schema";
import { AppError } from "@/server/core/errors";

export type FoundImport = typeof imports.$inferSelect;

/** @throws NOT_FOUND, also for one of another project. */
export async function findImport(
  db: DbOrTx,
  { projectId, importId }: { projectId: string; importId: string },
): Promise<FoundImport> {
  const [found] = await db
    .select()
    .from(imports)
    .where(and(eq(imports.id, importId), eq(imports.projectId, projectId)));
  if (!found) throw new AppError("NOT_FOUND", "No such import");
  return found;
}
