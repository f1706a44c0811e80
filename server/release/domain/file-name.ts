const EXTENSIONS: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
};

const fileSafe = (text: string): string =>
  text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80);

export type NamedImage = {
  pairKey: string;
  pairId: string;
  generator: string;
  revision: number;
  /** Number of the first prompt set that holds the prompt, and the prompt's place in it. */
  promptSet: number;
  prompt: number;
  seed: number;
  mime: string;
};

/** The pair's id ends the folder's name: two keys may look alike without their punctuation. */
export function imageFile(image: NamedImage): string {
  const pair = `${fileSafe(image.pairKey)}-${image.pairId.slice(-8)}`;
  const generator = `${fileSafe(image.generator)}-r${image.revision}`;
  const set = image.promptSet === 1 ? "" : `set${image.promptSet}-`;
  const extension = EXTENSIONS[image.mime] ?? "bin";
  return `images/${pair}/${generator}/${set}${image.prompt}-${image.seed}.${extension}`;
}

/** What a reader's disk calls the download. */
export const archiveName = (slug: string, madeAt: Date): string =>
  `${slug}-${madeAt.toISOString().slice(0, 16).replace("T", "-").replace(":", "")}.zip`;
