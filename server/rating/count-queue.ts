import { sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";

export type QueueCount = {
  /** Grids this rater has submitted in rounds that are open. */
  done: number;
  /** Grids this rater could still do now: held ones, put-off ones and free ones. */
  open: number;
  /** How many of the open ones were put off. */
  later: number;
  /** How many of the open ones were begun and not put off. */
  begun: number;
};

type Who = { projectId: string; raterId: string };

/** Only what is open, said as no more than `most`. */
export async function countOpen(db: DbOrTx, who: Who, most: number): Promise<number> {
  const { open } = await countQueue(db, who);
  return Math.min(open, most);
}

/** The honest "x of N" of one rater in one project (drizzle/0018); its price does not grow with the project. */
export async function countQueue(db: DbOrTx, { projectId, raterId }: Who): Promise<QueueCount> {
  const [row] = await db.execute<{ count: QueueCount }>(
    sql`select teacup_queue(${projectId}::uuid, ${raterId}::uuid) as count`,
  );
  if (!row) throw new Error("A statement that always has one row had none");
  return row.count;
}
