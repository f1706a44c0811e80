import { and, desc, eq, isNotNull } from "drizzle-orm";
import { accounts, imports } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { ImportCounts as Counts, type ImportCounts } from "./schemas";

const SHOWN = 20;

export type ListedImport = Awaited<ReturnType<typeof listImports>>[number];

/** The newest first; those that are only looked at are left out. */
export async function listImports({ db, member }: MemberContext) {
  const rows = await db
    .select({
      id: imports.id,
      fileName: imports.fileName,
      state: imports.state,
      done: imports.done,
      total: imports.total,
      reason: imports.reason,
      result: imports.result,
      requestedBy: accounts.name,
      createdAt: imports.createdAt,
      startedAt: imports.startedAt,
      finishedAt: imports.finishedAt,
    })
    .from(imports)
    .leftJoin(accounts, eq(accounts.id, imports.requestedBy))
    .where(and(eq(imports.projectId, member.projectId), isNotNull(imports.confirmed)))
    .orderBy(desc(imports.id))
    .limit(SHOWN);
  return rows.map(({ result, ...row }) => ({
    ...row,
    result: result === null ? null : (Counts.parse(result) satisfies ImportCounts),
  }));
}
