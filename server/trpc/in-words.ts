import type { z } from "zod";

// How the parser begins where a schema has no words of its own.
const PARSERS_WORDS = /^(Invalid|Too |Not |Unrecognized)/;

/** What is wrong with an input, as somebody can read it; the parser's own message is a dump of JSON. */
export function inWords({ issues }: z.ZodError): string {
  return [...new Set(issues.map(wordsOf))].join(" ");
}

function wordsOf(issue: z.core.$ZodIssue): string {
  const { path, message } = issue;
  if (!PARSERS_WORDS.test(message) || path.length === 0) return message;
  const field = placeOf(path);
  return issue.code === "too_big" && issue.origin === "string"
    ? `Shorten “${field}”: at most ${issue.maximum.toLocaleString("en-GB")} characters are kept.`
    : `${field}: ${message}`;
}

/** Where it is, the innermost first: "caption of example 2". A list's item is counted from one, as people count. */
function placeOf(path: readonly PropertyKey[]): string {
  const places: string[] = [];
  let list: string | null = null;
  for (const key of path) {
    if (typeof key !== "number") {
      places.unshift(String(key));
      list = String(key);
      continue;
    }
    const item = `${list === null ? "item" : singular(list)} ${key + 1}`;
    if (list === null) places.unshift(item);
    else places[0] = item;
    list = null;
  }
  return places.join(" of ");
}

const singular = (list: string) =>
  list
    .replace(/ies$/, "y")
    .replace(/(x|ss|sh|ch)es$/, "$1")
    .replace(/([^s])s$/, "$1");
