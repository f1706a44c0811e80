import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { seats } from "@/db/schema";
import { sha256 } from "@/server/core/secret";
import { readSettings } from "@/server/project/read-settings";
import { recordDecision } from "@/server/project/record-decision";
import { addLook } from "./add-look";
import type { Consensus } from "./domain/consensus";
import { secondLook } from "./domain/second-look";

/** Adds the second look that the project's rules ask for, once nobody is at the grid any more. */
export async function routeLooks(
  tx: Tx,
  grid: { gridId: string; projectId: string },
  consensus: Consensus,
): Promise<void> {
  const [open] = await tx
    .select({ id: seats.id })
    .from(seats)
    .where(and(eq(seats.gridId, grid.gridId), isNull(seats.completedAt)))
    .limit(1);
  if (open) return;
  const rules = await readSettings(tx, grid.projectId);
  const kind = secondLook(consensus, rules, drawOf(grid.gridId));
  if (!kind || !(await addLook(tx, grid, kind))) return;
  await recordDecision(tx, {
    projectId: grid.projectId,
    actorId: null,
    action: "grid.look",
    payload: { gridId: grid.gridId, kind },
  });
}

/** Drawn once for each grid and for ever: submitting again cannot draw again. */
const drawOf = (gridId: string) =>
  Number.parseInt(sha256(`audit ${gridId}`).slice(0, 8), 16) / 2 ** 32;
