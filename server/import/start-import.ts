import { and, eq } from "drizzle-orm";
import { imports } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { enqueue } from "@/server/jobs/queue";
import { notifyLive } from "@/server/live/live";
import type { MemberContext } from "@/server/trpc/context";
import { findImport } from "./find-import";
import { Confirmed, type ConfirmImport } from "./schemas";

const MOST_WITH_PROMPTS = 500;

/** Hands a previewed file to the worker; nothing is in the project before it is whole. */
export async function startImport(
  { db, member }: MemberContext,
  { importId, ...confirmed }: ConfirmImport,
): Promise<void> {
  const { projectId } = member;
  if (confirmed.withPrompts && confirmed.expected.pairs > MOST_WITH_PROMPTS)
    throw new AppError("INVALID", `Prompts can be asked for ${MOST_WITH_PROMPTS} pairs at once`);
  await findImport(db, { projectId, importId });
  await db.transaction(async (tx) => {
    const begun = await tx
      .update(imports)
      .set({ state: "queued", confirmed: Confirmed.parse(confirmed) })
      .where(
        and(
          eq(imports.id, importId),
          eq(imports.projectId, projectId),
          eq(imports.state, "uploaded"),
        ),
      )
      .returning({ id: imports.id });
    // A second press of the button.
    if (begun.length === 0) return;
    await enqueue(tx, "import.run", { importId });
    await notifyLive(tx, { projectId, topic: "import", id: importId });
  });
}
