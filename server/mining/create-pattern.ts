import { patterns } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { nameKey } from "./domain/name-key";
import type { CreatePattern } from "./domain/pattern-input";

export async function createPattern(
  { db, viewer, member }: MemberContext,
  input: CreatePattern,
): Promise<{ id: string }> {
  return db.transaction(async (tx) => {
    const [pattern] = await tx
      .insert(patterns)
      .values({
        ...input,
        projectId: member.projectId,
        nameKey: nameKey(input.name),
        createdBy: viewer.accountId,
      })
      .onConflictDoNothing()
      .returning({ id: patterns.id });
    if (!pattern) throw patternNameTaken(input.name);
    await recordDecision(tx, {
      projectId: member.projectId,
      actorId: viewer.accountId,
      action: "pattern.create",
      subjectId: pattern.id,
      payload: input,
    });
    return pattern;
  });
}

export const patternNameTaken = (name: string) =>
  new AppError(
    "CONFLICT",
    `This project already has a pattern called “${name}”. Use another name.`,
  );
