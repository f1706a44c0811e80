import { z } from "zod";
import { FAILURE_KINDS } from "@/db/enums";

export const LeaseTask = z.object({ endpoint: z.string().min(1).max(100) });
export const HeldTask = z.object({ taskId: z.uuid(), leaseToken: z.uuid() });
export type HeldTask = z.infer<typeof HeldTask>;

export const FailTask = HeldTask.extend({
  kind: z.enum(FAILURE_KINDS),
  reason: z.string().trim().min(1).max(500),
});
export type FailTask = z.infer<typeof FailTask>;

/** What made an answer, beside its settings. */
export const JudgingModel = z.object({
  name: z.string().min(1).max(500),
  revision: z.string().min(1).max(500),
  // Like a render's: a model of several parts names each.
  weightsHash: z.string().min(1).max(1000),
});
