import type { z } from "zod";
import { notifyLive } from "@/server/live/live";
import type { MemberContext } from "@/server/trpc/context";
import { insertMethodInput } from "./record-inquiry/insert-method-input";
import type { EditMethodInput } from "./schemas";

/** A person's own drawing order or descriptions: a new number beside what was said before, and the one that is drawn with from now on. */
export async function editMethodInput(
  { db, viewer, member }: MemberContext,
  { pairId, ...said }: z.infer<typeof EditMethodInput>,
): Promise<{ number: number }> {
  const { projectId } = member;
  const content = contentOf(said);
  return db.transaction(async (tx) => {
    const made = await insertMethodInput(tx, {
      projectId,
      pairId,
      kind: said.kind,
      content,
      actorId: viewer.accountId,
    });
    await notifyLive(tx, { projectId, topic: "pair", id: pairId });
    return made;
  });
}

type Said = Omit<z.infer<typeof EditMethodInput>, "pairId">;

function contentOf(said: Said): object {
  const { kind, ...content } = said;
  return kind === "moce_order" ? { ...content, reason: "" } : content;
}
