import type { z } from "zod";

// How the parser begins where a schema has no words of its own.
const PARSERS_WORDS = /^(Invalid|Too |Not |Unrecognized)/;

/** What is wrong with an input, as somebody can read it; the parser's own message is a dump of JSON. */
export function inWords({ issues }: z.ZodError): string {
  const said = issues.map(({ path, message }) =>
    PARSERS_WORDS.test(message) && path.length > 0 ? `${path.join(".")}: ${message}` : message,
  );
  return [...new Set(said)].join(" ");
}
