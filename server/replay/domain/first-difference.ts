import { UNTOLD } from "./state";

export type Difference = { path: string; logged: unknown; held: unknown };
/** Where the log itself does not go on. */
export type Break = { path: string; problem: string };

/** The first place, in the order of keys, where two plain values differ; null when they are identical. */
export function firstDifference(logged: unknown, held: unknown, path = ""): Difference | null {
  if (Object.is(logged, held) || logged === UNTOLD) return null;
  if (!isObject(logged) || !isObject(held)) return { path, logged, held };
  const keys = [...new Set([...Object.keys(logged), ...Object.keys(held)])].sort();
  for (const key of keys) {
    const difference = firstDifference(logged[key], held[key], path ? `${path}.${key}` : key);
    if (difference) return difference;
  }
  return null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

export function sayDifference(difference: Difference | Break): string {
  if ("problem" in difference)
    return `First difference at ${difference.path}: ${difference.problem}.`;
  const { path, logged, held } = difference;
  return `First difference at ${path}: the log gives ${JSON.stringify(logged)}, the tables hold ${JSON.stringify(held)}.`;
}
