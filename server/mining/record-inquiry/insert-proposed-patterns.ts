import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { patternParents, patterns } from "@/db/schema";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import { freeName } from "../domain/free-name";
import { nameKey } from "../domain/name-key";
import type { PatternExample } from "../domain/pattern-example";
import type { PatternAnswer } from "../exchanges/pattern-answer";
import { lockProject } from "../lock-project";

type Named = Pick<PatternAnswer, "name" | "definition" | "category"> &
  Partial<Pick<PatternAnswer, "difference">> & { examples?: readonly PatternExample[] };

type Origin = {
  projectId: string;
  phase: 1 | 3 | 4;
  exchangeId: string;
  parentIds?: readonly string[];
};

/** Patterns that a person has still to approve. One whose name was taken meanwhile gets a number behind it. */
export async function insertProposedPatterns(
  tx: Tx,
  { projectId, phase, exchangeId, parentIds = [] }: Origin,
  found: readonly Named[],
): Promise<void> {
  await lockProject(tx, projectId);
  const known = await tx
    .select({ key: patterns.nameKey })
    .from(patterns)
    .where(eq(patterns.projectId, projectId));
  const takenKeys = new Set(known.map(({ key }) => key));
  for (const { examples = [], ...named } of found) {
    const words = { ...named, name: freeName(named.name, takenKeys), phase };
    takenKeys.add(nameKey(words.name));
    const shown = examples.map(({ a, b, latent, pairId }) => ({
      ...{ a, b, latent: latent ?? null },
      ...(pairId ? { pairId } : {}),
    }));
    const [pattern] = await tx
      .insert(patterns)
      .values({
        ...words,
        projectId,
        nameKey: nameKey(words.name),
        state: "proposed",
        examples: shown,
        exchangeId,
      })
      .returning({ id: patterns.id });
    if (!pattern) throw new Error("The proposed pattern was not stored");
    if (parentIds.length > 0)
      await tx
        .insert(patternParents)
        .values(parentIds.map((parentId) => ({ childId: pattern.id, parentId })));
    await recordDecision(tx, {
      projectId,
      actorId: null,
      action: "pattern.propose",
      subjectId: pattern.id,
      payload: { ...words, examples: shown, exchangeId, parentIds },
    });
    await notifyLive(tx, { projectId, topic: "pattern", id: pattern.id });
  }
}
