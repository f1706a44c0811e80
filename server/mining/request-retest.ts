import { and, eq } from "drizzle-orm";
import { saturations } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import { insertBatch } from "./insert-batch";
import { lockPattern } from "./lock-pattern";
import { proposersInUse } from "./proposers-in-use";
import type { RequestRetest } from "./schemas";

/** Asks a pattern that seems dry once more, with other examples, before anyone calls it dry. */
export async function requestRetest(
  { db, viewer, member }: MemberContext,
  { patternId, temperature }: RequestRetest,
): Promise<{ batchId: string; number: number }> {
  const { projectId } = member;
  const { direct: proposer } = await proposersInUse(db);
  return db.transaction(async (tx) => {
    const pattern = await lockPattern(tx, { projectId, patternId });
    const [standing] = await tx
      .select({ isDry: saturations.isDry, isConfirmed: saturations.isConfirmed })
      .from(saturations)
      .where(
        and(
          eq(saturations.projectId, projectId),
          eq(saturations.patternId, patternId),
          eq(saturations.proposer, proposer),
        ),
      );
    if (!standing?.isDry)
      throw new AppError(
        "CONFLICT",
        "This pattern does not seem dry with the proposer in use: ask for a batch instead",
      );
    if (standing.isConfirmed)
      throw new AppError(
        "CONFLICT",
        "A re-test has already found it dry: open phase 3, or set up another proposer",
      );
    const actorId = viewer.accountId;
    const n = pattern.batchSize;
    return insertBatch(tx, pattern, { actorId, n, proposer, temperature, isRetest: true });
  });
}
