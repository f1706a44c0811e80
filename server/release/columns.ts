import {
  type Column,
  GENERATOR,
  GUIDELINES,
  IMAGE,
  PAIR,
  PROMPT,
  PROTOCOL,
  RATER,
  REVISION,
  ROUND,
  SEED,
  SHA256,
  SOURCE,
} from "./column";

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
  GENERATOR,
  REVISION,
  PROTOCOL,
  { name: "purpose", says: "why the images were made; `mining` holds the Level of record" },
  ROUND,
  { name: "source", says: "`human`, `simulated` or `automatic`; never count them together" },
  { name: "basis", says: "what it stands on: rater, consensus, adjudicated, automatic, simulated" },
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
  { name: "level", says: "1 (nearly always right) to 5 (never right); empty where `bound` says" },
  {
    name: "bound",
    says: "`exact`, or `at_most_4`: screening met a correct image, so the Level is one of 1 to 4",
  },
  {
    name: "low",
    says: "lower end of the 95 % interval of the share of correct images: Wilson's for `full`; for `screen` the exact one of the number of images until the first correct one",
  },
  { name: "high", says: "upper end of that interval" },
  { name: "exact_low", says: "the same by Clopper and Pearson; for `screen` equal to `low`" },
  { name: "exact_high", says: "its upper end" },
  { name: "is_boundary", says: "true: one vote more could change it; empty for one of several" },
  { name: "first_level", says: "the Level of the first look, where a second one audited it" },
  { name: "audited_level", says: "that with the second look; empty while they differ" },
  { name: "rule_version", says: "version of the rule from count to Level" },
  GUIDELINES,
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
  GENERATOR,
  REVISION,
  { name: "prompt", says: "what was asked for" },
  { name: "state", says: "drawing, ready (nobody has looked yet), judged, failed or cancelled" },
  { name: "reason", says: "why it failed" },
  SOURCE,
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
  IMAGE,
  SHA256,
  PAIR,
  GENERATOR,
  REVISION,
  PROMPT,
  SEED,
  PROTOCOL,
  ROUND,
  { name: "sitting", says: "one rater's time in one grid" },
  RATER,
  SOURCE,
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
  GUIDELINES,
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

/** One line a person or program that sat at a grid of this project. */
export const RATER_COLUMNS = [
  { name: "rater", says: "pseudonym, the same in every export of this project" },
  { name: "kind", says: "`expert` or `simulated`; never count the two together" },
  { name: "grids", says: "grids submitted for a Level, extra overlap included" },
  { name: "late", says: "of these, how many came after their seat was another's: extra overlap" },
  { name: "median_active_seconds", says: "median of the time worked on one of these grids" },
  { name: "repeats", says: "grids that came a second time, unannounced" },
  { name: "repeat_images", says: "images of those that were judged both times" },
  { name: "repeat_same", says: "of these, how many were judged the same way" },
  { name: "gold_grids", says: "grids with known answers, unannounced" },
  { name: "gold_images", says: "images of those that were judged" },
  { name: "gold_accuracy", says: "share of these that were judged as they are meant" },
] as const satisfies readonly Column[];

/** One line a sitting: one rater's time in one grid. */
export const SITTING_COLUMNS = [
  { name: "sitting", says: "id of the sitting, as in the other files" },
  { name: "grid", says: "id of the grid: one pair drawn by one generator revision in one round" },
  PAIR,
  GENERATOR,
  REVISION,
  { name: "purpose", says: "why the images were made" },
  ROUND,
  RATER,
  SOURCE,
  {
    name: "kind",
    says: "`seat` counts for the Level; `repeat`, `gold` and `training` measure or teach the rater. Raters are not told, but of training",
  },
  {
    name: "seat",
    says: "`plan`, `boundary` (one look more where a vote may change the Level) or `audit` (blind second look); empty without a seat",
  },
  { name: "late", says: "true: submitted after the seat was another's, kept as extra overlap" },
  { name: "occasion", says: "which time this rater sat at this grid, from 1" },
  { name: "mode", says: "`full` or `screen`" },
  { name: "state", says: "live, submitted, given_back or cannot_judge" },
  { name: "reason", says: "why it cannot be judged, in the rater's words" },
  { name: "note", says: "the rater's note" },
  { name: "guideline_gap", says: "true: the rater found that the guidelines do not cover it" },
  { name: "seen_instead", says: "what stood in the place of what was asked for, in their words" },
  GUIDELINES,
  { name: "layout", says: "`columns` (prompt by prompt) or `random`" },
  { name: "order_seed", says: "seed of the order, where it was drawn" },
  { name: "opened_at", says: "when it was handed out, by the server's clock" },
  { name: "painted_at", says: "when the grid was on the screen, by the rater's clock" },
  { name: "first_action_at", says: "the first key or click, by the rater's clock" },
  { name: "client_submitted_at", says: "when it was submitted, by the rater's clock" },
  { name: "submitted_at", says: "when it was submitted, by the server's clock" },
  { name: "active_seconds", says: "time the grid was in front and worked on" },
] as const satisfies readonly Column[];

const IMAGE_OF_GRID = [
  IMAGE,
  SHA256,
  { name: "grid", says: "id of the grid" },
  PAIR,
  GENERATOR,
  REVISION,
  ROUND,
  PROMPT,
  SEED,
] as const satisfies readonly Column[];

/** One line an image of a full grid whose raters are all done. */
export const VOTE_COLUMNS = [
  ...IMAGE_OF_GRID,
  { name: "source", says: "whose votes: `human`, or `simulated` where no person sat" },
  { name: "n_raters", says: "completed seats of the grid" },
  { name: "n_correct", says: "votes for correct" },
  { name: "n_incorrect", says: "votes for incorrect" },
  { name: "n_broken", says: "raters who could not see the image" },
  { name: "verdict", says: "the final one; empty while it is open" },
  {
    name: "verdict_from",
    says: "`unanimous`, `majority` or `adjudicated`; open: `tie`, or `broken` where nobody could see it",
  },
  { name: "rule_version", says: "version of the rule from votes to verdict" },
] as const satisfies readonly Column[];

/** One line an image on which a person had the last word. */
export const ADJUDICATION_COLUMNS = [
  ...IMAGE_OF_GRID,
  { name: "verdict", says: "the last word" },
  {
    name: "reason",
    says: "slip, misread_prompt, unclear_concept, unclear_image, guideline_gap or other",
  },
  { name: "note", says: "why, in the adjudicator's words" },
  { name: "guideline_gap", says: "true: the guidelines do not cover it" },
  { name: "by", says: "pseudonym of the adjudicator" },
  { name: "at", says: "when" },
] as const satisfies readonly Column[];

export const ROUND_COLUMNS = [
  { name: "round", says: "number of the round" },
  { name: "opened_at", says: "when it was opened" },
  { name: "opened_by", says: "pseudonym of who opened it" },
  { name: "closed_at", says: "when it was closed: no verdict is taken any more" },
  { name: "closed_by", says: "pseudonym of who closed it" },
  { name: "closed_reason", says: "what raters who came later were told" },
] as const satisfies readonly Column[];
