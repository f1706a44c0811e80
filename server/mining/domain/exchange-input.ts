import { z } from "zod";
import { EXCHANGE_OUTCOMES, EXCHANGE_PURPOSES } from "@/db/enums";
import { GUIDANCE_MAX_CHARS } from "./steering-input";

export const EXCHANGE_PAGE = 50;

export const ListExchanges = z.object({
  purpose: z.enum(EXCHANGE_PURPOSES).nullish(),
  outcome: z.enum(EXCHANGE_OUTCOMES).nullish(),
  cursor: z.uuid().nullish(),
});
export type ListExchanges = z.infer<typeof ListExchanges>;

/** What may differ when a question is asked again to see what comes; left out: as it was. */
export const RerunSettings = z.object({
  temperature: z.number().min(0).max(2).optional(),
  model: z.string().trim().min(1).max(200).optional(),
  guidance: z.string().trim().max(GUIDANCE_MAX_CHARS).optional(),
});
export type RerunSettings = z.infer<typeof RerunSettings>;

export const RerunExchange = RerunSettings.extend({ exchangeId: z.uuid() });
export type RerunExchange = z.infer<typeof RerunExchange>;
