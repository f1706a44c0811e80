import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { exchanges, inquiries, type Pattern, pairs } from "@/db/schema";
import { BY_HAND } from "./domain/by-hand";
import { type PatternExample, readExamples } from "./domain/pattern-example";
import { recordGivenPairs } from "./record-given-pairs";

export type TakenExamples = { batchId: string | null; movedPairIds: string[] };

/**
 * What a proposed pattern brought along goes into `target`: seeds it named move, new pairs become
 * proposals that wait for review. Seeds that somebody has moved meanwhile stay where they are.
 */
export async function takeExamples(
  tx: Tx,
  { proposed, target, actorId }: { proposed: Pattern; target: Pattern; actorId: string },
): Promise<TakenExamples> {
  const examples = readExamples(proposed.examples);
  const origin = await findOrigin(tx, proposed);
  const given = examples.filter(({ pairId }) => !pairId);
  const movedPairIds = await moveSeeds(tx, target, origin?.patternId ?? null, examples);
  if (given.length === 0) return { batchId: null, movedPairIds };
  const { batchId } = await recordGivenPairs(tx, {
    pattern: target,
    proposer: origin ? `${origin.model} ${origin.templateVersion}` : BY_HAND,
    strategy: "direct",
    requestedBy: actorId,
    given,
  });
  return { batchId, movedPairIds };
}

/** The exchange that proposed a pattern, with the pattern that it was asked about. */
async function findOrigin(tx: Tx, { projectId, exchangeId }: Pattern) {
  if (!exchangeId) return null;
  const [origin] = await tx
    .select({
      model: exchanges.model,
      templateVersion: exchanges.templateVersion,
      patternId: inquiries.patternId,
    })
    .from(exchanges)
    .leftJoin(inquiries, eq(inquiries.id, exchanges.inquiryId))
    .where(and(eq(exchanges.id, exchangeId), eq(exchanges.projectId, projectId)));
  return origin ?? null;
}

async function moveSeeds(
  tx: Tx,
  target: Pattern,
  fromId: string | null,
  examples: readonly PatternExample[],
): Promise<string[]> {
  const named = examples.flatMap(({ pairId }) => pairId ?? []);
  if (named.length === 0 || !fromId) return [];
  const moved = await tx
    .update(pairs)
    .set({ patternId: target.id })
    .where(
      and(
        inArray(pairs.id, named),
        eq(pairs.projectId, target.projectId),
        eq(pairs.patternId, fromId),
        eq(pairs.phase, 1),
      ),
    )
    .returning({ id: pairs.id });
  return moved.map(({ id }) => id).sort();
}
