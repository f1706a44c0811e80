import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type Consensus, type Decided, finalVerdict } from "./domain/consensus";
import { countedVotes, jointOf, type Votes } from "./domain/joint";

/**
 * What the raters of a grid say together, anew from their verdicts: called when a seat is taken back and when an
 * image is adjudicated (a submission does the same in its own statement). The caller has locked the grid.
 */
export async function reckonConsensus(tx: Tx, gridId: string): Promise<Consensus | null> {
  const votes = await readVotes(tx, gridId);
  const joint = votes && jointOf(votes);
  await tx.execute(
    sql`select teacup_write_joint(${gridId}::uuid, ${joint ? JSON.stringify(joint) : null}::jsonb)`,
  );
  return joint?.consensus ?? null;
}

/** The verdict of each image that has one: by its raters together, or settled. Empty before all have judged. */
export async function finalVerdicts(tx: Tx, gridId: string): Promise<Map<string, Decided>> {
  const votes = await readVotes(tx, gridId);
  const images = votes ? countedVotes(votes) : [];
  return new Map(
    images.flatMap((image) => {
      const { verdict } = finalVerdict(image);
      return verdict ? [[image.imageId, verdict] as const] : [];
    }),
  );
}

async function readVotes(tx: Tx, gridId: string): Promise<Votes | null> {
  const [row] = await tx.execute<{ votes: Votes | null }>(
    sql`select teacup_votes(${gridId}::uuid, null) as votes`,
  );
  return row?.votes ?? null;
}
