import type { ExchangeOutcome } from "@/db/enums";
import type { ExchangeContract } from "./contract";
import { parseStrictJson } from "./strict-json";

export type RawAnswer = { text: string; finishReason: string | null; isRefusal: boolean };
type BadOutcome = Extract<ExchangeOutcome, "unparsable" | "invalid" | "refused" | "truncated">;
export type ReadAnswer<T> =
  | { outcome: "parsed"; value: T }
  | { outcome: BadOutcome; problems: string[] };

/** Many times what any of our questions needs; what is longer is not looked into. */
const MOST_CHARS = 200_000;

/** What is kept of an answer. One character more than is read, so that the kept one reads as too long as well. */
export const keptAnswer = (text: string): string =>
  // PostgreSQL's text holds no NUL, and no half of a character.
  text
    .slice(0, MOST_CHARS + 1)
    .toWellFormed()
    .replaceAll("\u0000", "\uFFFD");

const REFUSAL =
  /^\s*(?:i['’]?m sorry|i am sorry|sorry,|i can(?:no|['’])t|i am unable|i['’]m unable|i won['’]t|as an ai\b)/i;

/** Reads an answer by its contract. A fence or thoughts around the JSON are forgiven, nothing else. */
export function readAnswer<Input, T>(
  contract: ExchangeContract<Input, T>,
  input: Input,
  answer: RawAnswer,
): ReadAnswer<T> {
  if (answer.text.length > MOST_CHARS)
    return {
      outcome: "invalid",
      problems: [`It is longer than ${MOST_CHARS.toLocaleString("en-GB")} characters`],
    };
  const json = findJson(answer.text);
  if (answer.isRefusal || (!json.ok && REFUSAL.test(answer.text)))
    return {
      outcome: "refused",
      problems: ["You declined, but this is a request to describe harmless pictures"],
    };
  if (answer.finishReason === "length")
    return {
      outcome: "truncated",
      problems: ["It was cut off before its end: answer more briefly"],
    };
  if (!json.ok) {
    const { doubledKey } = json;
    if (doubledKey === null)
      return { outcome: "unparsable", problems: ["It is not one JSON object"] };
    return {
      outcome: "invalid",
      problems: [`It gives “${doubledKey.slice(0, 100)}” twice in one object`],
    };
  }
  const shaped = contract.schema.safeParse(json.value);
  if (!shaped.success) {
    const problems = shaped.error.issues
      .slice(0, 5)
      .map((issue) => `${issue.path.join(".") || "the object"}: ${issue.message}`);
    return { outcome: "invalid", problems };
  }
  const problems = contract.problems(shaped.data, input);
  if (problems.length > 0) return { outcome: "invalid", problems };
  return { outcome: "parsed", value: shaped.data };
}

type Found = { ok: true; value: object } | { ok: false; doubledKey: string | null };

/** The whole text, what stands in its fence, or what stands between its first and last brace. */
function findJson(text: string): Found {
  const spoken = withoutThoughts(text).trim();
  const braces = spoken.slice(spoken.indexOf("{"), spoken.lastIndexOf("}") + 1);
  let doubledKey: string | null = null;
  for (const candidate of [spoken, fenced(spoken), braces]) {
    const read = parseStrictJson(candidate);
    if (read.ok && typeof read.value === "object" && read.value !== null)
      return { ok: true, value: read.value };
    if (!read.ok) doubledKey ??= read.doubledKey;
  }
  return { ok: false, doubledKey };
}

// Searched by hand: an answer may be made to keep a regular expression busy.
function withoutThoughts(text: string): string {
  const lower = text.toLowerCase();
  let rest = "";
  for (let at = 0; ; ) {
    const start = lower.indexOf("<think>", at);
    const end = start < 0 ? -1 : lower.indexOf("</think>", start);
    if (end < 0) return rest + text.slice(at);
    rest += text.slice(at, start);
    at = end + "</think>".length;
  }
}

function fenced(text: string): string {
  const start = text.indexOf("```");
  const line = start < 0 ? -1 : text.indexOf("\n", start);
  const end = line < 0 ? -1 : text.indexOf("```", line);
  return end < 0 ? "" : text.slice(line, end);
}
