import { type JsonSchema, withoutNull } from "./json-schema";

const KINDS: Record<string, { is: (value: unknown) => boolean; words: string }> = {
  boolean: { is: (value) => typeof value === "boolean", words: "true or false" },
  integer: { is: Number.isSafeInteger, words: "a whole number" },
  number: { is: Number.isFinite, words: "a number" },
  string: { is: (value) => typeof value === "string", words: "a text" },
  array: { is: Array.isArray, words: "a list" },
  object: { is: isObject, words: "an object" },
};

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is wrong with a value, as sentences that begin with its name; a value that nothing is said of is right. */
export function wrongsOf(given: JsonSchema, value: unknown, name: string): string[] {
  const [schema, isNullable] = withoutNull(given);
  if (isNullable && value === null) return [];
  if (schema.enum) {
    if (schema.enum.some((option) => option === value)) return [];
    if (schema.enum.length === 0) return [`${name} must be left empty: the endpoint has none.`];
    return [`${name} must be one of ${schema.enum.map(String).join(", ")}.`];
  }
  const kind = schema.type ? KINDS[schema.type] : undefined;
  if (!kind) return [];
  if (!kind.is(value)) return [`${name} must be ${kind.words}${rangeWords(schema)}.`];
  if (typeof value === "number" && !isInRange(schema, value)) {
    return [`${name} is ${value}: it must be ${kind.words}${rangeWords(schema)}.`];
  }
  if (Array.isArray(value)) {
    const { items = {} } = schema;
    return value.flatMap((item, i) => wrongsOf(items, item, `${name}, entry ${i + 1},`));
  }
  return isObject(value) ? wrongsIn(schema, value, name) : [];
}

/** The same of an object's parts, each by the name that a form gives it. */
function wrongsIn(schema: JsonSchema, value: Record<string, unknown>, name: string): string[] {
  return Object.values(wrongsByPart(schema, value)).map((sentence) => `${name}: ${sentence}`);
}

/** One sentence for each part that is wrong, under the part's own key. */
export function wrongsByPart(
  { properties = {}, required = [], additionalProperties }: JsonSchema,
  value: Record<string, unknown>,
): Record<string, string> {
  const wrongs: Record<string, string> = {};
  for (const [key, part] of Object.entries(properties)) {
    const label = part.title ?? key;
    if (value[key] !== undefined) {
      const [first] = wrongsOf(part, value[key], label);
      if (first) wrongs[key] = first;
    } else if (required.includes(key)) wrongs[key] = `${label} is missing.`;
  }
  if (additionalProperties !== false) return wrongs;
  const known = Object.keys(properties).join(", ") || "none";
  for (const key of Object.keys(value)) {
    if (!(key in properties)) wrongs[key] = `“${key}” is not known here: there are ${known}.`;
  }
  return wrongs;
}

const isInRange = ({ minimum = -Infinity, maximum = Infinity }: JsonSchema, value: number) =>
  value >= minimum && value <= maximum;

export function rangeWords({ minimum, maximum }: JsonSchema): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of ${minimum} or more`;
  return maximum === undefined ? "" : ` of ${maximum} or less`;
}
