import type { Tx } from "@/db/client";
import { pairs, patterns } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { askForPrompts } from "./ask-for-prompts";
import { tidyConcept } from "./domain/concept";
import { pairKey } from "./domain/pair-key";
import { insertPromptSet } from "./insert-prompt-set";
import { lockProject } from "./lock-project";
import { type ImportPlan, type PlannedLine, planImport, promptProblems } from "./plan-import";
import type { ConfirmImport } from "./schemas";

const CHUNK = 1000;
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
  const added: Added[] = [];
  const byKey = new Map(lines.map((line) => [pairKey(line.a, line.b), line]));
  for (let at = 0; at < lines.length; at += CHUNK) {
    const rows = lines.slice(at, at + CHUNK).map((line) => ({
      projectId: member.projectId,
      patternId: patternIds.get(line.patternKey ?? "") ?? "",
      conceptA: tidyConcept(line.a),
      conceptB: tidyConcept(line.b),
      latent: line.latent ? tidyConcept(line.latent) : null,
      key: pairKey(line.a, line.b),
      phase: 1,
      origin: "import" as const,
      state: "accepted" as const,
      decidedBy: viewer.accountId,
      decidedAt: new Date(),
    }));
    const stored = await tx.insert(pairs).values(rows).returning({ id: pairs.id, key: pairs.key });
    for (const { id, key } of stored) {
      const line = byKey.get(key);
      if (line) added.push({ id, line });
    }
  }
  return added;
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
