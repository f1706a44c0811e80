import type { MemberContext } from "@/server/trpc/context";
import { type PlannedLine, planImport } from "./plan-import";
import type { ImportTable } from "./schemas";

const SHOWN = 300;

export type ImportPreview = Awaited<ReturnType<typeof previewImport>>;

/** What an import would do, line by line; faults come first when there are too many to show. */
export async function previewImport(
  { db, member }: Pick<MemberContext, "db" | "member">,
  input: ImportTable,
) {
  const plan = await planImport(db, { projectId: member.projectId, input });
  const of = (outcome: PlannedLine["outcome"]) =>
    plan.lines.filter((line) => line.outcome === outcome);
  const [wrong, duplicates, added] = [of("wrong"), of("duplicate"), of("add")];
  const shown = [...wrong, ...duplicates, ...added].slice(0, SHOWN);
  return {
    format: plan.format,
    delimiter: plan.delimiter,
    problem: plan.problem,
    isKeyOnly: plan.isKeyOnly,
    counts: { add: added.length, duplicate: duplicates.length, wrong: wrong.length },
    newPatterns: [...plan.newPatterns.values()],
    lines: shown
      .sort((x, y) => x.line - y.line)
      .map(({ prompts, patternKey, ...line }) => ({ ...line, prompts: prompts?.length ?? 0 })),
    hidden: plan.lines.length - shown.length,
  };
}
