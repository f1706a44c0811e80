import type { CsvCell } from "@/server/core/csv";

export type Column = { name: string; says: string };
export type RowOf<C extends readonly Column[]> = Record<C[number]["name"], CsvCell>;

/** The columns that our own import accepts. */
export const PAIR_COLUMNS = [
  { name: "concept_a", says: "one concept" },
  { name: "concept_b", says: "the other concept; A and B carry no fixed role" },
  { name: "latent", says: "the concept that is expected to appear instead, where one was named" },
  { name: "pattern", says: "name of the pattern" },
] as const satisfies readonly Column[];

export const LEVEL_COLUMNS = [
  { name: "pair", says: "key of the pair: its two concepts, normalised and sorted" },
  { name: "concept_a", says: "one concept" },
  { name: "concept_b", says: "the other concept" },
  { name: "pattern", says: "name of the pattern" },
  { name: "generator", says: "name of the generator" },
  { name: "revision", says: "revision number of the generator" },
  { name: "protocol", says: "version of the rating protocol" },
  { name: "purpose", says: "why the images were made; `mining` holds the Level of record" },
  { name: "round", says: "round of the grid, from 1" },
  { name: "source", says: "`human`, `simulated` or `automatic`; never count them together" },
  {
    name: "basis",
    says: "how the Level came about: rater, consensus, adjudicated, automatic or simulated",
  },
  {
    name: "of_record",
    says: "true for the one Level that stands for this pair, generator revision and source",
  },
  { name: "n_raters", says: "raters it stands on" },
  { name: "rater", says: "pseudonym of the rater, empty when the Level is not one rater's" },
  { name: "sitting", says: "id of the rater's sitting, empty likewise" },
  { name: "mode", says: "`full`: all 20 images; `screen`: stopped at the first correct image" },
  { name: "correct", says: "number of correct images" },
  { name: "rated", says: "number of rated images" },
  {
    name: "level",
    says: "1 (nearly always right) to 5 (never right); empty where only a bound is known",
  },
  {
    name: "bound",
    says: "`exact`, or `at_most_4`: screening met a correct image, so the Level is one of 1 to 4",
  },
  {
    name: "low",
    says: "lower end of the 95 % interval of the share of correct images: Wilson's for `full`; for `screen` the exact one of the number of images until the first correct one",
  },
  { name: "high", says: "upper end of that interval" },
  { name: "is_boundary", says: "true: one vote more could change it; empty for one of several" },
  {
    name: "first_level",
    says: "where a second look audited the grid: the Level of the first look",
  },
  {
    name: "audited_level",
    says: "and the Level with the second look; empty while they differ on an image",
  },
  { name: "rule_version", says: "version of the rule from count to Level" },
  { name: "guideline_version", says: "version of the guidelines the rater worked with" },
  { name: "created_at", says: "when the Level was computed" },
] as const satisfies readonly Column[];

/** One line a quick look. */
export const LOOK_COLUMNS = [
  {
    name: "kind",
    says: "`precheck`: a pair by its plain prompt at four seeds; `capability`: one concept alone at twenty",
  },
  { name: "pair", says: "key of the pair, for a `precheck`" },
  { name: "concept", says: "the concept, for a `capability`" },
  { name: "generator", says: "name of the generator" },
  { name: "revision", says: "revision number of the generator" },
  { name: "prompt", says: "what was asked for" },
  { name: "state", says: "drawing, ready (nobody has looked yet), judged, failed or cancelled" },
  { name: "reason", says: "why it failed" },
  { name: "source", says: "`human` or `simulated`; never count the two together" },
  { name: "rater", says: "pseudonym of who judged it, the same in every export of this project" },
  { name: "judged_at", says: "when it was judged" },
  { name: "rated", says: "number of images looked at" },
  { name: "correct", says: "number of images that show what was asked for" },
  {
    name: "verdict",
    says: "`plainly_fine` or `wrong` of a pair, `can_be_drawn` (16 of 20) or `cannot_be_drawn` of a concept",
  },
  {
    name: "came_of_it",
    says: "what followed for the pair: set aside as plainly fine, or went on to its grid",
  },
  { name: "images", says: "paths of its images in this archive, with spaces between them" },
  { name: "created_at", says: "when it was asked for" },
] as const satisfies readonly Column[];

const JUDGED_IMAGE = [
  { name: "image", says: "path of the image in this archive" },
  { name: "sha256", says: "SHA-256 of the image's bytes" },
  { name: "pair", says: "key of the pair" },
  { name: "generator", says: "name of the generator" },
  { name: "revision", says: "revision number of the generator" },
  { name: "prompt", says: "column of the grid: place of the prompt in its set, 1 to 5" },
  { name: "seed", says: "seed of the image" },
  { name: "protocol", says: "version of the rating protocol" },
  { name: "round", says: "round of the grid, from 1" },
  { name: "sitting", says: "one rater's time in one grid" },
  { name: "rater", says: "pseudonym of the rater, the same in every export of this project" },
  { name: "source", says: "`human` or `simulated`; never count the two together" },
  { name: "kind", says: "kind of the sitting: only a `seat` counts for the Level" },
  { name: "verdict", says: "`correct`, `incorrect` or `broken` (the image, not the judgement)" },
  { name: "method", says: "`direct`, `bulk` or `undo`" },
  { name: "a_seen", says: "whether concept A is seen; empty when it was not asked" },
  { name: "b_seen", says: "whether concept B is seen" },
  { name: "relation_right", says: "whether the two are placed as the prompt says" },
  { name: "something_else", says: "whether something else stands there instead" },
] as const satisfies readonly Column[];

/** The verdicts that stood when the grid was submitted. */
export const VERDICT_COLUMNS = [
  ...JUDGED_IMAGE,
  { name: "decided_at", says: "when the verdict was given, by the rater's clock" },
  { name: "painted_at", says: "when the grid was on the rater's screen" },
  { name: "submitted_at", says: "when the grid was submitted" },
  { name: "active_ms", says: "milliseconds the rater worked on the whole grid" },
  { name: "guideline_version", says: "version of the guidelines the rater worked with" },
  { name: "mode", says: "`full` or `screen`, as the grid was last judged" },
  {
    name: "seen_instead",
    says: "what stood in the place of what was asked for, in the rater's words",
  },
] as const satisfies readonly Column[];

/** Every key press, also those taken back and those of sittings that never ended. */
export const EVENT_COLUMNS = [
  ...JUDGED_IMAGE,
  { name: "sitting_state", says: "live, submitted, given_back or cannot_judge" },
  { name: "sequence", says: "order of the events of one sitting" },
  { name: "client_at", says: "moment of the key press, by the rater's clock" },
  { name: "received_at", says: "when the server stored it" },
] as const satisfies readonly Column[];
