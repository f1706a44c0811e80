import type { PatternAnswer } from "../../exchanges/pattern-answer";
import { nameKey } from "../name-key";
import { pairKey } from "../pair-key";
import type { DrawableKeys } from "./drawable";
import { type Crossing, isCrossed } from "./match-crossing";
import { proposeOffline } from "./propose-offline";

const EXAMPLES = 3;
/** Enough draws that three of them differ. */
const DRAWS = 24;

/** A crossing as a pattern. Its words name this crossing and no other, so that it is understood again. */
export function patternOf(
  crossing: Crossing,
  { known, seed, keys }: { known: readonly string[]; seed: number; keys: DrawableKeys },
): PatternAnswer {
  const { content, host } = crossing;
  const [a = "", b = ""] = [content.cuesA[0], host.cuesB[0]];
  return {
    name: freeName(`${a.charAt(0).toUpperCase()}${a.slice(1)} with the wrong ${b}`, known),
    definition: `A is one ${a}, B is one ${b} that nobody expects with it; what A is usually seen with is drawn in its stead.`,
    category: "lcmis",
    difference: isCrossed(crossing)
      ? `A is taken from ${content.label}, B from ${host.label}.`
      : `No other pattern is about ${content.label}.`,
    examples: examplesOf(crossing, seed, keys),
  };
}

function examplesOf(
  crossing: Crossing,
  seed: number,
  keys: DrawableKeys,
): PatternAnswer["examples"] {
  const drawn = proposeOffline(crossing, DRAWS, seed, keys);
  const byKey = new Map(drawn.map(({ a, b, latent }) => [pairKey(a, b), { a, b, latent }]));
  return [...byKey.values()].slice(0, EXAMPLES);
}

/** "Fruit with the wrong tree", "Fruit with the wrong tree 2", ... */
function freeName(name: string, known: readonly string[]): string {
  const taken = new Set(known.map(nameKey));
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name} ${number}`;
    if (!taken.has(nameKey(candidate))) return candidate;
  }
}
