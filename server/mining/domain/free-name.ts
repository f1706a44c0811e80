import { nameKey } from "./name-key";

export const PATTERN_NAME_MAX = 120;

/**
 * The name itself, or with " (2)", " (3)" behind it when its key is taken: a proposal under a known
 * name is kept and shown beside its namesake, not dropped.
 */
export function freeName(wanted: string, takenKeys: ReadonlySet<string>): string {
  const name = tidyName(wanted);
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? "" : ` (${number})`;
    const candidate = name.slice(0, PATTERN_NAME_MAX - suffix.length).trimEnd() + suffix;
    if (!takenKeys.has(nameKey(candidate))) return candidate;
  }
}

/** The name without the number that `freeName` put behind it. */
export const withoutNumber = (name: string): string => name.replace(/ \(\d+\)$/u, "");

function tidyName(wanted: string): string {
  const name = wanted.normalize("NFKC").replace(/\s+/gu, " ").trim();
  return nameKey(name) === "" ? "Pattern without a name" : name;
}
