import { z } from "zod";
import { EXEMPLAR_MODES } from "@/db/enums";

export const GUIDANCE_MAX_CHARS = 4000;
export const HEAVIEST_EXEMPLAR = 10;

/** null: the whole project. */
export const GuidanceOf = z.object({ patternId: z.uuid().nullable() });
export type GuidanceOf = z.infer<typeof GuidanceOf>;

export const SetGuidance = GuidanceOf.extend({
  /** Empty: no guidance from now on. */
  text: z
    .string()
    .trim()
    .max(
      GUIDANCE_MAX_CHARS,
      `Keep it within ${GUIDANCE_MAX_CHARS.toLocaleString("en-GB")} characters`,
    ),
});
export type SetGuidance = z.infer<typeof SetGuidance>;

export const SetExemplar = z.object({
  pairId: z.uuid(),
  /** null: neither; the proposer may be shown it. */
  mode: z.enum(EXEMPLAR_MODES).nullable(),
  /** How often it is drawn beside the others, which weigh 1. */
  weight: z.number().min(0.1).max(HEAVIEST_EXEMPLAR).default(1),
});
export type SetExemplar = z.infer<typeof SetExemplar>;
