import { setTimeout as wait } from "node:timers/promises";
import { and, eq } from "drizzle-orm";
import { exportsTable } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { requestExport } from "@/server/release/request-export";
import type { MemberContext } from "@/server/trpc/context";
import { patiently } from "./patiently";
import type { Report } from "./progress";

const POLL_MS = 250;

/** Asks the worker for an export and waits until it is whole. */
export async function exportProject(owner: MemberContext, report: Report): Promise<string> {
  const { exportId } = await patiently(() => requestExport(owner));
  for (;;) {
    const [row] = await patiently(() =>
      owner.db
        .select()
        .from(exportsTable)
        .where(
          and(eq(exportsTable.id, exportId), eq(exportsTable.projectId, owner.member.projectId)),
        ),
    );
    if (!row) throw new Error("The export's row is gone");
    report(row.done, row.total);
    if (row.state === "done") return exportId;
    if (row.state === "failed") throw new AppError("CONFLICT", `The export failed: ${row.reason}`);
    await wait(POLL_MS);
  }
}
