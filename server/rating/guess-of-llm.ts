import { and, eq, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { batches, decisions, exchanges, pairs, proposals } from "@/db/schema";
import { BY_HAND } from "@/server/mining/domain/by-hand";

/**
 * What the LLM said would appear instead, in its own words: the C that it proposed the pair with, else the guess
 * that was taken over because nobody had written one. A person may have written another C since: the LLM is judged
 * by its own. What it said of a pair that was reworded since is no guess about this one. Joined to by the pair.
 */
export function guessesOfLlm(db: DbOrTx, projectId: string) {
  const input = sql`${exchanges.parameters} -> 'input'`;
  const guessed = db
    .selectDistinctOn([decisions.subjectId], {
      pairId: decisions.subjectId,
      latent: sql<string>`${decisions.payload} ->> 'latent'`.as("guessed_latent"),
    })
    .from(decisions)
    .innerJoin(pairs, eq(pairs.id, decisions.subjectId))
    .innerJoin(exchanges, eq(exchanges.id, sql`(${decisions.payload} ->> 'exchangeId')::uuid`))
    .where(
      and(
        eq(decisions.projectId, projectId),
        eq(decisions.action, "pair.guess"),
        sql`${decisions.payload} -> 'isTaken' = 'true'::jsonb`,
        eq(sql`${input} ->> 'a'`, pairs.conceptA),
        eq(sql`${input} ->> 'b'`, pairs.conceptB),
      ),
    )
    .orderBy(decisions.subjectId, decisions.seq)
    .as("guessed");
  const latent: SQL<string | null> = sql`coalesce(${proposedWith}, ${guessed.latent})`;
  return { guessed, latent };
}

// A scalar of each pair, found by the index on a proposal's pair.
const proposedWith = sql`(
  select ${proposals.latent} from ${proposals}
    join ${batches} on ${batches.id} = ${proposals.batchId}
    where ${proposals.pairId} = ${pairs.id} and ${proposals.key} = ${pairs.key}
      and ${batches.proposer} <> ${BY_HAND}
    order by ${proposals.id} limit 1)`;
