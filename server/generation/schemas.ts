import { z } from "zod";
import { FAILURE_KINDS, RUN_PURPOSES } from "@/db/enums";
import { CONCEPT_MAX_CHARS } from "@/server/mining/domain/concept";
import { RatersPerGrid } from "@/server/project/schemas";

/** What a revision fixes: the contract's input but prompt, seeds and concepts. */
export const GeneratorParameters = z.object({
  negative_prompt: z.string().max(2000).default(""),
  steps: z.number().int().min(1).max(1000),
  guidance_scale: z.number().min(0).max(100),
  width: z.number().int().min(64).max(2048),
  height: z.number().int().min(64).max(2048),
  scheduler: z.string().max(100),
  method_params: z.record(z.string(), z.unknown()).default({}),
  /** A control of the platform, which no endpoint is told: the pair's prompts are drawn in other words. */
  reworded: z.literal(true).optional(),
  /** Of a method that draws twice: the endpoint that says what stands where in the first images. */
  tagged_by: z.string().trim().min(1).max(100).optional(),
});
export type GeneratorParameters = z.infer<typeof GeneratorParameters>;

/** The whole input of one render, as the contract (version 1) has it. */
export type RenderInput = Omit<GeneratorParameters, "reworded" | "tagged_by"> & {
  prompt: string;
  seeds: number[];
  concepts: { text: string; description?: string }[];
};

export const StartRun = z.object({
  pairIds: z.array(z.uuid()).min(1).max(5000).optional(),
  generatorRevisionId: z.uuid().optional(),
  /** Of those that are not drawn yet, the oldest so many: as many as a budget covers, say. */
  most: z.int().min(1).max(5000).optional(),
  /** Only pairs that are in no run of any generator that stands: what the board counts as to render. */
  undrawn: z.literal(true).optional(),
  // Pre-checks and capability checks have no prompt sets, repairs draw with fresh seeds: each has a verb of its own.
  purpose: z.enum(RUN_PURPOSES).exclude(["precheck", "capability", "repair"]).default("mining"),
  /** Of the grids of this run; as many as the project says when it is not said. */
  ratersPerGrid: RatersPerGrid.optional(),
});
export type StartRun = z.input<typeof StartRun>;

export const PreviewRun = StartRun.pick({ pairIds: true, generatorRevisionId: true });
export type PreviewRun = z.infer<typeof PreviewRun>;

export const StartPrecheck = z.object({
  /** Without them, the next accepted pairs that nobody has looked at. */
  pairIds: z.array(z.uuid()).min(1).max(500).optional(),
  /** At most so many of the next ones: as many as a budget covers, say. */
  most: z.int().min(1).max(200).optional(),
  generatorRevisionId: z.uuid().optional(),
});
export type StartPrecheck = z.infer<typeof StartPrecheck>;

export const RedrawBroken = z.object({ gridId: z.uuid() });
export type RedrawBroken = z.infer<typeof RedrawBroken>;

export const StartCapability = z
  .object({
    /** Both concepts of each. */
    pairIds: z.array(z.uuid()).max(200).default([]),
    concepts: z.array(z.string().trim().min(1).max(CONCEPT_MAX_CHARS)).max(200).default([]),
    generatorRevisionId: z.uuid().optional(),
  })
  .refine(({ pairIds, concepts }) => pairIds.length + concepts.length > 0, "Name a concept");
export type StartCapability = z.infer<typeof StartCapability>;

export const LookId = z.object({ lookId: z.uuid() });
export const JudgeLook = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("precheck"), lookId: z.uuid(), verdict: z.enum(["fine", "wrong"]) }),
  z.object({
    kind: z.literal("capability"),
    lookId: z.uuid(),
    /** The places, from 0, of images that do not show the concept. */
    wrong: z.array(z.number().int().min(0).max(63)).max(64),
  }),
]);
export type JudgeLook = z.infer<typeof JudgeLook>;

export const RunNumber = z.object({ number: z.number().int().min(1) });
export const RenderId = z.object({ renderId: z.uuid() });

