import { z } from "zod";
import type { ExchangePurpose } from "@/db/enums";

/** What is asked for besides pairs and prompts, which have their own rows. */
export type InquiryPurpose = Exclude<ExchangePurpose, "expand_pattern" | "write_prompts">;

/** What an inquiry may be told; which of it counts depends on the purpose. */
export const InquiryParameters = z.object({
  /** How many patterns, or how many concepts in a set. */
  n: z.number().int().min(1).max(50).optional(),
  seed: z.number().int().min(0).optional(),
  /** Left out: the server's own. */
  temperature: z.number().min(0).max(2).optional(),
});
export type InquiryParameters = z.infer<typeof InquiryParameters>;

export const InquiryId = z.object({ inquiryId: z.uuid() });

/** What the proposer can add to a pair that is accepted already. */
export const PAIR_QUESTIONS = [
  "guess_latent",
  "drawing_order",
  "describe_concepts",
  "find_phrases",
  "reword_prompts",
] as const;
export type PairQuestion = (typeof PAIR_QUESTIONS)[number];

export const AskAboutPair = z.object({ pairId: z.uuid(), purpose: z.enum(PAIR_QUESTIONS) });
export type AskAboutPair = z.infer<typeof AskAboutPair>;

/** One transaction asks no more than this, and one press as many of them as it takes. */
export const MOST_ASKED_AT_ONCE = 100;
/** Pairs without an answer are counted up to here. */
export const MOST_LACKING = 1000;
