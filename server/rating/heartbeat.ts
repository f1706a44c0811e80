import { and, eq, inArray } from "drizzle-orm";
import { sittings } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { renewLease } from "./lease";

/**
 * Keeps the seats of sittings that are open on a screen; answers which of them are still held. A sitting that
 * measures its rater has no seat that it could lose, and must look like any other.
 */
export async function heartbeat(
  { db, viewer, member }: MemberContext,
  sittingIds: readonly string[],
): Promise<{ held: string[] }> {
  const mine = await db
    .select({ id: sittings.id, kind: sittings.kind, state: sittings.state })
    .from(sittings)
    .where(
      and(
        inArray(sittings.id, [...sittingIds]),
        eq(sittings.projectId, member.projectId),
        eq(sittings.raterId, viewer.accountId),
      ),
    );
  const held: string[] = [];
  for (const { id, kind, state } of mine) {
    const isHeld = kind === "seat" ? await renewLease(db, id) : state === "live";
    if (isHeld) held.push(id);
  }
  return { held };
}
