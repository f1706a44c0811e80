import { z } from "zod";

export const JOB_KINDS = [
  "mining.propose",
  "mining.writePrompts",
  "generation.makeRenditions",
  "generation.openGrids",
  "generation.sweep",
  "release.export",
] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** Ids only: the handler reads the truth from its row. */
export const jobPayloads = {
  "mining.propose": z.object({ batchId: z.uuid() }),
  "mining.writePrompts": z.object({ pairId: z.uuid() }),
  "generation.makeRenditions": z.object({ renderId: z.uuid() }),
  "generation.openGrids": z.object({ renderId: z.uuid() }),
  "generation.sweep": z.object({}),
  "release.export": z.object({ exportId: z.uuid() }),
} satisfies Record<JobKind, z.ZodType>;

export type JobPayload<K extends JobKind> = z.infer<(typeof jobPayloads)[K]>;
