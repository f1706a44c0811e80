import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { images, judgeTasks, tags } from "@/db/schema";
import type { FoundTag } from "./domain/objects";

/** What was found in the first images of these renders, for those that were looked at; without a row they were not. */
export async function readTags(
  db: DbOrTx,
  renderIds: readonly string[],
): Promise<Map<string, FoundTag[]>> {
  const rows = await db
    .select({
      renderId: judgeTasks.renderId,
      position: images.position,
      phrase: tags.phrase,
      mask: tags.mask,
    })
    .from(judgeTasks)
    .leftJoin(tags, eq(tags.taskId, judgeTasks.id))
    .leftJoin(images, eq(images.id, tags.imageId))
    .where(
      and(
        inArray(judgeTasks.renderId, [...renderIds]),
        isNull(judgeTasks.scoringId),
        eq(judgeTasks.state, "done"),
      ),
    )
    .orderBy(asc(images.position), asc(tags.phrase));
  const found = new Map<string, FoundTag[]>();
  for (const { renderId, position, phrase, mask } of rows) {
    const known = found.get(renderId) ?? [];
    // A render in whose images nothing was found was looked at nevertheless.
    if (position !== null && phrase !== null && mask !== null)
      known.push({ position, phrase, mask });
    found.set(renderId, known);
  }
  return found;
}
