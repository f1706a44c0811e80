import { z } from "zod";
import { JUDGES } from "@/db/enums";

/** `prompt`: the whole prompt. `concepts`: the lower of the scores of the two concepts, since both have to be there. */
export const SCORED_BY = ["prompt", "concepts"] as const;
export type ScoredBy = (typeof SCORED_BY)[number];

export const ShowMetrics = z.object({
  judge: z.enum(JUDGES).default("human"),
  /** The measure shown in full; the one that follows people best when it is not said. */
  scorerId: z.uuid().optional(),
  by: z.enum(SCORED_BY).optional(),
});
export type ShowMetrics = z.infer<typeof ShowMetrics>;

/** What figures are kept under. `form` goes up when what is kept of them changes: older ones are then not found. */
export const AskedMetrics = ShowMetrics.extend({ form: z.literal(3).default(3) });
export type AskedMetrics = z.infer<typeof AskedMetrics>;

export const ScoredGridImages = z.object({
  judge: z.enum(JUDGES).default("human"),
  gridId: z.uuid(),
  scorerId: z.uuid(),
  by: z.enum(SCORED_BY),
});
export type ScoredGridImages = z.infer<typeof ScoredGridImages>;
