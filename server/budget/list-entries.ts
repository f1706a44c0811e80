import { and, desc, eq, lt } from "drizzle-orm";
import { budgetEntries } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { nameSubjects } from "./name-subjects";
import { ENTRY_PAGE, type ListEntries } from "./schemas";

export type BudgetEntry = Awaited<ReturnType<typeof listEntries>>["entries"][number];

/** What a figure was summed from, newest first. */
export async function listEntries(
  { db, member }: Pick<MemberContext, "db" | "member">,
  { kind, cursor }: ListEntries,
) {
  const rows = await db
    .select({
      id: budgetEntries.id,
      subject: budgetEntries.subject,
      reserved: budgetEntries.reserved,
      settled: budgetEntries.settled,
      createdAt: budgetEntries.createdAt,
    })
    .from(budgetEntries)
    .where(
      and(
        eq(budgetEntries.projectId, member.projectId),
        eq(budgetEntries.kind, kind),
        cursor ? lt(budgetEntries.id, cursor) : undefined,
      ),
    )
    .orderBy(desc(budgetEntries.id))
    .limit(ENTRY_PAGE + 1);
  const page = rows.slice(0, ENTRY_PAGE);
  const named = await nameSubjects(db, {
    projectId: member.projectId,
    kind,
    subjects: page.map(({ subject }) => subject),
  });
  return {
    entries: page.map((row) => ({ ...row, named: named.get(row.subject) ?? null })),
    nextCursor: rows.length > ENTRY_PAGE ? (page.at(-1)?.id ?? null) : null,
  };
}
