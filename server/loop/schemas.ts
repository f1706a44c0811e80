import { z } from "zod";
import { LOOP_STEPS } from "@/db/enums";

/** Phases 1 and 2 are open from the first day. */
export const OpenPhase = z.object({ number: z.union([z.literal(3), z.literal(4)]) });
export type OpenPhase = z.infer<typeof OpenPhase>;

export const HoldPhase = z.object({ number: z.union([z.literal(2), z.literal(3), z.literal(4)]) });
export type HoldPhase = z.infer<typeof HoldPhase>;

export const Proceed = z.object({ patternId: z.uuid(), step: z.enum(LOOP_STEPS) });
export type Proceed = z.infer<typeof Proceed>;
