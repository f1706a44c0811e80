import { and, asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { blobs, images, renders } from "@/db/schema";

/** The images of those of these renders that are finished, by render. */
export async function imagesOfRenders(tx: Tx, renderIds: readonly string[]) {
  const rows = await tx
    .select({
      id: images.id,
      renderId: images.renderId,
      position: images.position,
      seed: images.seed,
      sha256: images.sha256,
      bytes: blobs.bytes,
      width: blobs.width,
      height: blobs.height,
      mime: blobs.mime,
    })
    .from(images)
    .innerJoin(blobs, eq(blobs.sha256, images.sha256))
    .innerJoin(renders, eq(renders.id, images.renderId))
    .where(and(inArray(images.renderId, [...renderIds]), eq(renders.state, "done")))
    .orderBy(asc(images.renderId), asc(images.position));
  return Map.groupBy(rows, (row) => row.renderId);
}
