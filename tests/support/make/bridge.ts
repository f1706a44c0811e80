import { randomUUID } from "node:crypto";
import type { Db } from "@/db/client";
import { bridges } from "@/db/schema";
import { sha256 } from "@/server/core/secret";
import type { BridgeContext } from "@/server/trpc/context";

/** A bridge and the token it shows. */
export async function makeBridgeRow(db: Db): Promise<BridgeContext & { token: string }> {
  const token = `token-${randomUUID()}`;
  const [bridge] = await db
    .insert(bridges)
    .values({ name: `bridge-${randomUUID()}`, tokenHash: sha256(token) })
    .returning({ id: bridges.id, name: bridges.name });
  return { db, bridge: bridge!, token };
}
