import type { Db } from "@/db/client";
import { bridges } from "@/db/schema";
import { sha256 } from "@/server/core/secret";

/** The bridge that runs beside the product; the supervisor made its token. */
export async function ensureEmbeddedBridge(db: Db, token: string): Promise<void> {
  const values = { tokenHash: sha256(token), isEmbedded: true, revokedAt: null };
  await db
    .insert(bridges)
    .values({ name: "embedded", ...values })
    .onConflictDoUpdate({ target: bridges.name, set: values });
}
