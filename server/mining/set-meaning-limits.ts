import { recordAudit } from "@/server/auth/record-audit";
import { storeSetting } from "@/server/llm/stored-setting";
import type { ViewerContext } from "@/server/trpc/context";
import type { MeaningLimits } from "./domain/meaning/limits";
import { LIMITS_SETTING, meaningOf, openEmbedder, readAllLimits } from "./open-embedder";

/** From which cosines on the embedder in use flags a pair, and counts it as a repeat. Others keep theirs. */
export async function setMeaningLimits(
  { db, viewer }: ViewerContext,
  limits: MeaningLimits,
): Promise<void> {
  await db.transaction(async (tx) => {
    const { embedder, limits: before } = await meaningOf(tx, await openEmbedder(tx));
    const value = { ...(await readAllLimits(tx)), [embedder]: limits };
    await storeSetting(tx, { name: LIMITS_SETTING, value, accountId: viewer.accountId });
    await recordAudit(tx, {
      actorId: viewer.accountId,
      action: "meaning.setLimits",
      subject: embedder,
      before,
      after: limits,
    });
  });
}
