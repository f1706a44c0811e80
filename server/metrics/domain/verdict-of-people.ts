import type { JudgedImage } from "./measured-grids";

/** By image, what people found; null where they gave no verdict, or where the grids that show it differ. */
export function verdictOfPeople(judged: readonly JudgedImage[]): Map<string, boolean | null> {
  const found = new Map<string, boolean | null>();
  for (const { imageId, isCorrect } of judged) {
    const before = found.get(imageId);
    const differs = before !== undefined && before !== isCorrect;
    found.set(imageId, differs ? null : isCorrect);
  }
  return found;
}
