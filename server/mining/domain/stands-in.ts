const WORD = /[\p{L}\p{N}_]+(?:[-'’][\p{L}\p{N}_]+)*/gu;
const LETTER = /[\p{L}\p{N}_]/gu;

/**
 * Whether a phrase stands in a prompt, by the rule of the endpoints that look for it there (`find` in teacup_endpoints/words.py; both
 * keep gpu-bridge/contract/golden/phrases.json): whole words whatever their case. Where it does not stand so, letters count, spaces
 * and a plural s do not: "teacup" and "tea cups" stand for "tea cup", and "cup" does not stand in "teacup".
 */
export function standsIn(phrase: string, prompt: string): boolean {
  const words = wordsOf(prompt);
  return [written, letters].some((alike) => {
    const sought = alike(phrase);
    return (
      sought !== "" && words.some((_, begin) => beginsThere(words.slice(begin), sought, alike))
    );
  });
}

type Alike = (text: string) => string;

/** Whether the first words, as many as it takes, are alike what is sought. */
function beginsThere(words: readonly string[], sought: string, alike: Alike): boolean {
  let text = "";
  for (const word of words) {
    text = text === "" ? word : `${text} ${word}`;
    const said = alike(text);
    if (said === sought) return true;
    if (said.length > sought.length) return false;
  }
  return false;
}

const wordsOf = (text: string): string[] => text.match(WORD) ?? [];
const written: Alike = (text) => wordsOf(text.toLowerCase()).join(" ");
const letters: Alike = (text) =>
  (text.toLowerCase().match(LETTER) ?? []).join("").replace(/s$/, "");
