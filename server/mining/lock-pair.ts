import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type Pair, pairs } from "@/db/schema";
import { AppError } from "@/server/core/errors";

export async function lockPair(
  tx: Tx,
  { projectId, pairId }: { projectId: string; pairId: string },
): Promise<Pair> {
  const [pair] = await tx
    .select()
    .from(pairs)
    .where(and(eq(pairs.id, pairId), eq(pairs.projectId, projectId)))
    .for("no key update");
  if (!pair) throw new AppError("NOT_FOUND", "No such pair in this project");
  return pair;
}
