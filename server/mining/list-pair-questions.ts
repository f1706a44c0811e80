import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { exchanges, inquiries, pairs } from "@/db/schema";
import type { PairQuestion } from "./domain/inquiry-input";

// Words and not parameters, so that the planner sees that the index of open questions serves.
const IS_ABOUT_A_PAIR = sql`${inquiries.purpose} in ('guess_latent', 'drawing_order', 'describe_concepts', 'find_phrases', 'reword_prompts')`;
const SHOWN = 20;

const isOpen = (projectId: string, state: ReturnType<typeof sql>) =>
  and(eq(inquiries.projectId, projectId), state, IS_ABOUT_A_PAIR, isNull(inquiries.rerunsId));

/** Questions about pairs that wait for a person, the newest first. */
export async function listPairQuestions(db: DbOrTx, projectId: string) {
  const rows = await db
    .select({
      id: inquiries.id,
      purpose: inquiries.purpose,
      reason: inquiries.reason,
      pairId: pairs.id,
      a: pairs.conceptA,
      b: pairs.conceptB,
      exchangeId: sql<string | null>`(select ${exchanges.id} from ${exchanges}
        where ${exchanges.inquiryId} = ${inquiries.id} order by ${exchanges.id} desc limit 1)`,
    })
    .from(inquiries)
    .innerJoin(pairs, eq(pairs.id, inquiries.pairId))
    .where(isOpen(projectId, sql`${inquiries.state} = 'waiting'`))
    .orderBy(desc(inquiries.id))
    .limit(SHOWN);
  return rows.map(({ purpose, ...row }) => ({ ...row, purpose: purpose as PairQuestion }));
}

/** How many questions about pairs the LLM has yet to answer. */
export const countAsking = (db: DbOrTx, projectId: string): Promise<number> =>
  db.$count(inquiries, isOpen(projectId, sql`${inquiries.state} in ('queued', 'running')`));
