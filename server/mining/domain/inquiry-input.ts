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
