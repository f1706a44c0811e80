import { eq, max } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { runs } from "@/db/schema";

/** A run with the project's next number. Lock the project before calling. */
export async function insertNumberedRun(tx: Tx, values: Omit<typeof runs.$inferInsert, "number">) {
  const [last] = await tx
    .select({ number: max(runs.number) })
    .from(runs)
    .where(eq(runs.projectId, values.projectId));
  const [run] = await tx
    .insert(runs)
    .values({ ...values, number: (last?.number ?? 0) + 1 })
    .returning();
  if (!run) throw new Error("The run was not inserted");
  return run;
}
