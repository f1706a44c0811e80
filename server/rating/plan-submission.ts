import { AppError } from "@/server/core/errors";
import { sha256 } from "@/server/core/secret";
import { noticeOf } from "@/server/live/live";
import { isMergeNext } from "@/server/loop/domain/is-merge-next";
import { ProjectSettings } from "@/server/project/schemas";
import { type Grade, gradeOf } from "./domain/grade";
import { type Joint, jointOf, type Votes } from "./domain/joint";
import { LEVEL_RULE_VERSION } from "./domain/level";
import { openPositions, sayOpen } from "./domain/open-positions";
import { asShown } from "./domain/screen-order";
import { secondLook } from "./domain/second-look";
import type { SubmissionBasis } from "./read-submission";
import { closedRound } from "./refuse-closed-round";
import { refuseFinished } from "./refuse-finished";
import type { SubmitSitting } from "./schemas";

/** What a submission writes (teacup_submit in drizzle/0025). */
export type SubmissionPlan = {
  said: Omit<SubmitSitting, "sittingId">;
  isExtra: boolean;
  level?: Grade & { source: "rater" | "simulated"; ruleVersion: number };
  joint?: Joint;
  look?: "audit" | "boundary";
  notice: { channel: string; event: string };
  isPaid: boolean;
};

/** Decides by the rules what the submission says, or refuses it. An image flagged as broken leaves it without a Level. */
export function planSubmission(
  basis: SubmissionBasis,
  { sittingId: _, ...said }: SubmitSitting,
): SubmissionPlan {
  const { sitting, isSimulated } = basis;
  refuseFinished(sitting.state);
  if (basis.closedRound) throw closedRound(basis.closedRound);
  const shown = asShown(basis.cells, sitting);
  const open = openPositions(shown, sitting.mode);
  if (open.length > 0) throw new AppError("INVALID", sayOpen(open));
  const plan = {
    said,
    isExtra: sitting.kind === "seat" && !basis.hasSeat,
    notice: noticeOf({ projectId: sitting.projectId, topic: "grid", id: sitting.gridId }),
    isPaid: !isSimulated,
  };
  // What measures or teaches the rater has no Level.
  if (!basis.votes) return plan;
  const grade = gradeOf(shown, sitting.mode);
  const source = isSimulated ? "simulated" : "rater";
  return {
    ...plan,
    level: grade ? { ...grade, source, ruleVersion: LEVEL_RULE_VERSION } : undefined,
    ...together(basis, basis.votes),
  };
}

/** What the grid's raters say together once this one is done, and the second look that the project's rules ask for. */
function together(
  { sitting, isSimulated, settings }: SubmissionBasis,
  votes: Votes,
): Pick<SubmissionPlan, "joint" | "look"> {
  const seats = votes.seats.map((seat) =>
    seat.sittingId === sitting.id ? { ...seat, isCompleted: true, isSimulated } : seat,
  );
  const joint = jointOf({ ...votes, seats });
  // Nobody may be at the grid any more.
  if (!joint || seats.some((seat) => !seat.isCompleted)) return { joint: joint ?? undefined };
  const draw = drawOf(sitting.gridId);
  const kind = secondLook(joint.consensus, ProjectSettings.parse(settings), draw);
  return { joint, look: kind ?? undefined };
}

/** Whether phase 4 may have come into reach: by one more pair at Level 5, by people, also where a joint Level went that hid one. */
export function mayOfferMerge(
  { isSimulated, votes, phases }: SubmissionBasis,
  plan: Pick<SubmissionPlan, "level" | "joint">,
): boolean {
  const isFive = plan.level?.level === 5 || plan.joint?.level?.level === 5;
  const isGone = votes !== null && votes.standing.length > 0 && !plan.joint?.level;
  return !isSimulated && (isFive || isGone) && isMergeNext(phases);
}

/** Drawn once for each grid and for ever: submitting again cannot draw again. */
const drawOf = (gridId: string) =>
  Number.parseInt(sha256(`audit ${gridId}`).slice(0, 8), 16) / 2 ** 32;
