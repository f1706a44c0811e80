import { z } from "zod";
import { PROPOSAL_STRATEGIES } from "@/db/enums";
import type { Allotment, Arm } from "./allocate";
import { reasonOf } from "./reason-of";

const Suggestion = z.object({
  patternId: z.uuid(),
  strategy: z.enum(PROPOSAL_STRATEGIES),
  pairs: z.number().int().min(1),
  /** Of all pairs suggested at once. */
  share: z.number(),
  /** Level 5 finds per rater minute, as drawn; null where the pattern has too few pairs for a draw. */
  draw: z.number().nullable(),
  reason: z.string(),
});
export type Suggestion = z.infer<typeof Suggestion>;
export const Suggestions = z.array(Suggestion);

export const SuggestBatches = z.object({ batches: z.number().int().min(1).max(10).default(4) });
export type SuggestBatches = z.infer<typeof SuggestBatches>;

export const TakeSuggestion = z.object({
  allocationId: z.uuid(),
  patternId: z.uuid(),
  strategy: z.enum(PROPOSAL_STRATEGIES),
});
export type TakeSuggestion = z.infer<typeof TakeSuggestion>;

/** What was allotted, one row an arm, with the reason in words. */
export function suggestionsOf(allotted: readonly Allotment[], arms: readonly Arm[]): Suggestion[] {
  const all = allotted.reduce((sum, { pairs }) => sum + pairs, 0);
  return arms.flatMap((arm) => {
    const mine = allotted.filter(
      ({ patternId, strategy }) => patternId === arm.patternId && strategy === arm.strategy,
    );
    const [first] = mine;
    if (!first) return [];
    const pairs = mine.reduce((sum, one) => sum + one.pairs, 0);
    const { patternId, strategy, draw } = first;
    return [{ patternId, strategy, pairs, share: pairs / all, draw, reason: reasonOf(first, arm) }];
  });
}
