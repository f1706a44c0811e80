import { z } from "zod";

export const JOB_KINDS = [
  "loop.advance",
  "loop.sweep",
  "mining.propose",
  "mining.writePrompts",
  "mining.inquire",
  "mining.sweep",
  "generation.makeRenditions",
  "generation.openGrids",
  "generation.sweep",
  "realign.advance",
  "scoring.judgeRun",
  "scoring.judgeMissed",
  "import.run",
  "import.sweep",
  "release.export",
  "release.sweep",
  "agreement.reckon",
  "metrics.reckon",
  "rating.sweep",
  "counters.sweep",
] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** Asked for by the clock: each puts right what a crash or an outage left behind. */
export const SWEEPS = [
  "loop.sweep",
  "mining.sweep",
  "generation.sweep",
  "import.sweep",
  "release.sweep",
  "rating.sweep",
  "counters.sweep",
] as const satisfies JobKind[];

/** Ids only: the handler reads the truth from its row. */
export const jobPayloads = {
  "loop.advance": z.object({ patternId: z.uuid() }),
  "loop.sweep": z.object({}),
  "mining.propose": z.object({ batchId: z.uuid() }),
  "mining.writePrompts": z.object({ pairId: z.uuid() }),
  "mining.inquire": z.object({ inquiryId: z.uuid() }),
  "generation.makeRenditions": z.object({ renderId: z.uuid() }),
  "generation.openGrids": z.object({ renderId: z.uuid() }),
  "generation.sweep": z.object({}),
  "mining.sweep": z.object({}),
  "realign.advance": z.object({ firstRenderId: z.uuid() }),
  "scoring.judgeRun": z.object({ runId: z.uuid() }),
  "scoring.judgeMissed": z.object({ endpointId: z.uuid() }),
  "import.run": z.object({ importId: z.uuid() }),
  "import.sweep": z.object({}),
  "release.export": z.object({ exportId: z.uuid() }),
  "release.sweep": z.object({}),
  "agreement.reckon": z.object({ figuresId: z.uuid() }),
  "metrics.reckon": z.object({ figuresId: z.uuid() }),
  "rating.sweep": z.object({}),
  "counters.sweep": z.object({}),
} satisfies Record<JobKind, z.ZodType>;

export type JobPayload<K extends JobKind> = z.infer<(typeof jobPayloads)[K]>;
