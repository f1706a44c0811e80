import { hash32 } from "../random";
import { conceptParts } from "./concept-parts";

const SIZE = 256;

// Shares of a word's weight, squared: itself, its bones, its trigrams. Two long words with the same bones are
// one, misspelt; short ones ("boat", "boot") seldom are.
const SHORT = { word: 0.5, bones: 0.25, trigrams: 0.25 };
const LONG = { word: 0, bones: 0.7, trigrams: 0.3 };
const LONG_FROM_LETTERS = 7;
const ABOUT_WEIGHT = 0.8;

/**
 * A concept as a point on a sphere, by hashing: what it is weighs more than what is said about it, listed
 * synonyms count as one word, and spelling counts a little. It knows no meaning beyond that list.
 */
export function builtInVector(concept: string): Float32Array {
  const { head, about } = conceptParts(concept);
  const vector = new Float32Array(SIZE);
  for (const word of head) addWord(vector, word, 1);
  for (const word of about) addWord(vector, word, ABOUT_WEIGHT);
  return toUnitLength(vector);
}

export function toUnitLength(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}

function addWord(vector: Float32Array, word: string, weight: number): void {
  const shares = word.length < LONG_FROM_LETTERS ? SHORT : LONG;
  add(vector, `w ${word}`, weight * Math.sqrt(shares.word));
  add(vector, `b ${bonesOf(word)}`, weight * Math.sqrt(shares.bones));
  const padded = ` ${word} `;
  const trigrams = Math.max(1, padded.length - 2);
  for (let at = 0; at < trigrams; at++)
    add(vector, `t ${padded.slice(at, at + 3)}`, weight * Math.sqrt(shares.trigrams / trigrams));
}

/** Its consonants in a row: slips of the pen mostly hit vowels and doubled letters. */
const bonesOf = (word: string) =>
  `${word.slice(0, 1)}${word.slice(1).replace(/[aeiouy]/g, "")}`.replace(/(.)\1+/g, "$1");

/** A feature's place and sign come from its hash, so no vocabulary is needed. */
function add(vector: Float32Array, feature: string, weight: number): void {
  const hash = hash32(feature);
  // The low bits of that hash alone fall too regularly.
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  const place = mixed % SIZE;
  vector[place] = (vector[place] ?? 0) + (mixed & 0x80000000 ? -weight : weight);
}
