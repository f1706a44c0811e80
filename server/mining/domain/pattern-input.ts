import { z } from "zod";
import { LOOP_STEPS, PATTERN_CATEGORIES } from "@/db/enums";
import { PATTERN_NAME_MAX } from "./free-name";
import { nameKey } from "./name-key";

const Name = z
  .string()
  .trim()
  .max(PATTERN_NAME_MAX, `Keep the name within ${PATTERN_NAME_MAX} characters`)
  .refine((name) => nameKey(name) !== "", "Give the pattern a name with letters or digits");
const Definition = z.string().trim().max(2000, "Keep the definition within 2,000 characters");

export const CreatePattern = z.object({
  name: Name,
  definition: Definition.default(""),
  category: z.enum(PATTERN_CATEGORIES),
});
export type CreatePattern = z.infer<typeof CreatePattern>;

export const UpdatePattern = z.object({
  patternId: z.uuid(),
  name: Name,
  definition: Definition,
  category: z.enum(PATTERN_CATEGORIES),
});
export type UpdatePattern = z.infer<typeof UpdatePattern>;

export const RetirePattern = z.object({ patternId: z.uuid(), retired: z.boolean() });
export type RetirePattern = z.infer<typeof RetirePattern>;

export const PatternId = z.object({ patternId: z.uuid() });
export type PatternId = z.infer<typeof PatternId>;

/** Words that are left out stay as they were proposed. */
export const ApprovePattern = z.object({
  patternId: z.uuid(),
  name: Name.optional(),
  definition: Definition.optional(),
  category: z.enum(PATTERN_CATEGORIES).optional(),
});
export type ApprovePattern = z.infer<typeof ApprovePattern>;

export const MergePattern = z.object({ patternId: z.uuid(), intoId: z.uuid() });
export type MergePattern = z.infer<typeof MergePattern>;

export const RejectPattern = z.object({
  patternId: z.uuid(),
  reason: z.string().trim().min(1, "Say why, in a few words").max(500),
});
export type RejectPattern = z.infer<typeof RejectPattern>;

export const NEW_PATTERNS_MOST = 10;
export const RequestNewPatterns = z.object({
  n: z.number().int().min(1).max(NEW_PATTERNS_MOST),
});
export type RequestNewPatterns = z.infer<typeof RequestNewPatterns>;

export const RequestMerge = z.object({ patternAId: z.uuid(), patternBId: z.uuid() });
export type RequestMerge = z.infer<typeof RequestMerge>;

/** Fewer pairs show no pattern. */
export const FEWEST_SEEDS = 4;

/** More would not fit one batch. */
export const PICKS_MOST = 100;
export const ProposePicked = z.object({
  conceptSetId: z.uuid(),
  picks: z
    .array(z.object({ row: z.number().int().min(0), column: z.number().int().min(0) }))
    .min(1, "Pick a combination first")
    .max(PICKS_MOST, `At most ${PICKS_MOST} combinations go into one batch`),
});
export type ProposePicked = z.infer<typeof ProposePicked>;

export const SetPatternLoop = z.object({
  patternId: z.uuid(),
  isAuto: z.boolean(),
  /** The steps before which a person is asked. */
  askSteps: z
    .array(z.enum(LOOP_STEPS))
    .max(LOOP_STEPS.length)
    .transform((steps) => LOOP_STEPS.filter((step) => steps.includes(step))),
  batchSize: z.number().int().min(1).max(100),
});
export type SetPatternLoop = z.infer<typeof SetPatternLoop>;
