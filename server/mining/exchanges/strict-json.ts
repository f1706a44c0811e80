const TOKEN = /"(?:[^"\\]|\\.)*"|[{}]/g;

/**
 * Parses JSON and refuses what JSON.parse lets pass: of two equal keys in one object it keeps the
 * last in silence, and nobody would know which of the two was meant.
 */
export function parseStrictJson(
  text: string,
): { ok: true; value: unknown } | { ok: false; doubledKey: string | null } {
  try {
    const value: unknown = JSON.parse(text);
    const doubledKey = findDoubledKey(text);
    return doubledKey === null ? { ok: true, value } : { ok: false, doubledKey };
  } catch (error) {
    // Not JSON is an expected answer of a model; anything else is a bug.
    if (error instanceof SyntaxError) return { ok: false, doubledKey: null };
    throw error;
  }
}

/** Walks the strings and braces of text that is known to be JSON. */
function findDoubledKey(text: string): string | null {
  const open: Set<string>[] = [];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (isKey(text, index + token.length)) {
      const key = String(JSON.parse(token));
      const keys = open.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return null;
}

/** A string is a key when a colon follows it. */
function isKey(text: string, end: number): boolean {
  let at = end;
  while (at < text.length && " \t\n\r".includes(text.charAt(at))) at += 1;
  return text.charAt(at) === ":";
}
