import type { Tx } from "@/db/client";
import { phases } from "@/db/schema";

const NUMBERS = [1, 2, 3, 4] as const;

/** Phases 1 and 2 are open from the first day; 3 and 4 wait for a person's button. */
export async function addPhases(tx: Tx, projectId: string): Promise<void> {
  await tx
    .insert(phases)
    .values(
      NUMBERS.map((number) => ({
        projectId,
        number,
        state: number <= 2 ? ("open" as const) : ("closed" as const),
      })),
    )
    .onConflictDoNothing();
}
