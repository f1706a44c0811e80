import { eq, sql } from "drizzle-orm";
import { accounts } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import type { GuidelineInput } from "./schemas";

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
