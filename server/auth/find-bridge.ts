import { and, eq, isNull } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { bridges } from "@/db/schema";
import { sha256 } from "@/server/core/secret";

export async function findBridge(
  db: DbOrTx,
  token: string,
): Promise<{ id: string; name: string } | null> {
  const [bridge] = await db
    .select({ id: bridges.id, name: bridges.name })
    .from(bridges)
    .where(and(eq(bridges.tokenHash, sha256(token)), isNull(bridges.revokedAt)));
  return bridge ?? null;
}
