/**
 * The first thing in a caption that raters must not learn: a generator's or pattern's name, a Level or
 * a seed. Null when it tells nothing.
 */
export function tellingWords(caption: string, names: readonly string[]): string | null {
  const said = /\blevel\s*[1-5]\b|\bseeds?\s*\d+/i.exec(caption);
  if (said) return said[0];
  return names.find((name) => name.trim() !== "" && holds(caption, name.trim())) ?? null;
}

const holds = (text: string, name: string): boolean =>
  new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name)}(?![\\p{L}\\p{N}])`, "iu").test(text);

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
