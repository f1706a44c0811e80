import { plainText } from "./plain-text";
import { singular } from "./singular";

const ARTICLES = new Set(["a", "an", "the"]);
export const CONCEPT_MAX_CHARS = 120;

/** The words of a text as they are compared: one form per word, no articles, no punctuation. */
export function comparableWords(text: string): string[] {
  const words = plainText(text)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['’]s(?![\p{L}\p{N}])/gu, "")
    .replace(/['’]/g, "")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== "");
  // A last "a" is a name ("vitamin a"), never an article.
  return words
    .filter((word, index) => index === words.length - 1 || !ARTICLES.has(word))
    .map(singular);
}

/** "a Tea-Cup", "tea cups" and "teacup" are one concept: they share this key. */
export function conceptKey(concept: string): string {
  return comparableWords(concept).join("");
}

/** The concept as the search for twins knows it. */
export function conceptRow(projectId: string, concept: string) {
  const words = comparableWords(concept);
  return { projectId, key: words.join(""), text: words.join(" ") };
}

/** What people see: trimmed, single spaces, otherwise as it was written. */
export function tidyConcept(concept: string): string {
  return plainText(concept).normalize("NFKC").replace(/\s+/gu, " ").trim();
}
