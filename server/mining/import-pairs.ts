import type { Tx } from "@/db/client";
import { patterns } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { askForPrompts } from "./ask-for-prompts";
import { insertPairs, type NewPair } from "./insert-pairs";
import { insertPromptSet } from "./insert-prompt-set";
import { lockProject } from "./lock-project";
import { type ImportPlan, type PlannedLine, planImport, promptProblems } from "./plan-import";
import type { ConfirmImport } from "./schemas";

const MOST_WITH_PROMPTS = 500;

/** Adds exactly the pairs that the preview promised, or nothing. */
export async function importPairs(
  ctx: MemberContext,
  input: ConfirmImport,
): Promise<{ added: number; duplicates: number }> {
  const { projectId } = ctx.member;
  return ctx.db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const plan = await planImport(tx, { projectId, input });
    refuseWrong(plan);
    const adds = plan.lines.filter((line) => line.outcome === "add");
    if (adds.length !== input.expectedPairs)
      throw new AppError("CONFLICT", "The project changed since the preview. Look at it again.");
    if (input.withPrompts && adds.length > MOST_WITH_PROMPTS)
      throw new AppError("INVALID", `Prompts can be asked for ${MOST_WITH_PROMPTS} pairs at once`);
    const patternIds = await makePatterns(tx, ctx, plan);
    const added = await insertAll(tx, ctx, adds, patternIds);
    for (const { id, line } of added)
      await addPrompts(tx, { projectId, pairId: id, line, withPrompts: input.withPrompts });
    await recordDecision(tx, {
      projectId,
      actorId: ctx.viewer.accountId,
      action: "pairs.import",
      payload: {
        pairs: added.length,
        lines: plan.lines.length,
        patterns: [...patternIds.values()],
      },
    });
    const [first] = added;
    if (first) await notifyLive(tx, { projectId, topic: "pair", id: first.id });
    return { added: added.length, duplicates: plan.lines.length - added.length };
  });
}

function refuseWrong({ problem, lines }: ImportPlan): void {
  const wrong = lines.find((line) => line.outcome === "wrong");
  const fault = problem ?? (wrong && { line: wrong.line, reason: wrong.note });
  if (fault)
    throw new AppError("INVALID", `Nothing was imported. Line ${fault.line}: ${fault.reason}.`);
}

async function makePatterns(
  tx: Tx,
  { viewer, member }: MemberContext,
  { newPatterns, patternIds }: ImportPlan,
): Promise<Map<string, string>> {
  const ids = new Map(patternIds);
  for (const [nameKey, name] of newPatterns) {
    const [made] = await tx
      .insert(patterns)
      .values({
        projectId: member.projectId,
        name,
        nameKey,
        category: "lcmis",
        createdBy: viewer.accountId,
      })
      .returning({ id: patterns.id });
    if (made) ids.set(nameKey, made.id);
  }
  return ids;
}

type Added = { id: string; line: PlannedLine };

async function insertAll(
  tx: Tx,
  { viewer, member }: MemberContext,
  lines: readonly PlannedLine[],
  patternIds: ReadonlyMap<string, string>,
): Promise<Added[]> {
  const decidedAt = new Date();
  const rows = lines.map(({ a, b, latent, patternKey }): NewPair => {
    const patternId = patternIds.get(patternKey ?? "") ?? "";
    const decided = { state: "accepted", decidedBy: viewer.accountId, decidedAt } as const;
    return {
      projectId: member.projectId,
      patternId,
      a,
      b,
      latent,
      phase: 1,
      origin: "import",
      ...decided,
    };
  });
  const ids = await insertPairs(tx, rows);
  return lines.flatMap((line, index) => {
    const id = ids[index];
    return id ? [{ id, line }] : [];
  });
}

type Prompting = { projectId: string; pairId: string; line: PlannedLine; withPrompts: boolean };

async function addPrompts(
  tx: Tx,
  { projectId, pairId, line, withPrompts }: Prompting,
): Promise<void> {
  if (line.prompts?.length && promptProblems(line).length === 0) {
    await insertPromptSet(tx, { projectId, pairId, texts: line.prompts, author: "human" });
    return;
  }
  if (withPrompts) await askForPrompts(tx, { projectId, pairId });
}
