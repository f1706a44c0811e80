import { and, eq } from "drizzle-orm";
import { sittings } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import type { WriteNote } from "./schemas";

/** A note on the whole grid, for the researcher; allowed after submission too. */
export async function writeNote(
  { db, viewer, member }: MemberContext,
  { sittingId, note }: WriteNote,
): Promise<void> {
  const written = await db
    .update(sittings)
    .set({ note: note || null })
    .where(
      and(
        eq(sittings.id, sittingId),
        eq(sittings.projectId, member.projectId),
        eq(sittings.raterId, viewer.accountId),
      ),
    )
    .returning({ id: sittings.id });
  if (written.length === 0) throw new AppError("NOT_FOUND", "No such sitting.");
}
