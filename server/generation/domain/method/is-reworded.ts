import { z } from "zod";

/** Whether a revision is the control that draws prompts in other words. */
export const isReworded = (parameters: unknown): boolean =>
  z.looseObject({ reworded: z.literal(true) }).safeParse(parameters).success;
