import { eq } from "drizzle-orm";
import { images } from "@/db/schema";
import type { JobPayload } from "@/server/jobs/contracts";
import type { JobContext } from "@/server/jobs/handle";
import { hasRendition, makeRendition } from "@/server/storage/renditions";

const WIDTHS = [160, 320, "full"] as const;

/** Safe to run twice: a rendition that exists is left, and making one again gives the same file. */
export async function makeRenditions(
  { renderId }: JobPayload<"generation.makeRenditions">,
  { db }: JobContext,
): Promise<void> {
  const rows = await db
    .select({ id: images.id, sha256: images.sha256 })
    .from(images)
    .where(eq(images.renderId, renderId));
  for (const image of rows) {
    for (const width of WIDTHS) {
      if (!(await hasRendition(image.id, width))) await makeRendition(image, width);
    }
  }
}
