import { eq } from "drizzle-orm";
import { settings } from "@/db/schema";
import { recordAudit } from "@/server/auth/record-audit";
import { env } from "@/server/core/env";
import type { ViewerContext } from "@/server/trpc/context";
import { LLM_SETTING, readStoredLlm } from "./read-llm";
import type { SetLlm, StoredLlm } from "./schemas";
import { seal } from "./seal";

/** Stores which LLM answers. The key is sealed, and never leaves the server again. */
export async function setLlm({ db, viewer }: ViewerContext, input: SetLlm): Promise<void> {
  await db.transaction(async (tx) => {
    const before = await readStoredLlm(tx);
    // A stored key belongs to its address: it must not travel to another host by a mere edit.
    const isSameAddress = before?.baseUrl === input.baseUrl;
    const kept = isSameAddress ? (before?.sealedKey ?? null) : null;
    const sealedKey = input.apiKey ? seal(input.apiKey, env().AUTH_SECRET) : null;
    const value: StoredLlm = {
      baseUrl: input.baseUrl,
      model: input.model,
      deadlineSeconds: input.deadlineSeconds,
      maxTokens: input.maxTokens,
      sealedKey: input.apiKey === undefined ? kept : sealedKey,
    };
    const row = { value, updatedBy: viewer.accountId, updatedAt: new Date() };
    await tx
      .insert(settings)
      .values({ name: LLM_SETTING, ...row })
      .onConflictDoUpdate({ target: settings.name, set: row });
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

const withoutKey = ({ sealedKey, ...rest }: StoredLlm) => ({ ...rest, hasKey: sealedKey !== null });
