import { z } from "zod";
import { PAIR_STATES, REJECT_REASONS } from "@/db/enums";
import { CONCEPT_MAX_CHARS } from "./domain/concept";
import { PAIR_QUESTIONS } from "./domain/inquiry-input";
import { Phrases, Rewording } from "./domain/method-input";
import { PROMPT_COUNT } from "./domain/prompt-checks";

const concept = z.string().trim().min(1, "Enter a concept").max(CONCEPT_MAX_CHARS);
const latent = z
  .string()
  .trim()
  .max(CONCEPT_MAX_CHARS)
  .nullish()
  .transform((text) => text || null);

export const RequestBatch = z.object({ patternId: z.uuid(), n: z.number().int().min(1).max(100) });
export type RequestBatch = z.infer<typeof RequestBatch>;

export const RequestRetest = z.object({
  patternId: z.uuid(),
  /** null: the proposer's own; the examples differ in any case. */
  temperature: z.number().min(0).max(2).nullish(),
});
export type RequestRetest = z.infer<typeof RequestRetest>;

export const BatchId = z.object({ batchId: z.uuid() });
export const PairId = z.object({ pairId: z.uuid() });

/** Without ids: all that are being written. */
export const CancelPrompts = z.object({ pairIds: z.array(z.uuid()).min(1).max(100).optional() });
export type CancelPrompts = z.infer<typeof CancelPrompts>;

export const ExchangeId = z.object({ exchangeId: z.uuid() });

export const AddPairs = z.object({
  patternId: z.uuid(),
  pairs: z
    .array(z.object({ a: concept, b: concept, latent }))
    .min(1)
    .max(200),
});
export type AddPairs = z.infer<typeof AddPairs>;

export const DecidePair = z.discriminatedUnion("decision", [
  z.object({
    pairId: z.uuid(),
    decision: z.literal("accept"),
    /** Accepted as a rewording of its twin: marked so. */
    asVariant: z.boolean().optional(),
  }),
  z.object({
    pairId: z.uuid(),
    decision: z.literal("reject"),
    reason: z.enum(REJECT_REASONS),
    reasonText: z.string().trim().max(500).nullish(),
  }),
  z.object({ pairId: z.uuid(), decision: z.literal("set_aside") }),
  z.object({ pairId: z.uuid(), decision: z.literal("undo") }),
]);
export type DecidePair = z.infer<typeof DecidePair>;

export const REVIEW_PAGE = 250;
export const ReviewQueue = z.object({ cursor: z.uuid().nullish() });
/** An item of the queue: a proposed pair, or a proposal that is held as a repeat. */
export const ReviewCaseId = z.object({ id: z.uuid(), kind: z.enum(["pair", "duplicate"]) });
export type ReviewCaseId = z.infer<typeof ReviewCaseId>;

export const DecideDuplicate = z.object({
  proposalId: z.uuid(),
  decision: z.enum(["keep", "confirm", "undo"]),
});
export type DecideDuplicate = z.infer<typeof DecideDuplicate>;

export const EditPair = z.object({ pairId: z.uuid(), a: concept, b: concept, latent });
export type EditPair = z.infer<typeof EditPair>;

const description = z.string().trim().min(1).max(300);
export const EditMethodInput = z.discriminatedUnion("kind", [
  z.object({ pairId: z.uuid(), kind: z.literal("moce_order"), first: z.enum(["a", "b"]) }),
  z.object({ pairId: z.uuid(), kind: z.literal("descriptions"), a: description, b: description }),
  z.object({ pairId: z.uuid(), kind: z.literal("phrases"), ...Phrases.shape }),
  z.object({ pairId: z.uuid(), kind: z.literal("rewording"), ...Rewording.shape }),
]);

const PROMPT_MAX_CHARS = 2000;
export const SavePromptSet = z.object({
  pairId: z.uuid(),
  prompts: z.array(z.string().trim().max(PROMPT_MAX_CHARS)).length(PROMPT_COUNT),
});
export type SavePromptSet = z.infer<typeof SavePromptSet>;

/** A Level, or what a screened grid says that stopped at a correct image. */
export const LevelFilter = z.union([z.number().int().min(1).max(5), z.literal("atMost4")]);
export type LevelFilter = z.infer<typeof LevelFilter>;

export const PAIR_PAGE = 50;
export const PairFilter = z.object({
  patternId: z.uuid().nullish(),
  state: z.enum(PAIR_STATES).nullish(),
  search: z.string().trim().max(200).nullish(),
  level: LevelFilter.nullish(),
});
export type PairFilter = z.infer<typeof PairFilter>;
/** One question about all pairs of a filter that lack its answer. */
export const AskAboutPairs = PairFilter.extend({
  purpose: z.enum(PAIR_QUESTIONS),
  /** Of those that fit, only these. */
  pairIds: z.array(z.uuid()).max(1000).optional(),
});
export type AskAboutPairs = z.infer<typeof AskAboutPairs>;
export const ListPairs = PairFilter.extend({ cursor: z.uuid().nullish() });
export type ListPairs = z.infer<typeof ListPairs>;
