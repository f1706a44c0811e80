import { and, desc, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { accounts, sittings } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import type { GuidelineInput } from "./schemas";

type Who = { projectId: string; raterId: string };

/**
 * The version of the guidelines that a rater last read, or was told of: else the one of their last grid.
 * Null for who has not rated yet: to them no version is new.
 */
export async function toldGuideline(
  db: DbOrTx,
  { projectId, raterId }: Who,
): Promise<number | null> {
  const [account] = await db
    .select({
      told: sql<number | null>`(${accounts.preferences} -> 'guidelinesRead' ->> ${projectId})::int`,
    })
    .from(accounts)
    .where(eq(accounts.id, raterId));
  if (account && account.told !== null) return account.told;
  const [last] = await db
    .select({ version: sittings.guidelineVersion })
    .from(sittings)
    .where(
      and(
        eq(sittings.projectId, projectId),
        eq(sittings.raterId, raterId),
        eq(sittings.state, "submitted"),
      ),
    )
    .orderBy(desc(sittings.submittedAt), desc(sittings.id))
    .limit(1);
  return last?.version ?? null;
}

/** Kept in account.preferences under `guidelinesRead`, by project; never goes back to an older version. */
export async function readGuidelines(
  { db, viewer, member: { projectId } }: MemberContext,
  { version }: GuidelineInput,
): Promise<void> {
  const read = sql`coalesce(${accounts.preferences} -> 'guidelinesRead', '{}'::jsonb)`;
  const known = sql`coalesce((${read} ->> ${projectId})::int, 0)`;
  await db
    .update(accounts)
    .set({
      preferences: sql`${accounts.preferences} || jsonb_build_object('guidelinesRead',
        ${read} || jsonb_build_object(${projectId}::text, greatest(${known}, ${version}::int)))`,
    })
    .where(eq(accounts.id, viewer.accountId));
}
