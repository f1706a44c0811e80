import { and, eq, isNull, sql } from "drizzle-orm";
import { bridges } from "@/db/schema";
import { recordAudit } from "@/server/auth/record-audit";
import { AppError } from "@/server/core/errors";
import type { ViewerContext } from "@/server/trpc/context";

/** Its next request is refused; what it holds goes to another bridge when the lease ends. */
export async function revokeBridge(
  { db, viewer }: ViewerContext,
  { bridgeId }: { bridgeId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const isLive = and(eq(bridges.isEmbedded, false), isNull(bridges.revokedAt));
    const [revoked] = await tx
      .update(bridges)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(bridges.id, bridgeId), isLive))
      .returning({ name: bridges.name });
    if (!revoked) throw new AppError("NOT_FOUND", "No such bridge to revoke.");
    await recordAudit(tx, {
      actorId: viewer.accountId,
      action: "bridge.revoke",
      subject: bridgeId,
      before: revoked,
    });
  });
}
