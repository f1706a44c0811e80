import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { SeatKind } from "@/db/enums";

/** One seat more at a grid, open to any rater who has not judged it; false when it has a look of this kind. */
export async function addLook(
  tx: Tx,
  { gridId }: { gridId: string },
  kind: Exclude<SeatKind, "plan">,
): Promise<boolean> {
  const [row] = await tx.execute<{ is_added: boolean }>(
    sql`select teacup_add_look(${gridId}::uuid, ${kind}::seat_kind) as is_added`,
  );
  return row?.is_added ?? false;
}
