import { z } from "zod";
import { ImageDataUrl, Model } from "./schemas";

export const MAX_SCORED_IMAGES = 64;
export const MAX_SCORED_TEXTS = 64;

const Text = z.string().trim().min(1).max(4000);
const Texts = z.array(Text).min(1).max(MAX_SCORED_TEXTS);

/** One scorer and what it is asked about every image: texts, or questions. */
export const ScoreItem = z.strictObject({
  scorer: z.string().min(1).max(100),
  texts: Texts,
  corrupted: Texts.optional().describe(
    "One text that says something else for each text; answered with the sensitivity",
  ),
});

/** What an endpoint that scores is asked: several scorers in one call. */
export const ScoreInput = z.strictObject({
  images: z.array(ImageDataUrl).min(1).max(MAX_SCORED_IMAGES),
  scores: z.array(ScoreItem).min(1).max(16),
});
export type ScoreInput = z.infer<typeof ScoreInput>;

const Matrix = z.array(z.array(z.number())).min(1).describe("Row i: image i against each text");

/** `scores[i]` belongs to `scores[i]` of the input. */
export const ScoreOutput = z.looseObject({
  scores: z
    .array(
      z.looseObject({
        scorer: z.string().min(1),
        version: z.string().min(1),
        settings: z
          .record(z.string(), z.unknown())
          .describe("Whatever changes the numbers; `judge.seen_from` makes it an automatic judge"),
        model: Model,
        texts: z.array(z.string()).min(1),
        values: Matrix,
        truncated: z
          .record(z.string(), z.string())
          .default({})
          .describe("By text, the end that the scorer did not read"),
        corrupted_values: Matrix.optional(),
        sensitivity: Matrix.optional(),
      }),
    )
    .min(1),
  timings: z.record(z.string(), z.number().min(0)).default({}).describe("Seconds by phase"),
});
export type ScoreOutput = z.infer<typeof ScoreOutput>;

/** By what `GET /openapi.json` says of these a bridge knows an endpoint that scores. */
export const NamedScorers = z
  .array(z.looseObject({ name: z.string().min(1).max(100) }))
  .min(1)
  .max(64);
/** Models whose images are judged unasked, each as the `model.name` of a render's answer. */
export const JudgedModels = z.array(z.string().min(1).max(200)).max(64);
export const ScoreDescription = z.looseObject({
  "x-teacup": z.looseObject({ scorers: NamedScorers, judges: JudgedModels.optional() }),
});
