import type { CogEndpoint } from "./cog-endpoint";
import { LeaseLost, RenderFailure, Stopping } from "./failure";
import { keepLease } from "./lease-keeper";
import { type LeasedScores, type Platform, persist } from "./platform";
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
    const answer = await ask(ctx, task, lease.signal);
    await persist(
      () => platform.scores.finish.mutate({ ...heldBy(task), ...answer }),
      lease.signal,
    );
    return null;
  } catch (error) {
    await close(ctx, task, error, lease.signal);
    return error instanceof LeaseLost || error instanceof Stopping ? null : error;
  } finally {
    lease.release();
  }
}

async function ask(ctx: ScoreContext, task: LeasedScores, held: AbortSignal) {
  const places = Array.from({ length: task.images }, (_, position) => position);
  const images = await Promise.all(
    places.map((position) => persist(() => ctx.platform.fetchScored(task, position), held)),
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

async function close(ctx: ScoreContext, task: LeasedScores, error: unknown, held: AbortSignal) {
  try {
    await persist(() => tellOutcome(ctx.platform, task, error), held);
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
