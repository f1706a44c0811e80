import type { Tx } from "@/db/client";
import { patternParents, patterns } from "@/db/schema";
import { recordDecision } from "@/server/project/record-decision";
import { nameKey } from "../domain/name-key";
import type { PatternAnswer } from "../exchanges/pattern-answer";

type Named = Pick<PatternAnswer, "name" | "definition" | "category"> &
  Partial<Pick<PatternAnswer, "difference" | "examples">>;

type Origin = {
  projectId: string;
  phase: 1 | 3 | 4;
  exchangeId: string;
  parentIds?: readonly string[];
};

/** Patterns that a person has still to approve. One whose name was taken meanwhile is left out. */
export async function insertProposedPatterns(
  tx: Tx,
  { projectId, phase, exchangeId, parentIds = [] }: Origin,
  found: readonly Named[],
): Promise<void> {
  for (const { name, definition, category, difference, examples = [] } of found) {
    const shown = examples.map(({ a, b, latent }) => ({ a, b, latent: latent ?? null }));
    const [pattern] = await tx
      .insert(patterns)
      .values({
        projectId,
        name,
        nameKey: nameKey(name),
        definition,
        category,
        phase,
        state: "proposed",
        difference,
        examples: shown,
        exchangeId,
      })
      .onConflictDoNothing()
      .returning({ id: patterns.id });
    if (!pattern) continue;
    if (parentIds.length > 0)
      await tx
        .insert(patternParents)
        .values(parentIds.map((parentId) => ({ childId: pattern.id, parentId })));
    await recordDecision(tx, {
      projectId,
      actorId: null,
      action: "pattern.propose",
      subjectId: pattern.id,
      payload: {
        ...{ name, definition, category, phase, difference, examples: shown },
        ...{ exchangeId, parentIds },
      },
    });
  }
}
