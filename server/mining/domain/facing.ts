import type { PairWords } from "./compare-pairs";
import { compareConcepts, conceptForm } from "./similarity";

/** The other pair's concepts in this one's order: A and B carry no role. */
export function facing(pair: PairWords, other: PairWords): [string, string] {
  const score = (x: string, y: string) => compareConcepts(conceptForm(x), conceptForm(y)).score;
  const straight = score(pair.a, other.a) + score(pair.b, other.b);
  const turned = score(pair.a, other.b) + score(pair.b, other.a);
  return turned > straight ? [other.b, other.a] : [other.a, other.b];
}
