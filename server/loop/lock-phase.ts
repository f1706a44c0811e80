import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { phases } from "@/db/schema";

export type Phase = typeof phases.$inferSelect;

export async function lockPhase(tx: Tx, projectId: string, number: number): Promise<Phase> {
  const [phase] = await tx
    .select()
    .from(phases)
    .where(and(eq(phases.projectId, projectId), eq(phases.number, number)))
    .for("no key update");
  if (!phase) throw new Error(`The project has no phase ${number}`);
  return phase;
}
