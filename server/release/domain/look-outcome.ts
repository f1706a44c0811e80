import type { PairState, RejectReason } from "@/db/enums";
import { canDraw } from "@/server/generation/domain/capability";

type Judged = {
  kind: "precheck" | "capability";
  rated: number | null;
  correct: number | null;
};
export type LookVerdict = "plainly_fine" | "wrong" | "can_be_drawn" | "cannot_be_drawn";

/** What was seen at a glance; null while nobody has looked. */
export function lookVerdict({ kind, rated, correct }: Judged): LookVerdict | null {
  if (rated === null || correct === null) return null;
  if (kind === "precheck") return correct === rated ? "plainly_fine" : "wrong";
  return canDraw({ rated, correct }) ? "can_be_drawn" : "cannot_be_drawn";
}

/** What followed for the pair, in words; null where nothing does: a concept alone moves no pair. */
export function cameOf(
  verdict: LookVerdict | null,
  pair: { state: PairState | null; reason: RejectReason | null },
): string | null {
  if (verdict === "wrong") return "went on to its grid";
  if (verdict !== "plainly_fine") return null;
  return pair.state === "set_aside" && pair.reason === "plainly_fine"
    ? "set aside as plainly fine"
    : "set aside as plainly fine, decided otherwise later";
}
