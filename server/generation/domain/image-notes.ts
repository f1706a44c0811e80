import { z } from "zod";

const Told = z.object({
  keeps_seeds: z.boolean().nullish().catch(null),
  ignored: z.array(z.string()).nullish().catch(null),
  truncated: z.record(z.string(), z.string()).nullish().catch(null),
  scorer_truncated: z.record(z.string(), z.string()).nullish().catch(null),
  unknown_tokens: z.array(z.string()).nullish().catch(null),
  revised_prompt: z.string().nullish().catch(null),
});

/** What an image's trace says of how it was drawn otherwise than asked. */
export type ImageNotes = {
  /** false: the model takes no seed, so that the image belongs to none. */
  keepsSeeds: boolean;
  /** What of the request its host has no place for. */
  ignored: string[];
  /** The ends of texts that the model, or the scorer that chose, did not read. */
  cut: { by: "model" | "scorer"; text: string; lost: string }[];
  /** Words of the prompt that the model's vocabulary lacks: they said nothing to it. */
  unknownTokens: string[];
  /** What was drawn instead of the prompt. */
  revisedPrompt: string | null;
};

/** null: drawn as asked, as far as was told. */
export function imageNotes(trace: unknown): ImageNotes | null {
  const told = Told.safeParse(trace).data;
  if (!told) return null;
  const cutBy = (by: "model" | "scorer", texts: Record<string, string> | null | undefined) =>
    Object.entries(texts ?? {}).map(([text, lost]) => ({ by, text, lost }));
  const notes = {
    keepsSeeds: told.keeps_seeds !== false,
    ignored: told.ignored ?? [],
    cut: [...cutBy("model", told.truncated), ...cutBy("scorer", told.scorer_truncated)],
    unknownTokens: told.unknown_tokens ?? [],
    revisedPrompt: told.revised_prompt ?? null,
  };
  const isAsAsked =
    notes.keepsSeeds &&
    notes.ignored.length === 0 &&
    notes.cut.length === 0 &&
    notes.unknownTokens.length === 0 &&
    notes.revisedPrompt === null;
  return isAsAsked ? null : notes;
}
