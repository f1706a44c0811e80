import { z } from "zod";
import { ImageDataUrl, Model, PngDataUrl } from "./schemas";

export const MAX_TAGGED_IMAGES = 64;
export const MAX_TAG_PHRASES = 32;

const Phrase = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^.]*$/, "must have no full stop")
  .describe("Without a full stop, which ends a phrase to a detector");

/** What an endpoint that tags is asked: which of the phrases are in each image, and where. */
export const TagInput = z.strictObject({
  images: z.array(ImageDataUrl).min(1).max(MAX_TAGGED_IMAGES),
  phrases: z
    .array(Phrase)
    .min(1)
    .max(MAX_TAG_PHRASES)
    .describe("Looked for in every image; none twice, whatever its case"),
});
export type TagInput = z.infer<typeof TagInput>;

const Box = z.array(z.number()).length(4).describe("Left, top, right, bottom, in pixels");

/** A phrase that was found. Its mask is `method_params.objects[i].mask` of RealignDiff as it is. */
export const Tag = z.looseObject({
  phrase: z.string().min(1).describe("As it was asked"),
  score: z.number().min(0).max(1).describe("Of its best box"),
  boxes: z.array(Box).min(1).describe("The best one first"),
  mask: PngDataUrl.describe("The union of its boxes' pixels, white, in the image's size"),
});
export type Tag = z.infer<typeof Tag>;

const Tool = z.looseObject({
  name: z.string().min(1),
  version: z.string().min(1),
  settings: z.record(z.string(), z.unknown()).describe("Whatever changes what is found"),
  model: Model,
});

/** `images[i]` belongs to `images[i]` of the input. */
export const TagOutput = z.looseObject({
  images: z
    .array(z.looseObject({ tags: z.array(Tag).describe("In the order of the phrases") }))
    .min(1)
    .max(MAX_TAGGED_IMAGES),
  detector: Tool,
  segmenter: Tool,
  timings: z.record(z.string(), z.number().min(0)).default({}).describe("Seconds by phase"),
});
export type TagOutput = z.infer<typeof TagOutput>;

const Named = z.looseObject({ name: z.string().min(1).max(100) });
/** What `GET /openapi.json` says of an endpoint that tags: by that a bridge knows it. */
export const TagDescription = z.looseObject({
  "x-teacup": z.looseObject({ detector: Named, segmenter: Named }),
});
