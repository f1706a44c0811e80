import type { Column } from "./columns";

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
  { name: "pair", says: "key of the pair" },
  { name: "generator", says: "name of the generator" },
  { name: "revision", says: "revision number of the generator" },
  { name: "purpose", says: "why the images were made" },
  { name: "round", says: "round of the grid, from 1" },
  { name: "rater", says: "pseudonym of the rater" },
  { name: "source", says: "`human` or `simulated`; never count the two together" },
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
  { name: "guideline_version", says: "version of the guidelines the rater worked with" },
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
  { name: "image", says: "path of the image in this archive" },
  { name: "sha256", says: "SHA-256 of the image's bytes" },
  { name: "grid", says: "id of the grid" },
  { name: "pair", says: "key of the pair" },
  { name: "generator", says: "name of the generator" },
  { name: "revision", says: "revision number of the generator" },
  { name: "round", says: "round of the grid, from 1" },
  { name: "prompt", says: "column of the grid: place of the prompt in its set, 1 to 5" },
  { name: "seed", says: "seed of the image" },
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
