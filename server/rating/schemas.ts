import { z } from "zod";
import { GOLD_USES, KEY_LAYOUTS, VERDICT_METHODS, VERDICTS } from "@/db/enums";
import { MAX_NOTE_LENGTH, MAX_REASON_LENGTH, MAX_SEEN_LENGTH } from "./domain/text-limits";

/** What a rater may say about one image beside the verdict; absent = not said. */
export const VerdictDetail = z.object({
  aSeen: z.boolean().optional(),
  bSeen: z.boolean().optional(),
  relation: z.boolean().optional(),
  latentSeen: z.boolean().optional(),
});
export type VerdictDetail = z.infer<typeof VerdictDetail>;

export const VerdictEvent = z.object({
  clientKey: z.uuid(),
  clientSeq: z.number().int().min(1).max(1_000_000),
  clientAt: z.date(),
  imageId: z.uuid(),
  /** null: taken back. */
  verdict: z.enum(VERDICTS).nullable(),
  detail: VerdictDetail.nullable(),
  method: z.enum(VERDICT_METHODS),
});
export type VerdictEvent = z.infer<typeof VerdictEvent>;

export const MAX_EVENTS_A_BATCH = 100;
export const MAX_GUIDELINES_LENGTH = 20_000;

export const SittingInput = z.object({ sittingId: z.uuid() });

export const ClaimSitting = z.object({
  /** Sittings this browser already holds, or has finished but not sent yet. */
  besides: z.array(z.uuid()).max(50).default([]),
});
export type ClaimSitting = z.infer<typeof ClaimSitting>;

export const MAX_CLAIMED_AT_ONCE = 3;
export const ClaimSittings = ClaimSitting.extend({
  most: z.number().int().min(1).max(MAX_CLAIMED_AT_ONCE).default(MAX_CLAIMED_AT_ONCE),
});
export type ClaimSittings = z.infer<typeof ClaimSittings>;

export const DONE_PAGE = 50;
export const ListDone = z.object({
  /** Where the page before ended. */
  cursor: z.object({ submittedAt: z.date(), id: z.uuid() }).nullish(),
});
export type ListDone = z.infer<typeof ListDone>;

const RoundNumber = z.number().int().min(1).max(10_000);
export const RoundInput = z.object({ number: RoundNumber });
export const CloseRound = RoundInput.extend({
  /** Told to raters who come too late. */
  reason: z.string().trim().min(1, "Say why the round is closed").max(MAX_REASON_LENGTH),
});
export type CloseRound = z.infer<typeof CloseRound>;

export const GridInput = z.object({ gridId: z.uuid() });
export type GridInput = z.infer<typeof GridInput>;

export const MakeGold = GridInput.extend({
  use: z.enum(GOLD_USES),
  /** Images that are meant otherwise than their raters said, or explained. */
  answers: z
    .array(
      z.object({
        imageId: z.uuid(),
        verdict: z.enum(["correct", "incorrect"]).optional(),
        explanation: z.string().trim().max(MAX_REASON_LENGTH).optional(),
      }),
    )
    .max(20)
    .default([]),
});
export type MakeGold = z.infer<typeof MakeGold>;

const PairIds = z.array(z.uuid()).min(1).max(5000);
export const AssignSeats = z.object({
  pairIds: PairIds,
  accountIds: z.array(z.uuid()).min(1).max(20),
});
export type AssignSeats = z.infer<typeof AssignSeats>;

/** Kept seats that are let go: these, or all of one rater. */
export const FreeSeats = z.union([
  z.object({ seatIds: z.array(z.uuid()).min(1).max(20_000) }),
  z.object({ accountId: z.uuid() }),
]);
export type FreeSeats = z.infer<typeof FreeSeats>;

export const ListOpenGrids = z.object({
  /** Where the page before ended. */
  cursor: z
    .object({
      round: z.number().int(),
      priority: z.number().int(),
      seatsDone: z.number().int(),
      gridId: z.uuid(),
    })
    .nullish(),
});
export type ListOpenGrids = z.infer<typeof ListOpenGrids>;

export const ListSettled = z.object({
  search: z.string().trim().max(100).nullish(),
  cursor: z.uuid().nullish(),
});
export type ListSettled = z.infer<typeof ListSettled>;

