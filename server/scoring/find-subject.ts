import { and, eq, ne } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { repairs, runs } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { ScoredSubject } from "./schemas";

/** One of the two, as a scoring's row has it, and the runs that it means. */
export type Subject = { runId: string | null; repairId: string | null; runIds: string[] };

export async function findSubject(
  db: DbOrTx,
  projectId: string,
  { kind, number }: ScoredSubject,
): Promise<Subject> {
  if (kind === "run") {
    const [run] = await db
      .select({ id: runs.id })
      .from(runs)
      .where(and(eq(runs.projectId, projectId), eq(runs.number, number)));
    if (!run) throw new AppError("NOT_FOUND", "No such run.");
    return { runId: run.id, repairId: null, runIds: [run.id] };
  }
  const [repair] = await db
    .select({ id: repairs.id })
    .from(repairs)
    .where(and(eq(repairs.projectId, projectId), eq(repairs.number, number)));
  if (!repair) throw new AppError("NOT_FOUND", "No such comparison.");
  const sides = await db
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.repairId, repair.id), ne(runs.state, "cancelled")));
  return { runId: null, repairId: repair.id, runIds: sides.map(({ id }) => id) };
}
