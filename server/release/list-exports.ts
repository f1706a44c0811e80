import { desc, eq } from "drizzle-orm";
import type { ExportState } from "@/db/enums";
import { accounts, exportsTable } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";

const SHOWN = 50;

export type ListedExport = {
  id: string;
  state: ExportState;
  done: number;
  total: number;
  reason: string | null;
  sha256: string | null;
  bytes: number | null;
  requestedBy: string | null;
  createdAt: Date;
  finishedAt: Date | null;
};

/** The newest first. */
export async function listExports({ db, member }: MemberContext): Promise<ListedExport[]> {
  return db
    .select({
      id: exportsTable.id,
      state: exportsTable.state,
      done: exportsTable.done,
      total: exportsTable.total,
      reason: exportsTable.reason,
      sha256: exportsTable.sha256,
      bytes: exportsTable.bytes,
      requestedBy: accounts.name,
      createdAt: exportsTable.createdAt,
      finishedAt: exportsTable.finishedAt,
    })
    .from(exportsTable)
    .leftJoin(accounts, eq(accounts.id, exportsTable.requestedBy))
    .where(eq(exportsTable.projectId, member.projectId))
    .orderBy(desc(exportsTable.id))
    .limit(SHOWN);
}
