import { checkPrompts } from "@/server/mining/domain/prompt-checks";
import { arrangeImages, type ImageSheet } from "./arrange-images";
import type { ImportItem, NamedPattern } from "./import-item";

export type PlannedTwin = {
  id: string | null;
  a: string;
  b: string;
  line: number | null;
  step: "exact" | "lexical" | "embedding";
};
/** A line with what an import would do with it. */
export type PlannedLine = Omit<ImportItem, "problem" | "promptSets" | "freePrompts"> & {
  outcome: "add" | "duplicate" | "wrong" | "prompt";
  /** What is wrong, what it repeats, or what to know before adding it. */
  notes: string[];
  pattern: NamedPattern | null;
  patternKey: string | null;
  /** As the project spells it. */
  patternName: string | null;
  twin: PlannedTwin | null;
  sets: string[][];
  free: string[];
  sheets: ImageSheet[];
};

type Texts = Pick<PlannedLine, "sets" | "free" | "sheets" | "notes">;

/** Which of a pair's prompts may be drawn as a set, which are only kept, and which images make a grid. */
export function planTexts(
  item: ImportItem & { a: string; b: string },
): Omit<ImportItem, "problem" | "promptSets" | "freePrompts"> & Texts {
  const { problem: _, promptSets, freePrompts, ...rest } = item;
  const judged = promptSets.map((texts) => ({ texts, problem: firstProblem(texts, item) }));
  const sets = judged.filter(({ problem }) => problem === null).map(({ texts }) => texts);
  const refused = judged.filter(({ problem }) => problem !== null);
  const free = [...freePrompts, ...refused.flatMap(({ texts }) => texts)].filter(Boolean);
  const sheets = arrangeImages(item.images, item);
  const notes = [
    ...refused.map(({ problem }) => `Its prompts are kept, but not as a set: ${problem}`),
    ...sheets.map(imageNote),
  ];
  return { ...rest, sets, free: [...new Set(free)], sheets, notes };
}

function firstProblem(
  texts: readonly string[],
  subject: { a: string; b: string; latent: string | null },
) {
  const [first] = checkPrompts(texts, subject);
  if (!first) return null;
  return first.position ? `prompt ${first.position}: ${first.problem}` : first.problem;
}

function imageNote({ prompts, notGrid, generator }: ImageSheet): string {
  const count = prompts.reduce((sum, { images }) => sum + images.length, 0);
  const images = `${count} ${count === 1 ? "image" : "images"} of ${generator}`;
  return notGrid === null ? `${images}, a grid to rate` : `${images}, shown only: ${notGrid}`;
}
