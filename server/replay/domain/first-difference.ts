export type Difference = { path: string; logged: unknown; held: unknown };

/** The first place, in the order of keys, where two plain values differ; null when they are identical. */
export function firstDifference(logged: unknown, held: unknown, path = ""): Difference | null {
  if (Object.is(logged, held)) return null;
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
