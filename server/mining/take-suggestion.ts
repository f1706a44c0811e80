import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { allocations, batches, type Pattern } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { askOnce } from "./ask-once";
import { Suggestions, type TakeSuggestion } from "./domain/allocation/suggestion";
import { expandPattern } from "./exchanges/expand-pattern";
import { insertBatch } from "./insert-batch";
import { lockPattern } from "./lock-pattern";
import { openProposer } from "./open-proposer";

export type Taken = { batchId: string | null; inquiryId: string | null };

/** A person follows a suggestion: a batch is asked for, or two sets of concepts to pick from. */
export async function takeSuggestion(
  { db, viewer, member: { projectId } }: MemberContext,
  { allocationId, patternId, strategy }: TakeSuggestion,
): Promise<Taken> {
  const { model } = await openProposer(db);
  return db.transaction(async (tx) => {
    const suggestion = await findSuggestion(tx, projectId, { allocationId, patternId, strategy });
    const pattern = await lockPattern(tx, { projectId, patternId });
    const asker = { actorId: viewer.accountId, proposer: `${model} ${expandPattern.version}` };
    const taken =
      strategy === "direct"
        ? await askForPairs(tx, pattern, { ...asker, n: suggestion.pairs })
        : await askForSets(tx, pattern, viewer.accountId);
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "allocation.take",
      subjectId: allocationId,
      payload: { patternId, strategy, ...taken },
    });
    return taken;
  });
}

async function findSuggestion(
  tx: Tx,
  projectId: string,
  { allocationId, patternId, strategy }: TakeSuggestion,
) {
  const [stored] = await tx
    .select({ suggestions: allocations.suggestions })
    .from(allocations)
    .where(and(eq(allocations.id, allocationId), eq(allocations.projectId, projectId)));
  const suggestion = Suggestions.parse(stored?.suggestions ?? []).find(
    (one) => one.patternId === patternId && one.strategy === strategy,
  );
  if (!suggestion) throw new AppError("NOT_FOUND", "No such suggestion in this project");
  return suggestion;
}

const MOST_ASKED = 100;

/** A second press meets the batch that the first one asked for. */
async function askForPairs(
  tx: Tx,
  pattern: Pattern,
  { n, ...asker }: { actorId: string; proposer: string; n: number },
): Promise<Taken> {
  const [open] = await tx
    .select({ id: batches.id })
    .from(batches)
    .where(and(eq(batches.patternId, pattern.id), inArray(batches.state, ["queued", "running"])))
    .limit(1);
  if (open)
    throw new AppError(
      "CONFLICT",
      `A batch of “${pattern.name}” is under way: let it finish before the next`,
    );
  const { batchId } = await insertBatch(tx, pattern, { ...asker, n: Math.min(n, MOST_ASKED) });
  return { batchId, inquiryId: null };
}

async function askForSets(
  tx: Tx,
  { id, projectId, name, state }: Pattern,
  actorId: string,
): Promise<Taken> {
  if (state !== "approved")
    throw new AppError("CONFLICT", `“${name}” is ${state}: approve it first`);
  const purpose = "concept_sets" as const;
  const asked = { projectId, actorId, purpose, patternId: id, parameters: {} };
  return { batchId: null, ...(await askOnce(tx, asked)) };
}
