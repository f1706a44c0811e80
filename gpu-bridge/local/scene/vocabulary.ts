import type { World } from "../read-world";
import { singular, wordsOf } from "./words";

export type Role = "content" | "host";
/** One word of the lexicon in one of its families; `index` points to its typical partner. */
export type Entry = { role: Role; familyId: string; index: number; id: string; name: string };
export type Found = { start: number; end: number; entries: Entry[] };
export type Vocabulary = { byKey: Map<string, Entry[]>; longest: number };

export function vocabularyOf({ lexicon }: Pick<World, "lexicon">): Vocabulary {
  const byKey = new Map<string, Entry[]>();
  for (const family of lexicon.families) {
    for (const role of ["content", "host"] as const) {
      const list = role === "content" ? family.contents : family.hosts;
      list.forEach(({ id, name, also }, index) => {
        for (const text of new Set([name, ...also].map((word) => wordsOf(word).join(" ")))) {
          const entry = { role, familyId: family.id, index, id, name };
          byKey.set(text, [...(byKey.get(text) ?? []), entry]);
        }
      });
    }
  }
  const longest = Math.max(...[...byKey.keys()].map((key) => key.split(" ").length));
  return { byKey, longest };
}

/** Every known concept of a text, the longest match first at each word: "wine glass", not "wine". */
export function findAll(vocabulary: Vocabulary, words: readonly string[]): Found[] {
  const found: Found[] = [];
  const singulars = words.map(singular);
  for (let start = 0; start < words.length; ) {
    const match = longestAt(vocabulary, singulars, start);
    if (match) found.push(match);
    start = match?.end ?? start + 1;
  }
  return found;
}

function longestAt({ byKey, longest }: Vocabulary, words: string[], start: number): Found | null {
  for (let end = Math.min(words.length, start + longest); end > start; end--) {
    const entries = byKey.get(words.slice(start, end).join(" "));
    if (entries) return { start, end, entries };
  }
  return null;
}
