import type { Tx } from "@/db/client";
import { countImages } from "./count-images";

const TEXT_FILES = 16;

/** How many files an export writes, so that its progress has an end. */
export async function countFiles(tx: Tx, projectId: string): Promise<number> {
  return TEXT_FILES + (await countImages(tx, projectId)).images;
}
