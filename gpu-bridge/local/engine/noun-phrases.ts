// The Python package's `noun_phrases` (words.py), word for word.
const WORD = /[\p{L}\p{N}_]+(?:[-'\u2019][\p{L}\p{N}_]+)*/gu;
const setOf = (words: string) => new Set(words.trim().split(/\s+/));
const DETERMINERS = setOf(
  "a an the this that these those some any each every its his her their my your our",
);
const CUTS = setOf(`
  and or but while as than then where which who whose that there
  of in on at by with without from into onto to over under above below behind beside besides
  between among against across along around through near inside outside upon off up down out
  like for per via next front top
  is are was were be been being has have had can will it they
`);

/** Cut at the words that no noun phrase contains, without a parser: a verb stays where it stands. */
export function nounPhrases(prompt: string): string[] {
  const phrases: { begin: number; end: number }[] = [];
  let open: { begin: number; end: number } | null = null;
  let last = 0;
  for (const { 0: text, index } of prompt.matchAll(WORD)) {
    const word = text.toLowerCase();
    const isApart = last > 0 && prompt.slice(last, index).trim() !== "";
    if (isApart || DETERMINERS.has(word) || CUTS.has(word)) open = null;
    last = index + text.length;
    if (CUTS.has(word) && !DETERMINERS.has(word)) continue;
    if (open) {
      open.end = last;
      continue;
    }
    open = { begin: index, end: last };
    phrases.push(open);
  }
  const texts = phrases.map(({ begin, end }) => prompt.slice(begin, end));
  const whole = lettersOf(prompt);
  const kept = texts.filter(
    (text) => !DETERMINERS.has(text.toLowerCase()) && lettersOf(text) !== whole,
  );
  return [...new Set(kept)];
}

const lettersOf = (text: string) =>
  (text.toLowerCase().match(/[\p{L}\p{N}_]/gu) ?? []).join("").replace(/s$/, "");
