import { z } from "zod";
import { JsonSchema } from "./json-schema";

const Plan = z.object({
  steps: z.number().int().min(1),
  guided: z.boolean(),
  least: z.number().min(0),
  most: z.number().min(0),
  backwards: z.number().min(0),
  backwards_most: z.number().min(0),
});

const OfferedMethod = z.object({
  name: z.string().min(1).max(100),
  version: z.string().max(100),
  title: z.string().max(200),
  /** null: it takes any parameters, and refuses wrong ones itself. */
  parameters: JsonSchema.nullable(),
  /** The parameters in the order that they are asked for; those that it does not name come last. */
  order: z.array(z.string()).max(500).default([]),
  /** What an image takes at the endpoint's own defaults; null: it does not say. */
  plan: Plan.nullable().default(null),
});
export type OfferedMethod = z.infer<typeof OfferedMethod>;

const Offer = z.object({
  methods: z.array(OfferedMethod).max(50),
  settings: JsonSchema.nullable(),
  /** The concepts that it can draw; null: it names none, and may draw any. */
  vocabulary: z
    .object({
      concepts: z.array(z.string().min(1).max(100)).min(1).max(500),
      /** Every word that its text encoder knows, where those are few. */
      words: z.array(z.string().min(1).max(40)).max(2000).optional(),
    })
    .nullable()
    .default(null),
  /** A sentence for whoever chooses a method here. */
  note: z.string().min(1).max(500).nullable().default(null),
});
/** Which methods an endpoint draws by, and what it says of the settings beside them. */
export type Offer = z.infer<typeof Offer>;

/** What a bridge wrote down of an endpoint; null: it never told, or not in a way that can be read. */
export const readOffer = (description: unknown): Offer | null =>
  Offer.safeParse(description).data ?? null;

/** Whether an endpoint says what stands where in images: it names what it finds things with. */
export const isTagger = (description: unknown): boolean =>
  z.looseObject({ tagger: z.looseObject({}) }).safeParse(description).success;

/** Why an endpoint does not draw, in its bridge's words. */
export const readReason = (description: unknown): string | null =>
  z.looseObject({ reason: z.string().max(1000) }).safeParse(description).data?.reason ?? null;
