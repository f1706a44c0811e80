import { rangeWords } from "./check-value";
import { type JsonSchema, withoutNull } from "./json-schema";

/** How a parameter is asked for: `lines` is a list of texts or numbers, one a line; `json` is all else. */
export type FieldKind = "flag" | "whole" | "number" | "text" | "choice" | "lines" | "json";

/** One control of a form. Its value is held as text until it is sent. */
export type ParameterField = {
  name: string;
  label: string;
  /** What it is, its unit, what is possible and what is taken for granted, in one line. */
  hint: string;
  kind: FieldKind;
  /** Empty means that it is left to the endpoint. */
  isNullable: boolean;
  options: readonly string[];
  schema: JsonSchema;
};

/** A form's controls, in this order where it is known, else in that of the schema. */
export const fieldsOf = (
  { properties = {} }: JsonSchema,
  order: readonly string[] = [],
): ParameterField[] =>
  Object.entries(properties)
    .toSorted(([a], [b]) => placeIn(order, a) - placeIn(order, b))
    .map(([name, given]) => {
      const [schema, isNullable] = withoutNull(given);
      const kind = kindOf(schema);
      return {
        name,
        label: schema.unit ? `${schema.title ?? name}, ${schema.unit}` : (schema.title ?? name),
        hint: hintOf(schema, kind),
        kind,
        isNullable,
        options: schema.enum?.map(String) ?? [],
        schema: given,
      };
    });

const placeIn = (order: readonly string[], name: string) =>
  order.includes(name) ? order.indexOf(name) : order.length;

function kindOf({ type, enum: options, items }: JsonSchema): FieldKind {
  if (options?.every((option) => typeof option === "string")) return "choice";
  if (type === "boolean") return "flag";
  if (type === "integer") return "whole";
  if (type === "number") return "number";
  if (type === "string") return "text";
  const isFlat = ["string", "number", "integer"].includes(items?.type ?? "");
  return type === "array" && isFlat && !items?.enum ? "lines" : "json";
}

function hintOf(schema: JsonSchema, kind: FieldKind): string {
  const { description, default: usual, minimum, maximum } = schema;
  if (minimum !== undefined && minimum === maximum) {
    return [description?.replace(/\.$/, ""), `only ${minimum}`].filter(Boolean).join("; ");
  }
  const isNumber = kind === "whole" || kind === "number";
  const range = isNumber ? rangeWords(schema).replace(/^ (of )?/, "") : "";
  const form = { lines: "one a line", json: "as JSON" }[kind as string] ?? "";
  const normal =
    usual === undefined || usual === null || usual === "" || Array.isArray(usual)
      ? ""
      : `${heldText(usual, kind)} unless changed`;
  return [description?.replace(/\.$/, ""), range, form, normal].filter(Boolean).join("; ");
}

/** A value as its control holds it. */
export function heldText(value: unknown, kind: FieldKind): string {
  if (value === undefined || value === null) return "";
  if (kind === "lines" && Array.isArray(value)) return value.join("\n");
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What a control's text stands for. Text that is no number or no JSON stays text, and is refused by its schema. */
export function heldValue({ kind, isNullable, schema }: ParameterField, text: string): unknown {
  if (text === "" && isNullable) return null;
  if (kind === "flag") return text === "true";
  if (kind === "whole" || kind === "number") return numberIn(text);
  if (kind === "lines") return linesOf(withoutNull(schema)[0], text);
  return kind === "json" ? jsonIn(text) : text;
}

const numberIn = (text: string): unknown =>
  text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);

function linesOf({ items }: JsonSchema, text: string): unknown[] {
  const lines = text.split("\n").flatMap((line) => line.trim() || []);
  return items?.type === "string" ? lines : lines.map(numberIn);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
