import { and, asc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { bridges, renderAttempts, renders } from "@/db/schema";

/** How each attempt of a render ended. */
export function listAttempts(db: Db, projectId: string, { renderId }: { renderId: string }) {
  return db
    .select({
      attempt: renderAttempts.attempt,
      outcome: renderAttempts.outcome,
      reason: renderAttempts.reason,
      bridge: bridges.name,
      createdAt: renderAttempts.createdAt,
    })
    .from(renderAttempts)
    .innerJoin(renders, eq(renders.id, renderAttempts.renderId))
    .leftJoin(bridges, eq(bridges.id, renderAttempts.bridgeId))
    .where(and(eq(renders.projectId, projectId), eq(renders.id, renderId)))
    .orderBy(asc(renderAttempts.attempt));
}
