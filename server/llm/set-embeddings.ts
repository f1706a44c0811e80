import { eq } from "drizzle-orm";
import { settings } from "@/db/schema";
import { recordAudit } from "@/server/auth/record-audit";
import type { ViewerContext } from "@/server/trpc/context";
import { EMBEDDINGS_SETTING, readStoredEmbeddings } from "./read-embeddings";
import type { SetEmbeddings, StoredEmbeddings } from "./schemas";
import { sealedKeyAfter, storeSetting, withoutKey } from "./stored-setting";

/** Stores which endpoint compares by meaning. The key is sealed, and never leaves the server again. */
export async function setEmbeddings(
  { db, viewer }: ViewerContext,
  input: SetEmbeddings,
): Promise<void> {
  await db.transaction(async (tx) => {
    const before = await readStoredEmbeddings(tx);
    const { apiKey, ...rest } = input;
    const value: StoredEmbeddings = { ...rest, sealedKey: sealedKeyAfter(before, input) };
    await storeSetting(tx, { name: EMBEDDINGS_SETTING, value, accountId: viewer.accountId });
    await recordAudit(tx, {
      actorId: viewer.accountId,
      action: "embeddings.set",
      subject: EMBEDDINGS_SETTING,
      before: before && withoutKey(before),
      after: withoutKey(value),
    });
  });
}

/** Back to the environment's endpoint, or to the built-in embedder. */
export async function clearEmbeddings({ db, viewer }: ViewerContext): Promise<void> {
  await db.transaction(async (tx) => {
    const before = await readStoredEmbeddings(tx);
    if (!before) return;
    await tx.delete(settings).where(eq(settings.name, EMBEDDINGS_SETTING));
    await recordAudit(tx, {
      actorId: viewer.accountId,
      action: "embeddings.clear",
      subject: EMBEDDINGS_SETTING,
      before: withoutKey(before),
    });
  });
}
