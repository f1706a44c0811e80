import { z } from "zod";
import type { MethodInputKind, MethodInputSource } from "@/db/enums";
import { isReworded } from "@/server/generation/domain/method/is-reworded";
import { isToldOrder, namesFirst } from "@/server/mining/domain/method-input";
import { isDrawnTwice } from "@/server/realign/domain/drawn-twice";
import { phrasesOf } from "@/server/realign/domain/objects";

/** What was said of a pair, the oldest first. */
type Said = {
  kind: MethodInputKind;
  source: MethodInputSource;
  content: unknown;
  createdAt: Date;
};
type Drawn = {
  method: string;
  parameters: unknown;
  input: unknown;
  /** As the pair's set has it. */
  prompt: string;
  createdAt: Date;
};
export type WordsTold = {
  /** Of each kind that its method is told: whose words they were. */
  sources: Partial<Record<MethodInputKind, MethodInputSource>>;
  /** The words that were drawn in place of the set's prompt. */
  reworded: string | null;
};

const Params = z.looseObject({ method_params: z.record(z.string(), z.unknown()).optional() });
const Input = z.looseObject({
  prompt: z.string(),
  method_params: z
    .looseObject({ objects: z.array(z.looseObject({ phrase: z.string() })).default([]) })
    .optional(),
});

/**
 * Whose words an image was drawn by. A render takes the newest of its kind when it is queued, and an edit makes another render; phrases
 * may be asked for while it waits for its first image, so they are known by what it was told.
 */
export function wordsTold(said: readonly Said[], drawn: Drawn): WordsTold {
  const { method, parameters, createdAt } = drawn;
  const input = Input.safeParse(drawn.input).data;
  const sourceOf = (kind: MethodInputKind, isIt = (one: Said) => one.createdAt <= createdAt) =>
    said.findLast((one) => one.kind === kind && isIt(one))?.source ?? "default";
  const objects = input?.method_params?.objects ?? [];
  const holds = ({ content }: Said) => {
    const phrases = phrasesOf(content, drawn.prompt);
    const known = [phrases?.a.phrase.trim(), phrases?.b.phrase.trim()];
    return objects.every(({ phrase }) => known.includes(phrase));
  };
  const sources: WordsTold["sources"] = {};
  if (isToldOrder(method) || namesFirst(method, Params.safeParse(parameters).data?.method_params))
    sources.moce_order = sourceOf("moce_order");
  if (isToldOrder(method)) sources.descriptions = sourceOf("descriptions");
  if (isDrawnTwice(method)) sources.phrases = sourceOf("phrases", holds);
  if (isReworded(parameters)) sources.rewording = sourceOf("rewording");
  return {
    sources,
    reworded: sources.rewording && input && input.prompt !== drawn.prompt ? input.prompt : null,
  };
}
