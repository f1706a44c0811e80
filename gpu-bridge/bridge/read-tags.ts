import type { z } from "zod";
import { TagDescription, TagOutput } from "@/gpu-bridge/contract/tag-schemas";
import { checkNotes } from "./check-notes";
import type { Received } from "./endpoint";
import { RenderFailure } from "./failure";
import { madeBy } from "./made-by";
import { type LeasedTask, questionId } from "./platform";
import { outputOf } from "./read-answer";

type AskedTags = Extract<LeasedTask["asked"], { kind: "tags" }>;
type Tool = z.infer<typeof TagOutput>["detector"];

/** What an endpoint finds things with, by its description; null for one that does not tag. */
export function taggerIn(openApi: unknown): { detector: string; segmenter: string } | null {
  const described = TagDescription.safeParse(openApi).data?.["x-teacup"];
  return described
    ? { detector: described.detector.name, segmenter: described.segmenter.name }
    : null;
}

/** @throws RenderFailure that says what is wrong with the answer. */
export function readTags(answered: Received, task: LeasedTask, { phrases }: AskedTags) {
  const parsed = TagOutput.safeParse(outputOf(answered.status, answered.text, questionId(task)));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.join(".") ?? "";
    throw new RenderFailure(
      "retryable",
      `The endpoint's tags are wrong at ${place}: ${issue?.message}`,
    );
  }
  const { images, detector, segmenter, timings } = parsed.data;
  if (images.length !== task.images)
    throw new RenderFailure("retryable", `Expected the tags of ${task.images} images`);
  for (const { tags } of images) {
    const found = tags.map(({ phrase }) => phrase);
    const isAsked = found.every((phrase) => phrases.includes(phrase));
    if (!isAsked || new Set(found).size < found.length)
      throw new RenderFailure("retryable", "The endpoint answered with tags that nobody asked for");
  }
  const answer = {
    images: images.map(({ tags }) => ({
      tags: tags.map(({ phrase, score, boxes, mask }) => ({ phrase, score, boxes, mask })),
    })),
    detector: toolOf(detector),
    segmenter: toolOf(segmenter),
    timings,
  };
  checkNotes(answer, "answer");
  return answer;
}

const toolOf = ({ name, version, settings, model }: Tool) => ({
  name,
  version,
  settings,
  model: madeBy(model),
});
