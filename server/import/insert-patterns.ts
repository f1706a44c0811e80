import type { Tx } from "@/db/client";
import { patterns } from "@/db/schema";
import { recordDecision } from "@/server/project/record-decision";
import type { FoundImport } from "./find-import";
import type { ImportPlan } from "./plan-import";

/** Makes the patterns that the file names and the project lacks; answers all of them by key. */
export async function insertPatterns(
  tx: Tx,
  { projectId, requestedBy }: FoundImport,
  { newPatterns, patternIds }: ImportPlan,
): Promise<Map<string, string>> {
  const ids = new Map(patternIds);
  for (const [nameKey, pattern] of newPatterns) {
    const [made] = await tx
      .insert(patterns)
      .values({ projectId, nameKey, createdBy: requestedBy, ...pattern })
      .returning({ id: patterns.id });
    if (!made) throw new Error("The pattern was not stored");
    ids.set(nameKey, made.id);
    await recordDecision(tx, {
      projectId,
      actorId: requestedBy,
      action: "pattern.create",
      subjectId: made.id,
      payload: pattern,
    });
  }
  return ids;
}
