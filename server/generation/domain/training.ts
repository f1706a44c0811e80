import { z } from "zod";

const Told = z.object({
  method: z.string().trim().min(1),
  code: z.string().optional(),
  data: z.string().optional(),
  steps: z.number().optional(),
  not_held_out: z.array(z.string()).optional(),
  note: z.string().optional(),
  /** Scorers by name whose numbers the training pushed up. */
  rewards: z.array(z.string()).optional(),
});
export type ToldTraining = z.infer<typeof Told>;
const Training = z.object({ told: Told });

/** What a person told an endpoint of how its weights were trained (`model.training.told` of an answer); null where nothing was. */
export const toldTraining = (training: unknown): ToldTraining | null =>
  Training.safeParse(training).data?.told ?? null;
