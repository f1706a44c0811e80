import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type Render, renders } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { HeldRender } from "./schemas";

/** Locks the render if this bridge still holds it. A bridge that slept past its lease is refused. */
export async function lockHeldRender(
  tx: Tx,
  bridgeId: string,
  { renderId, leaseToken }: HeldRender,
): Promise<Render> {
  const [render] = await tx
    .select()
    .from(renders)
    .where(
      and(
        eq(renders.id, renderId),
        eq(renders.state, "leased"),
        eq(renders.leaseToken, leaseToken),
        eq(renders.leasedBy, bridgeId),
      ),
    )
    .for("update");
  if (!render)
    throw new AppError("CONFLICT", "This lease is over; the render is not yours any more.");
  return render;
}
