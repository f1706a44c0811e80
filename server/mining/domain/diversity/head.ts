import { comparableWords } from "../concept";

const JOINTS = new Set([
  ...["of", "in", "on", "with", "at", "from", "for", "by", "under", "over", "inside", "without"],
  ...["beside", "behind", "between", "near", "made", "filled", "full", "and", "that", "which"],
]);

/** The noun a concept is about: the last word before any "of" or "with". "glass of red wine" is a glass. */
export function headOf(concept: string): string {
  const words = comparableWords(concept);
  const joint = words.findIndex((word, at) => at > 0 && JOINTS.has(word));
  return words.at(joint === -1 ? -1 : joint - 1) ?? "";
}
