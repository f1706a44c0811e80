import { z } from "zod";
import { HeldTask, JudgingModel } from "@/server/judging/schemas";

const Tool = z.object({
  name: z.string().min(1).max(100),
  version: z.string().min(1).max(100),
  settings: z.record(z.string(), z.unknown()),
  model: JudgingModel,
});

const Tag = z.object({
  phrase: z.string().min(1).max(200),
  score: z.number().min(0).max(1),
  boxes: z.array(z.array(z.number()).length(4)).min(1).max(500),
  mask: z
    .string()
    .max(512 * 1024)
    .regex(/^data:image\/png;base64,/, "must be a PNG as a data URL"),
});

export const FinishTags = HeldTask.extend({
  /** In the order of the render's images. */
  images: z
    .array(z.object({ tags: z.array(Tag).max(32) }))
    .min(1)
    .max(64),
  detector: Tool,
  segmenter: Tool,
  timings: z.record(z.string(), z.number()),
});
export type FinishTags = z.infer<typeof FinishTags>;
