import { and, eq, max, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { SeatKind } from "@/db/enums";
import { grids, seats } from "@/db/schema";

/** Grids that wait for one more look come before those that nobody has seen. */
const LOOK_PRIORITY = 10;

/** One seat more at a grid, open to any rater who has not judged it; false when it has a look of this kind. */
export async function addLook(
  tx: Tx,
  { gridId, projectId }: { gridId: string; projectId: string },
  kind: Exclude<SeatKind, "plan">,
): Promise<boolean> {
  const [known] = await tx
    .select({ id: seats.id })
    .from(seats)
    .where(and(eq(seats.gridId, gridId), eq(seats.kind, kind)))
    .limit(1);
  if (known) return false;
  const [last] = await tx
    .select({ number: max(seats.number) })
    .from(seats)
    .where(eq(seats.gridId, gridId));
  await tx.insert(seats).values({ projectId, gridId, kind, number: (last?.number ?? 0) + 1 });
  await tx
    .update(grids)
    .set({ state: "open", priority: sql`greatest(${grids.priority}, ${LOOK_PRIORITY})` })
    .where(eq(grids.id, gridId));
  return true;
}
