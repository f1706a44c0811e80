import { randomUUID } from "node:crypto";
import type { Db } from "@/db/client";
import { exchanges, inquiries, type Pattern, patternParents, patterns } from "@/db/schema";
import type { PatternExample } from "@/server/mining/domain/pattern-example";

type Options = {
  projectId: string;
  examples?: readonly PatternExample[];
  parentIds?: readonly string[];
  /** The pattern whose seeds were named. */
  namedFromId?: string;
};

/** A pattern as an LLM's answer leaves it: proposed, with the exchange it came from. */
export async function makeProposedPattern(
  db: Db,
  { projectId, examples = [], parentIds = [], namedFromId }: Options,
): Promise<Pattern> {
  const [inquiry] = await db
    .insert(inquiries)
    .values({ projectId, purpose: "propose_patterns", state: "done", patternId: namedFromId })
    .returning();
  const [exchange] = await db
    .insert(exchanges)
    .values({
      projectId,
      purpose: "propose_patterns",
      inquiryId: inquiry!.id,
      templateVersion: "propose-patterns/1",
      model: "scripted",
      parameters: {},
      messages: [],
    })
    .returning();
  const name = `Proposed ${randomUUID()}`;
  const [pattern] = await db
    .insert(patterns)
    .values({
      projectId,
      name,
      nameKey: name.toLowerCase().replaceAll("-", " "),
      category: "lcmis",
      phase: parentIds.length > 0 ? 4 : 3,
      state: "proposed",
      difference: "It is about something else.",
      examples: [...examples],
      exchangeId: exchange!.id,
    })
    .returning();
  if (parentIds.length > 0)
    await db
      .insert(patternParents)
      .values(parentIds.map((parentId) => ({ childId: pattern!.id, parentId })));
  return pattern!;
}
