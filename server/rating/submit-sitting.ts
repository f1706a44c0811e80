import { sql } from "drizzle-orm";
import { callAsMember } from "@/server/auth/call-as-member";
import { AppError } from "@/server/core/errors";
import { isSqlState } from "@/server/core/is-sql-state";
import { jobInsert } from "@/server/jobs/queue";
import { offerMerge } from "@/server/loop/offer-merge";
import { wake } from "@/server/loop/wake";
import type { MemberContext } from "@/server/trpc/context";
import { mayOfferMerge, planSubmission, type SubmissionPlan } from "./plan-submission";
import { reviewRaterStop } from "./rater-stop";
import { settleRaterTime } from "./rater-time";
import { lockSubmission, type Read, type SubmissionBasis, submissionCall } from "./read-submission";
import type { SubmitSitting } from "./schemas";
import type { FeedbackCell } from "./training-feedback";

export type Submitted = { feedback: FeedbackCell[] | null };

/**
 * Completes a sitting and writes its Level. One that lost its seat meanwhile is kept all the same, as extra
 * overlap. An image flagged as broken leaves the grid without a Level, for a researcher; a screened one too, unless
 * a correct image ended it. What measures or teaches the rater has no Level; only a training grid is answered with
 * how it was meant.
 */
export const submitSitting = async (
  ctx: MemberContext,
  submission: SubmitSitting,
): Promise<Submitted> =>
  submitRead(ctx, submission, await callAsMember(ctx, submissionCall(submission)));

/**
 * What was read without a lock is decided on, and written by one statement that takes all locks and looks whether it
 * still stands. Where it does not, where it says no, or where more may follow from it, the same is done under the locks.
 */
export async function submitRead(
  ctx: MemberContext,
  submission: SubmitSitting,
  read: Read,
): Promise<Submitted> {
  const basis = found(read);
  const isDone =
    basis.sitting.state === "submitted" || (await submitAtOnce(ctx, submission, read, basis));
  return { feedback: feedbackOf(isDone ? basis : await submitLocked(ctx, submission)) };
}

function found({ basis }: Read): SubmissionBasis {
  if (!basis) throw new AppError("NOT_FOUND", "No such sitting.");
  return basis;
}

/** False when nothing was written. */
async function submitAtOnce(
  ctx: MemberContext,
  submission: SubmitSitting,
  { stamp }: Read,
  basis: SubmissionBasis,
): Promise<boolean> {
  try {
    const plan = planSubmission(basis, submission);
    if (basis.isStopped || mayOfferMerge(basis, plan)) return false;
    await write(ctx, basis, stamp, plan);
    return true;
  } catch (error) {
    // A verdict that is on its way may take the reason of a refusal away: it is told under the locks.
    if (error instanceof AppError || isSqlState(error, "TC002")) return false;
    throw error;
  }
}

async function write(
  { db, viewer, member }: MemberContext,
  { sitting, votes, isAuto, patternId }: SubmissionBasis,
  stamp: string,
  plan: SubmissionPlan,
): Promise<void> {
  const sql = db.$client;
  const what = [member.projectId, viewer.accountId, sitting.id, stamp, JSON.stringify(plan)];
  if (!votes || !isAuto) {
    await sql.unsafe("select teacup_submit($1, $2, $3, $4, $5)", what);
    return;
  }
  // The job in the same statement: another would be another wait.
  const job = await jobInsert("loop.advance", { patternId });
  await sql.unsafe(`with job as (${job.text}) select teacup_submit($2, $3, $4, $5, $6)`, [
    job.value,
    ...what,
  ]);
}

async function submitLocked(
  ctx: MemberContext,
  submission: SubmitSitting,
): Promise<SubmissionBasis> {
  const { viewer, member } = ctx;
  return ctx.db.transaction(async (tx) => {
    const read = await lockSubmission(tx, ctx, submission.sittingId);
    const basis = found(read);
    const { sitting, votes, patternId } = basis;
    if (sitting.state === "submitted") return basis;
    const { isPaid, ...plan } = planSubmission(basis, submission);
    const whose = sql`${member.projectId}::uuid, ${viewer.accountId}::uuid, ${sitting.id}::uuid`;
    const told = JSON.stringify({ ...plan, isPaid: false });
    await tx.execute(sql`select teacup_submit(${whose}, ${read.stamp}, ${told}::jsonb)`);
    if (votes) await wake(tx, patternId);
    if (mayOfferMerge(basis, plan)) await offerMerge(tx, sitting.projectId);
    // After what follows: the budget is the last lock.
    if (isPaid) await settleRaterTime(tx, sitting, submission.activeMs);
    await reviewRaterStop(tx, sitting);
    return basis;
  });
}

function feedbackOf({ meant, cells }: SubmissionBasis): FeedbackCell[] | null {
  if (!meant) return null;
  return cells.flatMap(({ imageId, verdict }) => {
    const image = meant[imageId];
    return image ? [{ imageId, verdict, ...image }] : [];
  });
}
