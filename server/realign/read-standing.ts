import { and, desc, eq, inArray, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { DbOrTx } from "@/db/client";
import { generatorRevisions, inquiries, judgeTasks, pairs, prompts, renders } from "@/db/schema";
import { GeneratorParameters } from "@/server/generation/schemas";
import { readMethodInputs } from "@/server/mining/read-method-inputs";
import type { Standing } from "./domain/next-step";
import { type PromptPhrases, phrasesOf } from "./domain/objects";

type Waiting = { render: typeof renders.$inferSelect; standing: Standing } & {
  pairId: string;
  concepts: [string, string];
  taggedBy: string;
  phrases: PromptPhrases | null;
};

/** Second images that wait, each with where the steps before it are. A caller that acts on it has locked them. */
export async function readStanding(
  db: DbOrTx,
  projectId: string,
  renderIds: readonly string[],
): Promise<Waiting[]> {
  if (renderIds.length === 0) return [];
  const rows = await readWaiting(db, projectId, renderIds);
  const pairIds = [...new Set(rows.map(({ pair }) => pair.id))];
  const said = await readMethodInputs(db, projectId, pairIds);
  const questions = await readQuestions(db, projectId, pairIds);
  return rows.map(({ render, first, tags, pair, prompt, parameters }) => {
    const phrases = phrasesOf(said.get(pair.id)?.phrases, prompt);
    const question = questions.get(pair.id);
    return {
      render,
      pairId: pair.id,
      concepts: [pair.a, pair.b],
      taggedBy: GeneratorParameters.parse(parameters).tagged_by ?? "",
      phrases,
      standing: {
        first,
        tags: tags?.state ? { state: tags.state, reason: tags.reason } : null,
        hasPhrases: phrases !== null,
        question: question
          ? { ...question, isOfNow: question.createdAt >= render.notBefore }
          : null,
      },
    };
  });
}

function readWaiting(db: DbOrTx, projectId: string, renderIds: readonly string[]) {
  const first = alias(renders, "first");
  return db
    .select({
      render: renders,
      first: { state: first.state, reason: first.reason },
      tags: { state: judgeTasks.state, reason: judgeTasks.reason },
      pair: { id: pairs.id, a: pairs.conceptA, b: pairs.conceptB },
      prompt: prompts.text,
      parameters: generatorRevisions.parameters,
    })
    .from(renders)
    .innerJoin(first, eq(first.id, renders.firstRenderId))
    .innerJoin(prompts, eq(prompts.id, renders.promptId))
    .innerJoin(pairs, eq(pairs.id, prompts.pairId))
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, renders.generatorRevisionId))
    .leftJoin(judgeTasks, and(eq(judgeTasks.renderId, first.id), isNull(judgeTasks.scoringId)))
    .where(
      and(
        eq(renders.projectId, projectId),
        inArray(renders.id, [...renderIds]),
        eq(renders.awaitsObjects, true),
        eq(renders.state, "queued"),
      ),
    );
}

/** The newest question of each pair; one that was asked again to be looked at is none. */
async function readQuestions(db: DbOrTx, projectId: string, pairIds: readonly string[]) {
  const rows = await db
    .selectDistinctOn([inquiries.pairId], {
      pairId: inquiries.pairId,
      state: inquiries.state,
      reason: inquiries.reason,
      createdAt: inquiries.createdAt,
    })
    .from(inquiries)
    .where(
      and(
        eq(inquiries.projectId, projectId),
        eq(inquiries.purpose, "find_phrases"),
        inArray(inquiries.pairId, [...pairIds]),
        isNull(inquiries.rerunsId),
      ),
    )
    .orderBy(inquiries.pairId, desc(inquiries.id));
  return new Map(rows.map(({ pairId, ...question }) => [pairId ?? "", question]));
}
