import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { images, prompts, renders } from "@/db/schema";

const TEXT_FILES = 7;

/** How many files an export writes, so that its progress has an end. */
export async function countFiles(tx: Tx, projectId: string): Promise<number> {
  const [row] = await tx
    .select({ images: sql<number>`count(*)::int` })
    .from(images)
    .innerJoin(renders, eq(renders.id, images.renderId))
    .innerJoin(prompts, eq(prompts.id, renders.promptId))
    .where(and(eq(images.projectId, projectId), eq(prompts.kind, "scene")));
  return TEXT_FILES + (row?.images ?? 0);
}
