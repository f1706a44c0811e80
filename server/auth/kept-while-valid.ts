/** The newest so many values, each until its time. */
export function keptWhileValid<T>(most: number) {
  const kept = new Map<string, { value: T; until: number }>();
  return {
    read(key: string): T | null {
      const found = kept.get(key);
      if (!found) return null;
      if (found.until > Date.now()) return found.value;
      kept.delete(key);
      return null;
    },
    keep(key: string, value: T, until: number): void {
      const [oldest] = kept.keys();
      if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
      kept.set(key, { value, until });
    },
  };
}
