import { conceptKey } from "./concept";

/** One key for the unordered pair: A and B carry no role. */
export const pairKey = (a: string, b: string): string => joinKeys(conceptKey(a), conceptKey(b));

/** The pair's key from the keys of its concepts. */
export const joinKeys = (one: string, other: string): string => [one, other].sort().join("|");
