import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type Pattern, patternParents, patterns } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { nameKey } from "./domain/name-key";
import type { ApprovePattern } from "./domain/pattern-input";
import { closesCircle } from "./domain/pattern-tree";
import { lockPatterns } from "./lock-patterns";
import { lockProject } from "./lock-project";
import { refuseDecided } from "./refuse-decided";
import { refuseTakenName } from "./refuse-taken-name";
import { takeExamples } from "./take-examples";

/**
 * A person's yes to a proposed pattern, under its own or another name. Its examples wait for review
 * from then on. Approving twice changes nothing.
 */
export async function approvePattern(
  { db, viewer, member }: MemberContext,
  { patternId, ...words }: ApprovePattern,
): Promise<void> {
  const { projectId } = member;
  await db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const parentIds = await findParents(tx, patternId);
    const [pattern, ...parents] = await lockPatterns(tx, {
      projectId,
      patternIds: [patternId, ...parentIds],
    });
    if (!pattern) throw new Error("A locked pattern is not among the locked ones");
    if (pattern.state === "approved") return;
    refuseDecided(pattern);
    for (const parent of parents) refuseLostParent(parent);
    await refuseCircle(tx, patternId, parentIds);
    const approved = await approve(tx, pattern, words);
    const taken = await takeExamples(tx, {
      proposed: pattern,
      target: approved,
      actorId: viewer.accountId,
    });
    const { name, definition, category } = approved;
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "pattern.approve",
      subjectId: patternId,
      payload: { name, definition, category, ...taken, exchangeId: pattern.exchangeId },
    });
    await notifyLive(tx, { projectId, topic: "pattern", id: patternId });
  });
}

async function findParents(tx: Tx, childId: string): Promise<string[]> {
  const rows = await tx
    .select({ parentId: patternParents.parentId })
    .from(patternParents)
    .where(eq(patternParents.childId, childId));
  return rows.map(({ parentId }) => parentId);
}

function refuseLostParent({ state, name }: Pattern): void {
  if (state === "approved") return;
  throw new AppError(
    "CONFLICT",
    `Its parent “${name}” was ${state} meanwhile. Take that up again first, or reject this pattern.`,
  );
}

/** A child is always newer than its parents, so this cannot happen; the tree's screens rely on it. */
async function refuseCircle(tx: Tx, childId: string, parentIds: readonly string[]): Promise<void> {
  let above = [...parentIds];
  const links: { childId: string; parentId: string }[] = [];
  while (above.length > 0) {
    const found = await tx
      .select()
      .from(patternParents)
      .where(inArray(patternParents.childId, above));
    const fresh = found.filter(({ parentId }) => !links.some((link) => link.parentId === parentId));
    links.push(...found);
    above = [...new Set(fresh.map(({ parentId }) => parentId))];
  }
  if (parentIds.some((parentId) => closesCircle(links, { childId, parentId })))
    throw new AppError("CONFLICT", "This pattern would descend from itself. Reject it.");
}

async function approve(
  tx: Tx,
  pattern: Pattern,
  words: Omit<ApprovePattern, "patternId">,
): Promise<Pattern> {
  const { projectId, id: patternId } = pattern;
  const name = words.name ?? pattern.name;
  await refuseTakenName(tx, { projectId, patternId, name });
  const [approved] = await tx
    .update(patterns)
    .set({
      name,
      nameKey: nameKey(name),
      definition: words.definition ?? pattern.definition,
      category: words.category ?? pattern.category,
      state: "approved",
    })
    .where(and(eq(patterns.id, patternId), eq(patterns.projectId, projectId)))
    .returning();
  if (!approved) throw new Error("The approved pattern was not stored");
  return approved;
}
