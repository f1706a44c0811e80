import { and, count, eq, sql } from "drizzle-orm";
import { consensuses } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";

export type AuditedShare = {
  /** Grids with a Level both ways. */
  grids: number;
  /** Of these, how many the boundary audit looked at once more. */
  audited: number;
  /** Level 5 by the first look alone, and with the second. */
  fiveFirst: number;
  fiveAudited: number;
};

/** What the boundary audit does to the share of Level 5: both are reported (evaluation.md 1.6). Of people alone. */
export async function auditedShare({ db, member }: MemberContext): Promise<AuditedShare> {
  const isAudited = sql`exists (select from seat
    where seat.grid_id = ${consensuses.gridId} and seat.kind = 'audit' and seat.completed_at is not null)`;
  const withSecond = sql`case when ${isAudited} then ${consensuses.auditedLevel} else ${consensuses.firstLevel} end`;
  const such = (condition: typeof isAudited) =>
    sql<number>`count(*) filter (where ${condition})`.mapWith(Number);
  const [row] = await db
    .select({
      grids: count(),
      audited: such(isAudited),
      fiveFirst: such(sql`${consensuses.firstLevel} = 5`),
      fiveAudited: such(sql`${withSecond} = 5`),
    })
    .from(consensuses)
    .where(
      and(
        eq(consensuses.projectId, member.projectId),
        eq(consensuses.judge, "human"),
        sql`${consensuses.firstLevel} is not null and ${withSecond} is not null`,
      ),
    );
  return row ?? { grids: 0, audited: 0, fiveFirst: 0, fiveAudited: 0 };
}