export const SetPriority = z.object({
  pairIds: PairIds,
  priority: z.number().int().min(-100).max(100),
});
export type SetPriority = z.infer<typeof SetPriority>;

export const RecordVerdictEvents = SittingInput.extend({
  events: z.array(VerdictEvent).min(1).max(MAX_EVENTS_A_BATCH),
  /** The sitting's version that the sender saw before the first of these; absent: does not look. */
  baseVersion: z.number().int().min(0).optional(),
});
export type RecordVerdictEvents = z.infer<typeof RecordVerdictEvents>;

const ActiveMs = z
  .number()
  .int()
  .min(0, "The time spent on a grid cannot be negative.")
  .max(24 * 3600 * 1000, "The time spent on a grid cannot be more than a day.");

export const SubmitSitting = SittingInput.extend({
  guidelineVersion: z.number().int().min(0),
  paintedAt: z.date().nullable(),
  firstActionAt: z.date().nullable(),
  /** On the clock that said the two before; absent: sent by a window that did not tell it yet. */
  clientSubmittedAt: z.date().optional(),
  activeMs: ActiveMs,
  /** What stood in place of the missing concept, in the rater's own words; absent: not asked. */
  seenInstead: z.string().trim().max(MAX_SEEN_LENGTH).optional(),
});
export type SubmitSitting = z.infer<typeof SubmitSitting>;

/** Left without an end; the time spent on it so far, where the browser knows it. */
export const LeaveSitting = SittingInput.extend({ activeMs: ActiveMs.optional() });
export type LeaveSitting = z.infer<typeof LeaveSitting>;

export const CannotJudge = LeaveSitting.extend({
  reason: z.string().trim().min(1, "Say why it cannot be judged").max(MAX_REASON_LENGTH),
});
export type CannotJudge = z.infer<typeof CannotJudge>;

export const LatentPrecisionInput = z.object({ patternId: z.uuid().nullish() });
export type LatentPrecisionInput = z.infer<typeof LatentPrecisionInput>;

export const WriteNote = SittingInput.extend({
  note: z.string().trim().max(MAX_NOTE_LENGTH),
  /** The guidelines do not say what to do here; absent: as it stands. */
  isGuidelineGap: z.boolean().optional(),
});
export type WriteNote = z.infer<typeof WriteNote>;

export const MAX_CAPTION_LENGTH = 300;
export const MAX_EXAMPLES = 12;

/** An image that shows what the guidelines mean; stored by its id alone. */
export const GuidelineExample = z.object({
  imageId: z.uuid(),
  verdict: z.enum(["correct", "incorrect"]),
  caption: z
    .string()
    .trim()
    .min(1, "Say in a caption why the example is judged so")
    .max(MAX_CAPTION_LENGTH),
});
export type GuidelineExample = z.infer<typeof GuidelineExample>;

const GuidelineVersion = z.number().int().min(0).max(1_000_000);
export const GuidelineInput = z.object({ version: GuidelineVersion });
export type GuidelineInput = z.infer<typeof GuidelineInput>;

export const GUIDELINES_PAGE = 20;
export const ListGuidelines = z.object({
  /** Versions below this one. */
  cursor: GuidelineVersion.nullish(),
});
export type ListGuidelines = z.infer<typeof ListGuidelines>;

export const SetGuidelines = z.object({
  text: z.string().trim().min(1, "Write the guidelines first").max(MAX_GUIDELINES_LENGTH),
  examples: z
    .array(GuidelineExample)
    .max(MAX_EXAMPLES, `More than ${MAX_EXAMPLES} examples are not read; leave some out`)
    .refine(
      (examples) => new Set(examples.map(({ imageId }) => imageId)).size === examples.length,
      "An image is an example twice; leave one of them out",
    )
    .default([]),
  /** The version the writer started from. */
  basedOn: z.number().int().min(0),
});
export type SetGuidelines = z.infer<typeof SetGuidelines>;

/** Kept in account.preferences under `rating`. */
export const RatingPreferences = z.object({
  firstPress: z.enum(["incorrect", "correct"]).default("incorrect"),
  singleKeys: z.boolean().default(true),
  keyLayout: z.enum(KEY_LAYOUTS).default("block"),
});
export type RatingPreferences = z.infer<typeof RatingPreferences>;
