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
  const field = path.join(".");
  return issue.code === "too_big" && issue.origin === "string"
    ? `Shorten “${field}”: at most ${issue.maximum.toLocaleString("en-GB")} characters are kept.`
    : `${field}: ${message}`;
}
