import type { z } from "zod";
import { bridges } from "@/db/schema";
import { recordAudit } from "@/server/auth/record-audit";
import { AppError } from "@/server/core/errors";
import { newToken, sha256 } from "@/server/core/secret";
import type { ViewerContext } from "@/server/trpc/context";
import type { MakeBridge } from "./schemas";

/** The token is in this answer and nowhere else. */
export async function makeBridge(
  { db, viewer }: ViewerContext,
  { name }: z.infer<typeof MakeBridge>,
): Promise<{ id: string; name: string; token: string }> {
  const token = newToken();
  const bridge = await db.transaction(async (tx) => {
    const [made] = await tx
      .insert(bridges)
      .values({ name, tokenHash: sha256(token), createdBy: viewer.accountId })
      .onConflictDoNothing({ target: bridges.name })
      .returning({ id: bridges.id, name: bridges.name });
    if (!made) throw new AppError("CONFLICT", "A bridge of this name exists; choose another name.");
    await recordAudit(tx, {
      actorId: viewer.accountId,
      action: "bridge.create",
      subject: made.id,
      after: { name },
    });
    return made;
  });
  return { ...bridge, token };
}
