import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { PatternCategory } from "@/db/enums";
import { patternParents, patterns } from "@/db/schema";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import { freeName } from "./domain/free-name";
import { nameKey } from "./domain/name-key";
import type { PatternExample } from "./domain/pattern-example";
import { lockProject } from "./lock-project";

export type ProposedPattern = {
  name: string;
  definition: string;
  category: PatternCategory;
  difference: string | null;
  examples: readonly PatternExample[];
};

export type ProposedPatterns = {
  projectId: string;
  phase: 1 | 3 | 4;
  inquiryId: string;
  exchangeId: string;
  /** Both parents of a crossing; none otherwise. */
  parentIds: readonly string[];
  proposed: readonly ProposedPattern[];
};

/** Stores what an LLM proposed as patterns that wait for a person's word. Nothing of it counts until then. */
export async function insertProposedPatterns(
  tx: Tx,
  { projectId, phase, inquiryId, exchangeId, parentIds, proposed }: ProposedPatterns,
): Promise<void> {
  await lockProject(tx, projectId);
  const known = await tx
    .select({ nameKey: patterns.nameKey })
    .from(patterns)
    .where(eq(patterns.projectId, projectId));
  const takenKeys = new Set(known.map((pattern) => pattern.nameKey));
  const made: { id: string; name: string }[] = [];
  for (const { examples, ...words } of proposed) {
    const name = freeName(words.name, takenKeys);
    takenKeys.add(nameKey(name));
    const [pattern] = await tx
      .insert(patterns)
      .values({
        ...words,
        projectId,
        name,
        nameKey: nameKey(name),
        phase,
        state: "proposed",
        examples: [...examples],
        exchangeId,
      })
      .returning({ id: patterns.id, name: patterns.name });
    if (!pattern) throw new Error("The proposed pattern was not stored");
    if (parentIds.length > 0)
      await tx
        .insert(patternParents)
        .values(parentIds.map((parentId) => ({ childId: pattern.id, parentId })));
    made.push(pattern);
    await notifyLive(tx, { projectId, topic: "pattern", id: pattern.id });
  }
  await recordDecision(tx, {
    projectId,
    actorId: null,
    action: "pattern.propose",
    subjectId: inquiryId,
    payload: { exchangeId, phase, parentIds, patterns: made },
  });
}
