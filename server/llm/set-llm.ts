import { eq } from "drizzle-orm";
import { settings } from "@/db/schema";
import { recordAudit } from "@/server/auth/record-audit";
import type { ViewerContext } from "@/server/trpc/context";
import { LLM_SETTING, readStoredLlm } from "./read-llm";
import type { SetLlm, StoredLlm } from "./schemas";
import { sealedKeyAfter, storeSetting, withoutKey } from "./stored-setting";

/** Stores which LLM answers. The key is sealed, and never leaves the server again. */
export async function setLlm({ db, viewer }: ViewerContext, input: SetLlm): Promise<void> {
  await db.transaction(async (tx) => {
    const before = await readStoredLlm(tx);
    const { apiKey, ...rest } = input;
    const value: StoredLlm = { ...rest, sealedKey: sealedKeyAfter(before, input) };
    await storeSetting(tx, { name: LLM_SETTING, value, accountId: viewer.accountId });
    await recordAudit(tx, {
      actorId: viewer.accountId,
      action: "llm.set",
      subject: LLM_SETTING,
      before: before && withoutKey(before),
      after: withoutKey(value),
    });
  });
}

/** Back to the environment's LLM, or to the offline proposer. */
export async function clearLlm({ db, viewer }: ViewerContext): Promise<void> {
  await db.transaction(async (tx) => {
    const before = await readStoredLlm(tx);
    if (!before) return;
    await tx.delete(settings).where(eq(settings.name, LLM_SETTING));
    await recordAudit(tx, {
      actorId: viewer.accountId,
      action: "llm.clear",
      subject: LLM_SETTING,
      before: withoutKey(before),
    });
  });
}
