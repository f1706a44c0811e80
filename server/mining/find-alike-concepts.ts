import { and, eq, like, or, type SQL } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import type { DbOrTx } from "@/db/client";
import { concepts } from "@/db/schema";
import { alikePatterns } from "./domain/alike-patterns";
import { comparableWords } from "./domain/concept";
import { compareConcepts, wordsForm } from "./domain/similarity";

export type AlikeConcept = { key: string; text: string; score: number };

/**
 * The project's concepts that pass the lexical step against `concept`, itself included. The
 * index of trigrams narrows to a few, never to too few; the exact rule decides.
 */
export async function findAlikeConcepts(
  tx: DbOrTx,
  projectId: string,
  concept: string,
): Promise<AlikeConcept[]> {
  const words = comparableWords(concept);
  const form = wordsForm(words);
  const known = (condition: SQL | undefined) =>
    tx
      .select({ key: concepts.key, text: concepts.text })
      .from(concepts)
      .where(and(eq(concepts.projectId, projectId), condition));
  const [first = [], ...groups] = alikePatterns(form, words.join(" "));
  const matches = (group: typeof first) =>
    and(...group.map((either) => or(...either.map((pattern) => like(concepts.text, pattern)))));
  // Each by its own way through the index; one condition with "or" would have the planner guess.
  const rows = await unionAll(
    known(eq(concepts.key, form.key)),
    known(matches(first)),
    ...groups.map((group) => known(matches(group))),
  );
  const found = new Map<string, AlikeConcept>();
  for (const { key, text } of rows) {
    const { alike, score } = compareConcepts(form, wordsForm(text.split(" ")));
    if (alike) found.set(key, { key, text, score });
  }
  return [...found.values()];
}
