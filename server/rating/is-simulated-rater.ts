import { eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { accounts } from "@/db/schema";

export async function isSimulatedRater(db: DbOrTx, raterId: string): Promise<boolean> {
  const [rater] = await db
    .select({ isSimulated: accounts.isSimulated })
    .from(accounts)
    .where(eq(accounts.id, raterId));
  return rater?.isSimulated ?? false;
}
