import type { MemberContext } from "@/server/trpc/context";
import { currentGuideline, type Guideline, readGuideline } from "./current-guideline";
import { type ShownExample, showExamples } from "./guideline-examples";

export type ShownGuidelines = Guideline & { examples: ShownExample[] };

/** What raters read under H: the newest text with its examples. */
export async function showGuidelines({
  db,
  member: { projectId },
}: Pick<MemberContext, "db" | "member">): Promise<ShownGuidelines> {
  const current = await currentGuideline(db, projectId);
  const stored = await readGuideline(db, projectId, current.version);
  return { ...current, examples: await showExamples(db, projectId, stored?.examples ?? []) };
}
