import type { ExchangeOutcome } from "@/db/enums";
import type { ExchangeContract } from "./contract";

export type RawAnswer = { text: string; finishReason: string | null; isRefusal: boolean };
type BadOutcome = Extract<ExchangeOutcome, "unparsable" | "invalid" | "refused" | "truncated">;
export type ReadAnswer<T> =
  | { outcome: "parsed"; value: T }
  | { outcome: BadOutcome; problems: string[] };

const REFUSAL =
  /^\s*(?:i['’]?m sorry|i am sorry|sorry,|i can(?:no|['’])t|i am unable|i['’]m unable|i won['’]t|as an ai\b)/i;

/** Reads an answer by its contract. A fence or thoughts around the JSON are forgiven, nothing else. */
export function readAnswer<Input, T>(
  contract: ExchangeContract<Input, T>,
  input: Input,
  answer: RawAnswer,
): ReadAnswer<T> {
  const json = parseJson(answer.text);
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
  if (!json.ok) return { outcome: "unparsable", problems: ["It is not one JSON object"] };
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

function parseJson(text: string): { ok: true; value: unknown } | { ok: false } {
  const spoken = text.replace(/<think>[\s\S]*?<\/think>/gi, "").trim();
  const fenced = /```(?:json)?\s*\n([\s\S]*?)\n?```/i.exec(spoken)?.[1];
  const braces = spoken.slice(spoken.indexOf("{"), spoken.lastIndexOf("}") + 1);
  for (const candidate of [spoken, fenced, braces]) {
    const value = candidate ? tryParse(candidate) : undefined;
    if (value !== undefined && value !== null && typeof value === "object")
      return { ok: true, value };
  }
  return { ok: false };
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Not JSON is an expected answer of a model; anything else is a bug.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
