import { JSON_SCHEMAS } from "../../contract/json-schemas";
import { CONTRACT_VERSION } from "../../contract/schemas";
import { isGuided, type Method } from "./asking";
import type { EndpointFile } from "./endpoint-file";
import { SIDE } from "./model";
import {
  choice,
  type JsonSchema,
  NUMBER,
  orNone,
  type Parameters,
  parameter,
  readParameters,
  schemaOf,
  TEXT,
  WHOLE,
} from "./parameters";
import { SAMPLERS } from "./samplers";

const SIDES = { minimum: SIDE, maximum: SIDE, default: SIDE };
// What of the contract's input may be left out, and the only size there is.
const SETTINGS = {
  width: parameter(WHOLE, { title: "Width", unit: "pixels", ...SIDES }),
  height: parameter(WHOLE, { title: "Height", unit: "pixels", ...SIDES }),
  steps: parameter(WHOLE, { title: "Steps", minimum: 1, maximum: 1000, default: 30 }),
  guidance_scale: parameter(NUMBER, { title: "Guidance", minimum: 0, maximum: 100, default: 5 }),
  negative_prompt: parameter(orNone(TEXT), { title: "Negative prompt", default: null }),
  scheduler: parameter(orNone(choice(...SAMPLERS)), {
    title: "Scheduler",
    description: "The model's own if left out",
    default: null,
  }),
};

// What a plan is told of: two concepts in one prompt.
const PAIR = [
  { text: "iced coke", description: null },
  { text: "tea cup", description: null },
];
const PROMPT = "a tea cup of iced coke";
// For whoever looks for them among the methods.
const NOTE =
  "Attend-and-Excite and Decorrelation are not among Tiny World's methods: they need gradients, which only the Python endpoints have (docs/endpoints.md).";

/** `GET /openapi.json` of an endpoint that draws, as the Python endpoints describe theirs. */
export function describeMethod<P extends Parameters>(
  method: Method<P>,
  file: EndpointFile,
  vocabulary: { concepts: readonly string[]; words: readonly string[] },
) {
  const { name, version, title, parameters } = method;
  const { steps, guidance_scale: guidance } = file.defaults;
  const values = readParameters(parameters, file.method_params);
  const plan = method.plan({ prompt: PROMPT, concepts: PAIR, guidance }, values, steps);
  const guided = isGuided({ guidance });
  const backwards = { backwards: 0, backwards_most: 0 };
  const schemas = {
    MethodParams: withScorers(schemaOf(parameters, file.method_params), Object.keys(file.scorer)),
    Settings: schemaOf(SETTINGS, file.defaults),
  };
  return around("render-input", file.name, schemas, {
    method: {
      name,
      version,
      title,
      concepts: true,
      plan: { steps, guided, ...plan, ...backwards },
    },
    vocabulary,
    note: NOTE,
  });
}

/** Of the scorers that a method can use it offers those that are here, or none. */
function withScorers(schema: ReturnType<typeof schemaOf>, scorers: readonly string[]) {
  const { scorer } = schema.properties as Record<string, { anyOf?: { enum?: string[] }[] }>;
  if (!scorer) return schema;
  const anyOf = scorer.anyOf?.map((kind) =>
    kind.enum ? { ...kind, enum: kind.enum.filter((name) => scorers.includes(name)) } : kind,
  );
  return { ...schema, properties: { ...schema.properties, scorer: { ...scorer, anyOf } } };
}

/** OpenAPI around the contract's input. */
export function around<Schemas extends Record<string, JsonSchema>>(
  input: "render-input" | "score-input",
  title: string,
  schemas: Schemas,
  about: object,
) {
  const { $schema: _, ...Input } = JSON_SCHEMAS[input] as JsonSchema;
  const answer = { 200: { description: "The prediction, once it is over" } };
  const properties = { input: { $ref: "#/components/schemas/Input" } };
  const schema = { type: "object", properties };
  const put = {
    operationId: "predict",
    requestBody: { content: { "application/json": { schema } } },
    responses: answer,
  };
  return {
    openapi: "3.1.0",
    info: { title, version: "1" },
    paths: {
      "/health-check": { get: { responses: answer } },
      "/predictions/{prediction_id}": { put },
      "/predictions/{prediction_id}/cancel": { post: { responses: answer } },
    },
    components: { schemas: { Input, Output: {}, ...schemas } },
    "x-teacup": { contract_version: CONTRACT_VERSION, ...about },
  };
}
