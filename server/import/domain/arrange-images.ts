import { checkPrompts, PROMPT_COUNT } from "@/server/mining/domain/prompt-checks";
import type { ImportedImage } from "./import-item";

const IMAGES_A_PROMPT = 4;

export type ImageSheet = {
  generator: string;
  date: string | null;
  /** By the prompt's place, each with its images by row. */
  prompts: { text: string; images: ImportedImage[] }[];
  /** Why it can only be shown; null when it makes a grid that can be rated. */
  notGrid: string | null;
};
type Subject = { a: string; b: string; latent: string | null };

/** A pair's images, one sheet a generator and date. */
export function arrangeImages(images: readonly ImportedImage[], subject: Subject): ImageSheet[] {
  const groups = Map.groupBy(images, ({ generator, date, set }) =>
    JSON.stringify([generator, date, set]),
  );
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (!first) return [];
    const prompts = promptsOf(members);
    const { generator, date } = first;
    return [{ generator, date, prompts, notGrid: whyNoGrid(prompts, subject) }];
  });
}

function promptsOf(images: readonly ImportedImage[]): ImageSheet["prompts"] {
  const groups = [...Map.groupBy(images, (image) => image.prompt)];
  const placeOf = (members: readonly ImportedImage[]) => members[0]?.place ?? 0;
  return groups
    .map(([text, members]) => ({ text, images: members }))
    .sort((one, other) => placeOf(one.images) - placeOf(other.images));
}

function whyNoGrid(prompts: ImageSheet["prompts"], subject: Subject): string | null {
  const counts = prompts.map(({ images }) => images.length);
  if (prompts.length !== PROMPT_COUNT || counts.some((count) => count !== IMAGES_A_PROMPT))
    return `a grid is ${PROMPT_COUNT} prompts with ${IMAGES_A_PROMPT} images each, not ${counts.join(" + ")}`;
  const [problem] = checkPrompts(
    prompts.map(({ text }) => text),
    subject,
  );
  if (!problem) return null;
  return problem.position ? `prompt ${problem.position}: ${problem.problem}` : problem.problem;
}
