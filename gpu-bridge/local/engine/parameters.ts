import { Refused } from "./refused";

// The Python package's `parameters.py` in TypeScript: one object is a method's documentation, its JSON
// Schema and its parser, and both languages describe and refuse alike (a test compares them).
export type JsonSchema = { [key: string]: unknown };
type Kind<T> = { schema: JsonSchema; read: (value: unknown, where: string) => T };
type About<T> = {
  title: string;
  default: T;
  unit?: string;
  minimum?: number;
  maximum?: number;
  description?: string;
};
export type Parameter<T> = { kind: Kind<T>; about: About<T> };
export type Parameters = Readonly<Record<string, Parameter<unknown>>>;
export type Values<P> = { [Name in keyof P]: P[Name] extends Parameter<infer T> ? T : never };

export const parameter = <T>(kind: Kind<T>, about: About<NoInfer<T>>): Parameter<T> => ({
  kind,
  about,
});

function plain<T>(type: string, words: string, fits: (value: unknown) => value is T): Kind<T> {
  const read = (value: unknown, where: string) => {
    if (!fits(value)) throw new Refused(`${where} must be ${words}.`);
    return value;
  };
  return { schema: { type }, read };
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);
const isNumber = (value: unknown): value is number => Number.isFinite(value);
export const WHOLE = plain("integer", "a whole number", isWhole);
export const NUMBER = plain("number", "a number", isNumber);
export const TRUTH = plain("boolean", "true or false", (value) => typeof value === "boolean");
export const TEXT = plain("string", "a text", (value) => typeof value === "string");

export function choice<const T extends string>(...names: T[]): Kind<T> {
  const read = (value: unknown, where: string) => {
    const found = names.find((name) => name === value);
    if (found === undefined) throw new Refused(`${where} must be one of ${names.join(", ")}.`);
    return found;
  };
  return { schema: { type: "string", enum: names }, read };
}

export const listOf = <T>(kind: Kind<T>): Kind<readonly T[]> => ({
  schema: { type: "array", items: kind.schema },
  read: (value, where) => {
    if (!Array.isArray(value)) throw new Refused(`${where} must be a list.`);
    return value.map((item: unknown, index) => kind.read(item, `${where}[${index}]`));
  },
});

export const orNone = <T>(kind: Kind<T>): Kind<T | null> => ({
  schema: { anyOf: [kind.schema, { type: "null" }] },
  read: (value, where) => (value === null ? null : kind.read(value, where)),
});

/** JSON Schema (2020-12); `unit` is our own keyword. `given`: defaults that an endpoint's file sets. */
export function schemaOf(parameters: Parameters, given: Readonly<Record<string, unknown>> = {}) {
  const described = Object.entries(parameters).map(([name, { kind, about }]) => {
    const fallback = name in given ? given[name] : about.default;
    return [name, { ...kind.schema, ...about, default: fallback }] as const;
  });
  return {
    type: "object",
    properties: Object.fromEntries(described),
    required: [],
    additionalProperties: false,
  };
}

/** Strict. @throws Refused for an unknown name, a wrong type, or a value out of range. */
export function readParameters<P extends Parameters>(
  parameters: P,
  raw: Readonly<Record<string, unknown>>,
  where = "method_params",
): Values<P> {
  for (const name of Object.keys(raw)) {
    if (Object.hasOwn(parameters, name)) continue;
    const names = Object.keys(parameters).join(", ") || "none";
    throw new Refused(`${where}.${name} is not known here: the parameters are ${names}.`);
  }
  const read = Object.entries(parameters).map(([name, { kind, about }]) => {
    if (!Object.hasOwn(raw, name)) return [name, about.default];
    const value = kind.read(raw[name], `${where}.${name}`);
    checkRange(value, about, `${where}.${name}`);
    return [name, value];
  });
  return Object.fromEntries(read) as Values<P>;
}

function checkRange(value: unknown, { minimum, maximum }: About<unknown>, where: string) {
  if (typeof value !== "number") return;
  if (minimum !== undefined && value < minimum) {
    throw new Refused(`${where} is ${value}: at least ${minimum} is needed.`);
  }
  if (maximum !== undefined && value > maximum) {
    throw new Refused(`${where} is ${value}: at most ${maximum} is possible.`);
  }
}
