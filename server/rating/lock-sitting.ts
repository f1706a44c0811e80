import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { seats, sittings } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";

/** The viewer's own sitting and the seat it still holds, both locked. Anyone else's is not found. */
export async function lockSitting(tx: Tx, { viewer, member }: MemberContext, sittingId: string) {
  // Seat before sitting, as in a claim that takes over an expired seat: the other order would deadlock.
  const [seat] = await tx
    .select()
    .from(seats)
    .where(and(eq(seats.sittingId, sittingId), eq(seats.projectId, member.projectId)))
    .for("update");
  const [sitting] = await tx
    .select()
    .from(sittings)
    .where(
      and(
        eq(sittings.id, sittingId),
        eq(sittings.projectId, member.projectId),
        eq(sittings.raterId, viewer.accountId),
      ),
    )
    .for("update");
  if (!sitting) throw new AppError("NOT_FOUND", "No such sitting.");
  return { sitting, seat: seat ?? null };
}
