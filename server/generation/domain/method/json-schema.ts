import { z } from "zod";

/** As much of JSON Schema as parameters of methods are written in; `unit` is our own keyword. What else stands in one is left to the endpoint. */
export type JsonSchema = {
  type?: string | undefined;
  title?: string | undefined;
  description?: string | undefined;
  unit?: string | undefined;
  default?: unknown;
  enum?: unknown[] | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
  anyOf?: JsonSchema[] | undefined;
  items?: JsonSchema | undefined;
  properties?: Record<string, JsonSchema> | undefined;
  required?: string[] | undefined;
  additionalProperties?: unknown;
};

export const JsonSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.looseObject({
    type: z.string().optional(),
    title: z.string().max(200).optional(),
    description: z.string().max(2000).optional(),
    unit: z.string().max(100).optional(),
    default: z.unknown().optional(),
    enum: z.array(z.unknown()).max(200).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    anyOf: z.array(JsonSchema).max(20).optional(),
    items: JsonSchema.optional(),
    properties: z.record(z.string().max(100), JsonSchema).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.unknown().optional(),
  }),
);

/** Without the null that it may be as well: [what else it is, whether it may be null]. */
export function withoutNull(schema: JsonSchema): [JsonSchema, boolean] {
  const kinds = schema.anyOf?.filter(({ type }) => type !== "null");
  const [only] = kinds ?? [];
  if (!schema.anyOf || !only || kinds?.length !== 1) return [schema, false];
  const { anyOf: _, ...about } = schema;
  return [{ ...only, ...about }, kinds.length < schema.anyOf.length];
}
