import { and, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { prompts, renders } from "@/db/schema";

/** Whether renders of this pair exist: then its words and its acceptance stand. */
export async function pairIsDrawn(
  db: DbOrTx,
  { projectId, pairId }: { projectId: string; pairId: string },
): Promise<boolean> {
  const [render] = await db
    .select({ id: renders.id })
    .from(renders)
    .innerJoin(prompts, eq(prompts.id, renders.promptId))
    .where(and(eq(prompts.pairId, pairId), eq(prompts.projectId, projectId)))
    .limit(1);
  return render !== undefined;
}
