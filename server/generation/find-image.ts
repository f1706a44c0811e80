import { and, eq, exists, inArray, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { blobs, gridImages, images, memberships } from "@/db/schema";

export type FoundImage = { id: string; sha256: string; mime: string; maySeeOriginal: boolean };

/** The image if this account may see it: researchers any of their projects', experts what is in a grid. */
export async function findImage(
  db: Db,
  accountId: string,
  imageId: string,
): Promise<FoundImage | null> {
  const isResearcher = inArray(memberships.role, ["owner", "researcher"]);
  const isInGrid = exists(
    db.select({ one: sql`1` }).from(gridImages).where(eq(gridImages.imageId, images.id)),
  );
  const [image] = await db
    .select({
      id: images.id,
      sha256: images.sha256,
      mime: blobs.mime,
      maySeeOriginal: sql<boolean>`${isResearcher}`,
    })
    .from(images)
    .innerJoin(blobs, eq(blobs.sha256, images.sha256))
    .innerJoin(memberships, eq(memberships.projectId, images.projectId))
    .where(
      and(eq(images.id, imageId), eq(memberships.accountId, accountId), or(isResearcher, isInGrid)),
    );
  return image ?? null;
}
