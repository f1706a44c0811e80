import { eq, sql } from "drizzle-orm";
import { accounts } from "@/db/schema";
import type { ViewerContext } from "@/server/trpc/context";
import { RatingPreferences } from "./schemas";

export async function readPreferences({ db, viewer }: ViewerContext): Promise<RatingPreferences> {
  const [account] = await db
    .select({ rating: sql<unknown>`${accounts.preferences} -> 'rating'` })
    .from(accounts)
    .where(eq(accounts.id, viewer.accountId));
  return RatingPreferences.parse(account?.rating ?? {});
}

export async function savePreferences(
  { db, viewer }: ViewerContext,
  preferences: RatingPreferences,
): Promise<void> {
  const part = JSON.stringify({ rating: preferences });
  await db
    .update(accounts)
    .set({ preferences: sql`${accounts.preferences} || ${part}::jsonb` })
    .where(eq(accounts.id, viewer.accountId));
}