/** Which endpoint draws, by which of its methods, and with what. */
const RevisionSettings = z.object({
  endpointName: z.string().trim().min(1).max(100),
  method: z.string().trim().min(1).max(100),
  parameters: GeneratorParameters,
});
export type RevisionSettings = z.infer<typeof RevisionSettings>;

export const NewGenerator = RevisionSettings.extend({ name: z.string().trim().min(1).max(80) });
export type NewGenerator = z.infer<typeof NewGenerator>;

export const NewRevision = RevisionSettings.extend({
  generatorId: z.uuid(),
  /** Equal settings make a new revision only when the weights behind the endpoint have changed. */
  otherWeights: z.boolean().default(false),
});
export type NewRevision = z.infer<typeof NewRevision>;

export const MakeBridge = z.object({
  name: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "Use lower-case letters, digits and dashes, 40 at most."),
});

/** What an admin says of one server of an endpoint; null: nothing. */
export const SetEndpoint = z.object({
  bridgeId: z.uuid(),
  name: z.string().min(1).max(100),
  handedOut: z.int().min(1).max(64).nullable(),
  hourCents: z.int().min(0).max(100_000_000).nullable(),
  imageCents: z.number().min(0).max(1_000_000).nullable(),
});
export type SetEndpoint = z.infer<typeof SetEndpoint>;

const EndpointReport = z.object({
  name: z.string().min(1).max(100),
  contractVersion: z.number().int().min(0),
  health: z.enum(["ready", "busy", "starting", "unreachable", "resting"]),
  concurrency: z.number().int().min(1).max(64),
  description: z.record(z.string(), z.unknown()).default({}),
});
export const BridgeHello = z.object({ endpoints: z.array(EndpointReport).max(64) });
export type BridgeHello = z.infer<typeof BridgeHello>;

export const LeaseRenders = z.object({
  endpoint: z.string().min(1).max(100),
  limit: z.number().int().min(1).max(16).default(1),
});

export const HeldRender = z.object({ renderId: z.uuid(), leaseToken: z.uuid() });
export type HeldRender = z.infer<typeof HeldRender>;

const FinishedImage = z.object({
  position: z.number().int().min(0).max(63),
  seed: z.number().int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
/** As the endpoint names it, with whatever else it tells: the hashes of its files, a refiner, scorers. */
const AnsweredModel = z.looseObject({ name: z.string().min(1), revision: z.string().min(1) });
const AnsweredMethod = z.looseObject({
  name: z.string().min(1),
  version: z.string().min(1),
  mode: z.string().optional(),
  parameters: z.record(z.string(), z.unknown()).default({}),
});
const LARGEST_COUNT = 2 ** 31 - 1;
export const FinishRender = HeldRender.extend({
  /** At the place in the leased seeds; without those that a filter took. */
  images: z.array(FinishedImage).max(64),
  /** Why images are missing. */
  filtered: z.string().trim().min(1).max(500).optional(),
  // An image's: a mean over the seeds, where they took differently many.
  evals: z.number().min(0).max(LARGEST_COUNT).nullable(),
  backwards: z.number().min(0).max(LARGEST_COUNT).nullable(),
  // One hash beside the other for whatever decides what is drawn: base, refiner, scorers.
  weightsHash: z.string().min(1).max(1000),
  /** The model but for its hash and training, and the method as it was resolved; left out by bridges that know nothing of it. */
  model: AnsweredModel.optional(),
  method: AnsweredMethod.optional(),
  /** How these weights were trained, as the endpoint tells it; left out by bridges that know nothing of it. */
  training: z.record(z.string(), z.unknown()).nullish(),
  timings: z.record(z.string(), z.unknown()),
  trace: z.unknown(),
});
export type FinishRender = z.infer<typeof FinishRender>;

export const FailRender = HeldRender.extend({
  kind: z.enum(FAILURE_KINDS),
  reason: z.string().trim().min(1).max(500),
});
export type FailRender = z.infer<typeof FailRender>;
