import { asc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { patterns } from "@/db/schema";

/** Every name that stands for a pattern already, whatever became of it. */
export async function namesInUse(db: Db, projectId: string): Promise<string[]> {
  const found = await db
    .select({ name: patterns.name })
    .from(patterns)
    .where(eq(patterns.projectId, projectId))
    .orderBy(asc(patterns.id));
  return found.map(({ name }) => name);
}
