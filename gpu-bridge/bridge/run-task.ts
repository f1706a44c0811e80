import type { CogEndpoint } from "./cog-endpoint";
import type { Received } from "./endpoint";
import { LeaseLost, NotTaken, RenderFailure, Stopping } from "./failure";
import { keepLease, type Lease } from "./lease-keeper";
import { persist } from "./persist";
import { type LeasedTask, type Platform, questionId } from "./platform";
import { readScores } from "./read-scores";
import { readTags } from "./read-tags";

export type TaskContext = {
  platform: Platform;
  endpoint: CogEndpoint;
  deadlineMs: number;
  stopping: AbortSignal;
};

const LARGEST_ANSWER_BYTES = 8 * 1024 * 1024;

const heldBy = ({ taskId, leaseToken }: LeasedTask) => ({ taskId, leaseToken });

/** Has the images of one task judged and tells the answer; never throws, and gives what went wrong with the endpoint. */
export async function runTask(ctx: TaskContext, task: LeasedTask): Promise<unknown> {
  const lease = keepLease(() => ctx.platform.tasks.renew.mutate(heldBy(task)));
  try {
    const tell = readAnswer(ctx.platform, task, await ask(ctx, task, lease));
    await persist(tell, lease);
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

/** What the product is to be told. */
function readAnswer({ tasks }: Platform, task: LeasedTask, answered: Received) {
  const { asked } = task;
  if (asked.kind === "scores") {
    const scores = readScores(answered, task, asked);
    return () => tasks.finishScores.mutate({ ...heldBy(task), ...scores });
  }
  const tags = readTags(answered, task, asked);
  return () => tasks.finishTags.mutate({ ...heldBy(task), ...tags });
}

async function ask(ctx: TaskContext, task: LeasedTask, lease: Lease): Promise<Received> {
  const held = lease.signal;
  const places = Array.from({ length: task.images }, (_, position) => position);
  const images = await Promise.all(
    places.map((position) => persist(() => ctx.platform.fetchJudged(task, position), lease)),
  );
  const id = questionId(task);
  const deadline = AbortSignal.timeout(ctx.deadlineMs);
  const signal = AbortSignal.any([deadline, held, ctx.stopping]);
  try {
    const { kind: _, ...asked } = task.asked;
    const question = { id, input: { images, ...asked }, largestBytes: LARGEST_ANSWER_BYTES };
    return await ctx.endpoint.ask(question, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    await ctx.endpoint.cancelAsked(id);
    if (held.aborted) throw held.reason;
    if (ctx.stopping.aborted) throw new Stopping();
    const seconds = Math.round(ctx.deadlineMs / 1000);
    throw new RenderFailure("retryable", `No answer within ${seconds} s`, { cause: error });
  }
}

async function close(ctx: TaskContext, task: LeasedTask, error: unknown, lease: Lease) {
  try {
    await persist(() => tellOutcome(ctx.platform, task, error), lease);
  } catch (cause) {
    // Its lease runs out by itself: one task must not end the work on the others.
    console.error(`Task ${task.taskId} could not be closed:`, String(cause));
  }
}

async function tellOutcome({ tasks }: Platform, task: LeasedTask, error: unknown) {
  if (error instanceof LeaseLost) throw error;
  if (error instanceof Stopping) {
    await tasks.giveBack.mutate(heldBy(task));
    return;
  }
  const isFailure = error instanceof RenderFailure;
  if (!isFailure) console.error("A task failed in the bridge", error);
  await tasks.fail.mutate({
    ...heldBy(task),
    kind: isFailure ? error.kind : "retryable",
    reason: isFailure ? error.message : "The bridge could not handle the answer",
  });
}
