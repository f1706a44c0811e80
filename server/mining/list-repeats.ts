import { and, desc, eq, inArray, lt } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { batches, pairs, patterns, proposals } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { PAIR_PAGE } from "./schemas";

const twins = alias(pairs, "twin");

export type Repeat = Awaited<ReturnType<typeof listRepeats>>["repeats"][number];

/** Proposals that brought nothing new, with the twin or the fault that was found, newest first. */
export async function listRepeats(
  { db, member }: Pick<MemberContext, "db" | "member">,
  { cursor }: { cursor?: string | null },
) {
  const rows = await db
    .select({
      id: proposals.id,
      a: proposals.conceptA,
      b: proposals.conceptB,
      outcome: proposals.outcome,
      reason: proposals.reason,
      step: proposals.step,
      similarity: proposals.similarity,
      twinId: twins.id,
      twinA: twins.conceptA,
      twinB: twins.conceptB,
      batchNumber: batches.number,
      pattern: patterns.name,
    })
    .from(proposals)
    .innerJoin(batches, eq(batches.id, proposals.batchId))
    .innerJoin(patterns, eq(patterns.id, batches.patternId))
    .leftJoin(twins, eq(twins.id, proposals.twinId))
    .where(
      and(
        eq(proposals.projectId, member.projectId),
        inArray(proposals.outcome, ["duplicate", "invalid", "overruled"]),
        cursor ? lt(proposals.id, cursor) : undefined,
      ),
    )
    .orderBy(desc(proposals.id))
    .limit(PAIR_PAGE + 1);
  const repeats = rows.slice(0, PAIR_PAGE);
  return { repeats, nextCursor: rows.length > PAIR_PAGE ? (repeats.at(-1)?.id ?? null) : null };
}
