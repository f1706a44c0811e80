import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { exchanges, guidance, pairs } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import type { StoredParameters } from "./send-exchange";

export type LearnedFrom = Awaited<ReturnType<typeof learnedFrom>>;

/** What the first question of a batch was made of; null before it was asked. */
export async function learnedFrom(
  { db, member }: Pick<MemberContext, "db" | "member">,
  { batchId }: { batchId: string },
) {
  const { projectId } = member;
  const [asked] = await db
    .select({ id: exchanges.id, parameters: exchanges.parameters })
    .from(exchanges)
    .where(
      and(
        eq(exchanges.projectId, projectId),
        eq(exchanges.batchId, batchId),
        isNull(exchanges.repairsId),
      ),
    )
    .orderBy(asc(exchanges.id))
    .limit(1);
  if (!asked) return null;
  return { exchangeId: asked.id, ...(await readUsed(db, projectId, asked.parameters)) };
}

/** The examples and the guidance that went into a question. */
export async function readUsed(db: DbOrTx, projectId: string, parameters: unknown) {
  // The column is JSON that only sendExchange writes; exchanges from before it was kept have none.
  const { used } = parameters as Partial<StoredParameters<unknown>>;
  const exemplarIds = [...(used?.exemplarIds ?? [])];
  const guidanceIds = (used?.guidance ?? []).map(({ id }) => id);
  const [found, told] = await Promise.all([
    exemplarIds.length === 0
      ? []
      : db
          .select({ id: pairs.id, a: pairs.conceptA, b: pairs.conceptB })
          .from(pairs)
          .where(and(eq(pairs.projectId, projectId), inArray(pairs.id, exemplarIds))),
    guidanceIds.length === 0
      ? []
      : db
          .select({
            id: guidance.id,
            patternId: guidance.patternId,
            version: guidance.version,
            text: guidance.text,
          })
          .from(guidance)
          .where(and(eq(guidance.projectId, projectId), inArray(guidance.id, guidanceIds))),
  ]);
  const inOrder = exemplarIds.flatMap((id) => found.filter((pair) => pair.id === id));
  return { exemplars: inOrder, guidance: told };
}
