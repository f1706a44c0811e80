import { guidelines } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { currentGuideline } from "./current-guideline";
import { refuseTellingExamples } from "./guideline-examples";
import type { SetGuidelines } from "./schemas";

/** Adds a version; earlier ones stay, because sittings name the version they were done under. */
export async function setGuidelines(
  { db, viewer, member }: MemberContext,
  { text, examples, basedOn }: SetGuidelines,
): Promise<{ version: number }> {
  const { projectId } = member;
  const current = await currentGuideline(db, projectId);
  if (current.version !== basedOn) throw changedMeanwhile();
  await refuseTellingExamples(db, projectId, examples);
  return db.transaction(async (tx) => {
    // Two writers of one version meet at the unique key; the second finds no row made.
    const [made] = await tx
      .insert(guidelines)
      .values({ projectId, version: basedOn + 1, text, examples, createdBy: viewer.accountId })
      .onConflictDoNothing()
      .returning({ version: guidelines.version });
    if (!made) throw changedMeanwhile();
    await recordDecision(tx, {
      projectId,
      actorId: viewer.accountId,
      action: "guidelines.set",
      payload: { version: made.version, examples: examples.map(({ imageId }) => imageId) },
    });
    await notifyLive(tx, { projectId, topic: "guidelines", id: String(made.version) });
    return made;
  });
}

const changedMeanwhile = () =>
  new AppError(
    "CONFLICT",
    "Someone else changed the guidelines meanwhile. Reload to see their text, then make your change again.",
  );
