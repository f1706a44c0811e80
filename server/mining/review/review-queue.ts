import { and, asc, eq, gt, isNull, ne } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { DuplicateStep } from "@/db/enums";
import { batches, pairs, patterns, proposals } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { REVIEW_PAGE } from "../schemas";

export type ReviewItem = {
  kind: "pair" | "duplicate";
  id: string;
  pairId: string | null;
  proposalId: string | null;
  a: string;
  b: string;
  latent: string | null;
  patternId: string;
  pattern: string;
  batchId: string | null;
  batchNumber: number | null;
  /** The step that found a twin; null when none was found. */
  step: DuplicateStep | null;
  variantOfA: string | null;
  variantOfB: string | null;
};

type Page = { projectId: string; cursor: string | null | undefined };

/**
 * One page of what waits for a person's word, oldest first: proposed pairs, and proposals that look like a pair
 * we have. Only what the list shows; `reviewCase` brings the rest of one.
 */
export async function reviewQueue(
  { db, member }: Pick<MemberContext, "db" | "member">,
  { cursor }: { cursor?: string | null | undefined },
) {
  const page = { projectId: member.projectId, cursor };
  const [proposed, alike] = await Promise.all([proposedPairs(db, page), likelyRepeats(db, page)]);
  // Ids sort by creation, so the two lists merge into the order of batches and of what each proposed.
  const rows = [...proposed, ...alike].sort((x, y) => (x.id < y.id ? -1 : 1));
  const items = rows.slice(0, REVIEW_PAGE);
  return { items, nextCursor: rows.length > REVIEW_PAGE ? (items.at(-1)?.id ?? null) : null };
}

const shared = {
  proposalId: proposals.id,
  batchId: batches.id,
  batchNumber: batches.number,
  patternId: patterns.id,
  pattern: patterns.name,
  step: proposals.step,
};

async function proposedPairs(db: DbOrTx, { projectId, cursor }: Page): Promise<ReviewItem[]> {
  const rows = await db
    .select({
      ...shared,
      id: pairs.id,
      pairId: pairs.id,
      a: pairs.conceptA,
      b: pairs.conceptB,
      latent: pairs.latent,
      variantOfA: pairs.variantOfA,
      variantOfB: pairs.variantOfB,
    })
    .from(pairs)
    .innerJoin(patterns, eq(patterns.id, pairs.patternId))
    .leftJoin(proposals, eq(proposals.pairId, pairs.id))
    .leftJoin(batches, eq(batches.id, proposals.batchId))
    .where(
      and(
        eq(pairs.projectId, projectId),
        eq(pairs.state, "proposed"),
        cursor ? gt(pairs.id, cursor) : undefined,
      ),
    )
    .orderBy(asc(pairs.id))
    .limit(REVIEW_PAGE + 1);
  return rows.map((row) => ({ ...row, kind: "pair" }));
}

/** An equal key is a repeat without a doubt; what wording or meaning caught, a person may overrule. */
async function likelyRepeats(db: DbOrTx, { projectId, cursor }: Page): Promise<ReviewItem[]> {
  const rows = await db
    .select({
      ...shared,
      id: proposals.id,
      pairId: proposals.pairId,
      a: proposals.conceptA,
      b: proposals.conceptB,
      latent: proposals.latent,
    })
    .from(proposals)
    .innerJoin(batches, eq(batches.id, proposals.batchId))
    .innerJoin(patterns, eq(patterns.id, batches.patternId))
    .where(
      and(
        eq(proposals.projectId, projectId),
        eq(proposals.outcome, "duplicate"),
        ne(proposals.step, "exact"),
        isNull(proposals.reason),
        cursor ? gt(proposals.id, cursor) : undefined,
      ),
    )
    .orderBy(asc(proposals.id))
    .limit(REVIEW_PAGE + 1);
  return rows.map((row) => ({ ...row, kind: "duplicate", variantOfA: null, variantOfB: null }));
}
