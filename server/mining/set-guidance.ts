import { and, eq, isNull, max } from "drizzle-orm";
import { guidance } from "@/db/schema";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { plainText } from "./domain/plain-text";
import type { SetGuidance } from "./domain/steering-input";
import { findPattern } from "./find-pattern";
import { lockProject } from "./lock-project";

/** The researchers' own words to the proposer. A change is a new version; what an exchange was told stays known. */
export async function setGuidance(
  { db, viewer, member }: MemberContext,
  { patternId, ...input }: SetGuidance,
): Promise<{ version: number }> {
  const { projectId } = member;
  const text = plainText(input.text);
  return db.transaction(async (tx) => {
    if (patternId) await findPattern(tx, { projectId, patternId });
    await lockProject(tx, projectId);
    const [newest] = await tx
      .select({ version: max(guidance.version) })
      .from(guidance)
      .where(
        and(
          eq(guidance.projectId, projectId),
          patternId ? eq(guidance.patternId, patternId) : isNull(guidance.patternId),
        ),
      );
    const version = (newest?.version ?? 0) + 1;
    const createdBy = viewer.accountId;
    const [stored] = await tx
      .insert(guidance)
      .values({ projectId, patternId, version, text, createdBy })
      .returning({ id: guidance.id });
    if (!stored) throw new Error("The guidance was not stored");
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "guidance.set",
      subjectId: stored.id,
      payload: { patternId, version, text },
    });
    return { version };
  });
}
