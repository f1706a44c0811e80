export type PromptPart = { text: string; mark: "a" | "b" | null };

const escapeForRegExp = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// "tea cup" also finds "Tea cups"; a concept in other words stays unmarked.
const patternOf = (concept: string) =>
  `${concept.trim().split(/\s+/).map(escapeForRegExp).join("[\\s-]+")}(?:e?s)?`;

/** Cuts a prompt into parts, so that both concepts can stand out in it. */
export function markConcepts(text: string, a: string, b: string): PromptPart[] {
  if (!a.trim() || !b.trim()) return [{ text, mark: null }];
  const either = new RegExp(`\\b(?:(${patternOf(a)})|(${patternOf(b)}))\\b`, "giu");
  const parts: PromptPart[] = [];
  let end = 0;
  for (const found of text.matchAll(either)) {
    if (found.index > end) parts.push({ text: text.slice(end, found.index), mark: null });
    parts.push({ text: found[0], mark: found[1] ? "a" : "b" });
    end = found.index + found[0].length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), mark: null });
  return parts;
}
