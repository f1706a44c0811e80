const ARTICLES = new Set(["a", "an", "the"]);
const IRREGULAR = new Map([
  ["knives", "knife"],
  ["leaves", "leaf"],
  ["mangoes", "mango"],
]);

/** Lower-case words without articles and punctuation, each in the singular. */
export function wordsOf(text: string): string[] {
  return rawWordsOf(text).map(singular);
}

export function rawWordsOf(text: string): string[] {
  const words = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['’]s\b/g, "")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean);
  return words.filter((word) => !ARTICLES.has(word));
}

/** Equal for both forms is what matters; "scissor" need not be a word. */
export function singular(word: string): string {
  const known = IRREGULAR.get(word);
  if (known) return known;
  if (word.length < 4 || /(ss|us|is)$/.test(word)) return word;
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.replace(/s$/, "");
}
