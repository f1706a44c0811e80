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

/** An id ends the name: two may look alike without their punctuation. */
const folder = (name: string, id: string): string => `${fileSafe(name)}-${id.slice(-8)}`;
const drawnBy = (image: { generator: string; revision: number }): string =>
  `${fileSafe(image.generator)}-r${image.revision}`;
const extensionOf = (mime: string): string => EXTENSIONS[mime] ?? "bin";

export function imageFile(image: NamedImage): string {
  const set = image.promptSet === 1 ? "" : `set${image.promptSet}-`;
  const name = `${set}${image.prompt}-${image.seed}.${extensionOf(image.mime)}`;
  return `images/${folder(image.pairKey, image.pairId)}/${drawnBy(image)}/${name}`;
}

export type LookImage = {
  /** The look's own. */
  id: string;
  pairKey: string | null;
  pairId: string | null;
  concept: string | null;
  generator: string;
  revision: number;
  seed: number;
  mime: string;
};

/** Beside the pair's other images; those of a concept alone in a folder of their own. */
export function lookFile(image: LookImage): string {
  const name = `look-${image.seed}.${extensionOf(image.mime)}`;
  const subject =
    image.pairId === null
      ? `concepts/${folder(image.concept ?? "", image.id)}`
      : folder(image.pairKey ?? "", image.pairId);
  return `images/${subject}/${drawnBy(image)}/${name}`;
}

/** What a reader's disk calls the download. */
export const archiveName = (slug: string, madeAt: Date): string =>
  `${slug}-${madeAt.toISOString().slice(0, 16).replace("T", "-").replace(":", "")}.zip`;
