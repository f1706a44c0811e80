import { and, eq, isNull, sql } from "drizzle-orm";
import { bridges } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { ViewerContext } from "@/server/trpc/context";

/** Its next request is refused; what it holds goes to another bridge when the lease ends. */
export async function revokeBridge(
  { db }: ViewerContext,
  { bridgeId }: { bridgeId: string },
): Promise<void> {
  const revoked = await db
    .update(bridges)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(bridges.id, bridgeId), eq(bridges.isEmbedded, false), isNull(bridges.revokedAt)))
    .returning({ id: bridges.id });
  if (revoked.length === 0) throw new AppError("NOT_FOUND", "No such bridge to revoke.");
}
