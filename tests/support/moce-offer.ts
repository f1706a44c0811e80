import type { Offer } from "@/server/generation/domain/method/offer";

const orNull = (schema: object) => ({ anyOf: [schema, { type: "null" }], default: null });

/** What an endpoint that draws by a method with parameters of many kinds tells, in the words of `parameters.py`. */
export const MOCE_OFFER = {
  methods: [
    {
      name: "moce",
      version: "1",
      title: "Mixture of Concept Experts",
      parameters: {
        type: "object",
        properties: {
          mode: {
            type: "string",
            enum: ["per_image", "per_prompt"],
            title: "Unit of decision",
            default: "per_image",
          },
          rounds: {
            type: "integer",
            title: "Rounds at most",
            unit: "rounds",
            minimum: 1,
            maximum: 20,
            default: 3,
          },
          window: {
            type: "number",
            title: "Last step searched",
            unit: "share of the steps",
            minimum: 0,
            maximum: 1,
            default: 0.475,
          },
          known_step: { ...orNull({ type: "integer" }), title: "Known step", minimum: 0 },
          exact: { type: "boolean", title: "Exact", default: true },
          words: { type: "array", items: { type: "string" }, title: "Words", default: [] },
        },
        required: [],
        additionalProperties: false,
      },
      order: ["mode", "rounds", "window", "known_step", "exact", "words"],
      plan: { steps: 40, guided: true, least: 80, most: 226, backwards: 0, backwards_most: 0 },
    },
  ],
  settings: {
    type: "object",
    properties: {
      steps: { type: "integer", title: "Steps", minimum: 1, maximum: 1000, default: 40 },
      scheduler: { ...orNull({ type: "string", enum: ["euler", "ddim"] }), title: "Scheduler" },
    },
    required: [],
    additionalProperties: false,
  },
  vocabulary: null,
  note: null,
} satisfies Offer;
