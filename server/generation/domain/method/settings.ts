import { type JsonSchema, withoutNull } from "./json-schema";

const side = (title: string): JsonSchema => ({
  type: "integer",
  title,
  unit: "pixels",
  minimum: 64,
  maximum: 2048,
  default: 1024,
});

/** What every render is asked with beside the method's own parameters, as the contract has it. */
const ASKED: Record<string, JsonSchema> = {
  steps: { type: "integer", title: "Steps", minimum: 1, maximum: 1000, default: 30 },
  guidance_scale: { type: "number", title: "Guidance", minimum: 0, maximum: 100, default: 5 },
  width: side("Width"),
  height: side("Height"),
  scheduler: {
    type: "string",
    title: "Scheduler",
    description: "Empty: the model's own",
    default: "",
  },
  negative_prompt: { type: "string", title: "Negative prompt", default: "" },
};

/** The same as the endpoint tells it: its defaults, its schedulers. */
export function settingsSchema(told: JsonSchema | null): JsonSchema {
  const properties = Object.fromEntries(
    Object.entries(ASKED).map(([name, asked]) => {
      const own = told?.properties?.[name];
      return [name, own ? ownOver(asked, own) : asked];
    }),
  );
  return { type: "object", properties, required: ["steps", "guidance_scale", "width", "height"] };
}

/** An own kind replaces the contract's, and never half of it. */
function ownOver({ type, ...asked }: JsonSchema, own: JsonSchema): JsonSchema {
  return own.anyOf ? { ...asked, ...own } : { type, ...asked, ...own };
}

/** A revision writes an empty text where an endpoint's schema has null: its own default. */
export function toldSettings(
  schema: JsonSchema,
  settings: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => {
      const [, isNullable] = withoutNull(schema.properties?.[name] ?? {});
      return [name, isNullable && value === "" ? null : value];
    }),
  );
}
