import { and, eq, exists, not, or, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { blobs, images, promptSetPrompts, quickLooks, renders } from "@/db/schema";
import { isFirstImage } from "@/server/generation/is-first-image";

/**
 * The images an archive holds, for the page that announces them and for the progress of writing them: those of
 * every finished render whose prompt stands in a set of a pair, and those that a quick look was drawn for.
 */
export async function countImages(
  db: DbOrTx,
  projectId: string,
): Promise<{ images: number; imageBytes: number }> {
  const isOfPair = exists(
    db
      .select({ one: sql`1` })
      .from(promptSetPrompts)
      .where(eq(promptSetPrompts.promptId, renders.promptId)),
  );
  const isOfLook = exists(
    db.select({ one: sql`1` }).from(quickLooks).where(eq(quickLooks.renderId, renders.id)),
  );
  const [row] = await db
    .select({
      images: sql<number>`count(*)::int`,
      imageBytes: sql<number>`coalesce(sum(${blobs.bytes}), 0)::float8`,
    })
    .from(images)
    .innerJoin(blobs, eq(blobs.sha256, images.sha256))
    .innerJoin(renders, eq(renders.id, images.renderId))
    .where(
      and(
        eq(images.projectId, projectId),
        eq(renders.state, "done"),
        not(isFirstImage),
        or(isOfPair, isOfLook),
      ),
    );
  return row ?? { images: 0, imageBytes: 0 };
}
