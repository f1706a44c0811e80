import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { grids } from "@/db/schema";

/** After the seat and the sitting, in every verb: the other order would deadlock. */
export async function lockGrid(tx: Tx, gridId: string): Promise<void> {
  await tx.select({ id: grids.id }).from(grids).where(eq(grids.id, gridId)).for("no key update");
}
