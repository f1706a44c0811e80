import { z } from "zod";

export const CONTRACT_VERSION = 1;
export const MAX_SEEDS = 64;
const SEED_LIMIT = 2 ** 31 - 1;

const Seed = z.int().min(0).max(SEED_LIMIT);
const Side = z.int().min(64).max(2048);
export const PngDataUrl = z
  .string()
  .regex(/^data:image\/png;base64,/, "must be a PNG as a data URL")
  .describe("A PNG as a data URL");

/** What endpoints are shown that look at images. */
export const ImageDataUrl = z
  .string()
  .regex(/^data:image\/(png|jpeg|webp);base64,/, "must be a PNG, JPEG or WebP as a data URL")
  .describe("A PNG, JPEG or WebP as a data URL");

export const Concept = z.strictObject({
  text: z.string().min(1).max(200),
  description: z.string().max(2000).optional(),
});

/** What one prediction is asked for: one prompt at several seeds. */
export const RenderInput = z.strictObject({
  prompt: z.string().trim().min(1).max(4000),
  negative_prompt: z.string().max(4000).optional(),
  seeds: z.array(Seed).min(1).max(MAX_SEEDS),
  steps: z.int().min(1).max(1000).optional(),
  guidance_scale: z.number().min(0).max(100).optional(),
  width: Side,
  height: Side,
  scheduler: z.string().max(100).optional(),
  method_params: z.record(z.string(), z.unknown()).optional(),
  concepts: z.array(Concept).max(8).optional().describe("In drawing order"),
});
export type RenderInput = z.infer<typeof RenderInput>;

export const PredictionRequest = z.looseObject({
  id: z.string().min(1).max(200).optional(),
  input: RenderInput,
});
export type PredictionRequest = z.infer<typeof PredictionRequest>;

export const Model = z.looseObject({
  name: z.string().min(1),
  revision: z.string().min(1),
  weights_hash: z.string().min(1),
});

/** What drew: beside its weights, how they were trained where that is known. */
const DrawnBy = Model.extend({
  training: z
    .record(z.string(), z.unknown())
    .optional()
    .describe("`told`: `method`, `rewards` and what else a person knows of it"),
});

const Method = z.looseObject({
  name: z.string().min(1),
  version: z.string().min(1),
  mode: z.string().optional(),
  parameters: z.record(z.string(), z.unknown()).default({}),
});

/** null: whoever hosts the model does not tell. */
const Counted = z.number().min(0).nullable();

/** What a prediction that succeeded gives. `images[i]` belongs to `seeds[i]` of the input. */
export const RenderOutput = z.looseObject({
  images: z.array(PngDataUrl).min(1).max(MAX_SEEDS),
  seeds: z.array(Seed).min(1).max(MAX_SEEDS),
  evals: Counted.describe("Forward UNet rows per image, counted"),
  backwards: Counted.default(0).describe("Backward passes per image, counted"),
  timings: z.record(z.string(), z.number().min(0)).default({}).describe("Seconds by phase"),
  model: DrawnBy,
  method: Method,
  trace: z.record(z.string(), z.unknown()).default({}).describe("What the method wants to show"),
});
export type RenderOutput = z.infer<typeof RenderOutput>;

/** The same where a safety checker, or the like, took images: null in their places, and why. */
export const FilteredOutput = RenderOutput.extend({
  images: z.array(PngDataUrl.nullable()).min(1).max(MAX_SEEDS),
  filtered: z
    .string()
    .min(1)
    .optional()
    .describe("Why images are null. It says nothing about the model, and spare seeds are drawn"),
});
export type FilteredOutput = z.infer<typeof FilteredOutput>;

const PREDICTION_STATES = ["starting", "processing", "succeeded", "failed", "canceled"] as const;

/** Cog's envelope. `output` is read with `FilteredOutput` once `status` is succeeded. */
export const Prediction = z.looseObject({
  id: z.string().nullish(),
  status: z.enum(PREDICTION_STATES),
  input: z.unknown().optional(),
  output: z.unknown().optional(),
  error: z.string().nullish(),
  permanent: z.boolean().nullish().describe("A failure that asking again would repeat"),
  metrics: z.record(z.string(), z.unknown()).nullish(),
});
export type Prediction = z.infer<typeof Prediction>;

const HEALTH_STATES = [
  "STARTING",
  "READY",
  "BUSY",
  "SETUP_FAILED",
  "DEFUNCT",
  "UNHEALTHY",
  "UNKNOWN",
] as const;

/** What an endpoint may say of itself beside Cog's own answer. */
export const EndpointDescription = z.looseObject({
  contract_version: z.literal(CONTRACT_VERSION),
  name: z.string().min(1),
  concurrency: z.int().min(1),
  model: Model,
  methods: z.array(z.looseObject({ name: z.string().min(1), version: z.string().min(1) })),
});
export type EndpointDescription = z.infer<typeof EndpointDescription>;

export const HealthCheck = z.looseObject({
  status: z.enum(HEALTH_STATES),
  setup: z.unknown().optional(),
  version: z.unknown().optional(),
  endpoint: EndpointDescription.optional(),
});
export type HealthCheck = z.infer<typeof HealthCheck>;

/** The body of 404, 409, 422 and 503: a sentence, or FastAPI's list of places and messages. */
export const Refusal = z.looseObject({
  detail: z.union([z.string().min(1), z.array(z.looseObject({ msg: z.string() })).min(1)]),
});

/** Cog's own body of 409 and 503, which an endpoint on Cog cannot change. */
export const CogRefusal = z.looseObject({ error: z.string().min(1) });

/** How a failed prediction says that a retry is no use, where the envelope has no room for a flag. */
export const PERMANENT_PREFIX = "permanent: ";

// Cog 0.23 puts its own words, twice, and the exception's class before what the endpoint said.
const COG_WORDS = /^(?:Prediction failed: )+(?:\w+(?:Error|Exception): )?/;

export function failureOf(prediction: Prediction): { message: string; permanent: boolean } {
  const error = (prediction.error ?? "").replace(COG_WORDS, "");
  const isMarked = error.startsWith(PERMANENT_PREFIX);
  const message = (isMarked ? error.slice(PERMANENT_PREFIX.length) : error).trim();
  return {
    message: message || "the endpoint gave no reason",
    permanent: isMarked || prediction.permanent === true,
  };
}
