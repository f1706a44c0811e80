import type { CogEndpoint } from "./cog-endpoint";
import { LeaseLost, NotTaken, RenderFailure, Stopping } from "./failure";
import { keepLease, type Lease } from "./lease-keeper";
import { persist } from "./persist";
import type { LeasedScores, Platform } from "./platform";
import { readScores, scoresId } from "./read-scores";

export type ScoreContext = {
  platform: Platform;
  endpoint: CogEndpoint;
  deadlineMs: number;
  stopping: AbortSignal;
};

const LARGEST_ANSWER_BYTES = 8 * 1024 * 1024;

const heldBy = ({ taskId, leaseToken }: LeasedScores) => ({ taskId, leaseToken });

/** Scores the images of one task and tells the numbers; never throws, and gives what went wrong with the endpoint. */
export async function runScores(ctx: ScoreContext, task: LeasedScores): Promise<unknown> {
  const { platform } = ctx;
  const lease = keepLease(() => platform.scores.renew.mutate(heldBy(task)));
  try {
    const answer = await ask(ctx, task, lease);
    await persist(() => platform.scores.finish.mutate({ ...heldBy(task), ...answer }), lease);
    return null;
  } catch (error) {
    await close(ctx, task, error, lease);
    return isOfEndpoint(error) ? error : null;
  } finally {
    lease.release();
  }
}

const isOfEndpoint = (error: unknown) =>
  !(error instanceof LeaseLost || error instanceof Stopping || error instanceof NotTaken);

async function ask(ctx: ScoreContext, task: LeasedScores, lease: Lease) {
  const held = lease.signal;
  const places = Array.from({ length: task.images }, (_, position) => position);
  const images = await Promise.all(
    places.map((position) => persist(() => ctx.platform.fetchScored(task, position), lease)),
  );
  const id = scoresId(task);
  const deadline = AbortSignal.timeout(ctx.deadlineMs);
  const signal = AbortSignal.any([deadline, held, ctx.stopping]);
  try {
    const input = { images, scores: task.scores };
    const question = { id, input, largestBytes: LARGEST_ANSWER_BYTES };
    const { status, text } = await ctx.endpoint.ask(question, signal);
    return readScores(status, text, task);
  } catch (error) {
    if (!signal.aborted) throw error;
    await ctx.endpoint.cancelAsked(id);
    if (held.aborted) throw held.reason;
    if (ctx.stopping.aborted) throw new Stopping();
    const seconds = Math.round(ctx.deadlineMs / 1000);
    throw new RenderFailure("retryable", `No answer within ${seconds} s`, { cause: error });
  }
}

async function close(ctx: ScoreContext, task: LeasedScores, error: unknown, lease: Lease) {
  try {
    await persist(() => tellOutcome(ctx.platform, task, error), lease);
  } catch (cause) {
    // Its lease runs out by itself: one task must not end the work on the others.
    console.error(`Scores ${task.taskId} could not be closed:`, String(cause));
  }
}

async function tellOutcome({ scores }: Platform, task: LeasedScores, error: unknown) {
  if (error instanceof LeaseLost) throw error;
  if (error instanceof Stopping) {
    await scores.giveBack.mutate(heldBy(task));
    return;
  }
  const isFailure = error instanceof RenderFailure;
  if (!isFailure) console.error("A task failed in the bridge", error);
  await scores.fail.mutate({
    ...heldBy(task),
    kind: isFailure ? error.kind : "retryable",
    reason: isFailure ? error.message : "The bridge could not handle the answer",
  });
}
