import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { seats, sittings } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";

/** The viewer's own sitting and the seat it still holds, both locked (drizzle/0018). Anyone else's is not found. */
export async function lockSitting(tx: Tx, { viewer, member }: MemberContext, sittingId: string) {
  const whose = sql`${member.projectId}::uuid, ${viewer.accountId}::uuid, ${sittingId}::uuid`;
  await tx.execute(sql`select from teacup_lock_sitting(${whose})`);
  const [mine] = await tx
    .select({ sitting: sittings, seat: seats })
    .from(sittings)
    .leftJoin(seats, eq(seats.sittingId, sittings.id))
    .where(
      and(
        eq(sittings.id, sittingId),
        eq(sittings.projectId, member.projectId),
        eq(sittings.raterId, viewer.accountId),
      ),
    );
  if (!mine) throw new AppError("NOT_FOUND", "No such sitting.");
  return mine;
}
