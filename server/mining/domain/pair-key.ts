import { conceptKey } from "./concept";

/** One key for the unordered pair: A and B carry no role. */
export function pairKey(a: string, b: string): string {
  return [conceptKey(a), conceptKey(b)].sort().join("|");
}
