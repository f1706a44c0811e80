import type { RowOf } from "./column";
import type { LEVEL_COLUMNS, LOOK_COLUMNS, PAIR_COLUMNS } from "./columns";
import type { PairRecord } from "./pair-records";
import type { LookRecord } from "./read-looks";

export const pairRow = (record: PairRecord): RowOf<typeof PAIR_COLUMNS> => ({
  concept_a: record.concept_a,
  concept_b: record.concept_b,
  latent: record.latent,
  pattern: record.pattern.name,
});

export const levelRows = (record: PairRecord): RowOf<typeof LEVEL_COLUMNS>[] =>
  record.levels.map((level) => ({
    pair: record.key,
    concept_a: record.concept_a,
    concept_b: record.concept_b,
    pattern: record.pattern.name,
    ...level,
  }));

export const lookRow = (look: LookRecord): RowOf<typeof LOOK_COLUMNS> => ({
  kind: look.kind,
  pair: look.pairKey,
  concept: look.concept,
  generator: look.generator,
  revision: look.revision,
  prompt: look.prompt,
  state: look.state,
  reason: look.reason,
  source: look.judge,
  rater: look.by,
  judged_at: look.judgedAt,
  rated: look.rated,
  correct: look.correct,
  verdict: look.verdict,
  came_of_it: look.cameOf,
  images: look.images.map((image) => image.file).join(" "),
  created_at: look.createdAt,
});

/** The shape of the published LC-Mis data, with the newest prompts. */
export const authorsRow = (record: PairRecord): { A: string; B: string; prompt: string[] } => ({
  A: record.concept_a,
  B: record.concept_b,
  prompt: (record.prompt_sets.at(-1)?.prompts ?? []).map((prompt) => prompt.text),
});
