import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "@/db/client";
import type { MethodInputKind, MethodInputSource } from "@/db/enums";
import { decisions, exchanges, inquiries, methodInputs } from "@/db/schema";
import { PAIR_QUESTIONS, type PairQuestion } from "../domain/inquiry-input";
import { Descriptions, DrawingOrder, Phrases, Rewording } from "../domain/method-input";
import type { PairScope } from "./read-origin";

const Guess = z.object({ latent: z.string(), reason: z.string(), isTaken: z.boolean() });

/** What the proposer was asked about a pair: what it said last, and what is not settled. */
export async function readAdded(db: DbOrTx, scope: PairScope) {
  const [guess, order, descriptions, phrases, rewording, open] = await Promise.all([
    readGuess(db, scope),
    readNewest(db, scope, "moce_order"),
    readNewest(db, scope, "descriptions"),
    readNewest(db, scope, "phrases"),
    readNewest(db, scope, "rewording"),
    readOpen(db, scope),
  ]);
  return {
    guess: Guess.safeParse(guess).data ?? null,
    order: DrawingOrder.safeParse(order?.content).data ?? null,
    descriptions: Descriptions.safeParse(descriptions?.content).data ?? null,
    phrases: Phrases.safeParse(phrases?.content).data ?? null,
    rewording: Rewording.safeParse(rewording?.content).data ?? null,
    /** Whose words methods are told now. */
    sources: {
      order: sourceOf(order),
      descriptions: sourceOf(descriptions),
      phrases: sourceOf(phrases),
      rewording: sourceOf(rewording),
    },
    open,
  };
}

async function readGuess(db: DbOrTx, { projectId, pairId }: PairScope) {
  const [newest] = await db
    .select({ payload: decisions.payload })
    .from(decisions)
    .where(
      and(
        eq(decisions.projectId, projectId),
        eq(decisions.subjectId, pairId),
        eq(decisions.action, "pair.guess"),
      ),
    )
    .orderBy(desc(decisions.seq))
    .limit(1);
  return newest?.payload;
}

async function readNewest(db: DbOrTx, { projectId, pairId }: PairScope, kind: MethodInputKind) {
  const [newest] = await db
    .select({ content: methodInputs.content, source: methodInputs.source })
    .from(methodInputs)
    .where(
      and(
        eq(methodInputs.projectId, projectId),
        eq(methodInputs.pairId, pairId),
        eq(methodInputs.kind, kind),
      ),
    )
    .orderBy(desc(methodInputs.number))
    .limit(1);
  return newest;
}

const sourceOf = (newest: { source: MethodInputSource } | undefined): MethodInputSource =>
  newest?.source ?? "default";

async function readOpen(db: DbOrTx, { projectId, pairId }: PairScope) {
  const rows = await db
    .select({
      id: inquiries.id,
      purpose: inquiries.purpose,
      state: inquiries.state,
      reason: inquiries.reason,
      // Named with its table: in a query without joins a column alone would be the exchange's own.
      exchangeId: sql<string | null>`(select ${exchanges.id} from ${exchanges}
        where ${exchanges.inquiryId} = ${inquiries}.id order by ${exchanges.id} desc limit 1)`,
    })
    .from(inquiries)
    .where(
      and(
        eq(inquiries.projectId, projectId),
        eq(inquiries.pairId, pairId),
        inArray(inquiries.purpose, [...PAIR_QUESTIONS]),
        inArray(inquiries.state, ["queued", "running", "waiting"]),
        isNull(inquiries.rerunsId),
      ),
    )
    .orderBy(desc(inquiries.id));
  return rows.map(({ purpose, ...row }) => ({ ...row, purpose: purpose as PairQuestion }));
}
