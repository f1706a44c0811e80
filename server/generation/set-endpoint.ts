import { and, eq } from "drizzle-orm";
import { endpoints } from "@/db/schema";
import { recordAudit } from "@/server/auth/record-audit";
import { AppError } from "@/server/core/errors";
import type { ViewerContext } from "@/server/trpc/context";
import type { SetEndpoint } from "./schemas";

/** How many renders a server of an endpoint is handed at a time, and what an hour or an image of it costs. */
export async function setEndpoint(
  { db, viewer }: ViewerContext,
  { bridgeId, name, ...after }: SetEndpoint,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [endpoint] = await tx
      .select({
        id: endpoints.id,
        handedOut: endpoints.handedOut,
        hourCents: endpoints.hourCents,
        imageCents: endpoints.imageCents,
      })
      .from(endpoints)
      .where(and(eq(endpoints.bridgeId, bridgeId), eq(endpoints.name, name)))
      .for("no key update");
    if (!endpoint) throw new AppError("NOT_FOUND", "No bridge has told of this endpoint.");
    const { id, ...before } = endpoint;
    await tx.update(endpoints).set(after).where(eq(endpoints.id, id));
    await recordAudit(tx, {
      actorId: viewer.accountId,
      action: "endpoint.set",
      subject: id,
      before: { name, ...before },
      after: { name, ...after },
    });
  });
}
