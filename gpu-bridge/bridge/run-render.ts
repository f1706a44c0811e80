import { setImmediate } from "node:timers/promises";
import type { Endpoint } from "./endpoint";
import { LeaseLost, RenderFailure, Stopping } from "./failure";
import { heldBy, keepLease, type Lease } from "./lease-keeper";
import type { Permits } from "./permits";
import { persist } from "./persist";
import { type LeasedRender, type Platform, predictionId } from "./platform";
import { type Answer, readAnswer } from "./read-answer";

export type RenderContext = {
  platform: Platform;
  endpoint: Endpoint;
  deadlineMs: number;
  stopping: AbortSignal;
  line: { drawing: Permits; delivering: Permits };
  leaveLine: () => void;
  /** Tells the circuit how the prediction ended; nothing means well. */
  learn: (error?: unknown) => void;
};

// What is being drawn may end within this time of a stop; then it is given back.
const DRAIN_MS = 2_500;

/** Draws, delivers and closes one render; never throws: how it ended is told to the product. */
export async function runRender(ctx: RenderContext, render: LeasedRender): Promise<void> {
  const lease = keepLease(() => ctx.platform.api.renew.mutate(heldBy(render)));
  const delivery = deliveryOf(ctx);
  try {
    const answer = await draw(ctx, render, lease.signal, delivery.enter);
    await delivery.enter(lease.signal);
    await deliver(ctx.platform, render, answer, lease);
  } catch (error) {
    delivery.leave();
    await closeFailed(ctx, render, error, lease);
  } finally {
    delivery.leave();
    lease.release();
    ctx.leaveLine();
  }
}

type Enter = (signal: AbortSignal) => Promise<void>;

/** Only so many answers are in memory at once, from their first byte until they are delivered. */
function deliveryOf({ line, leaveLine }: RenderContext): { enter: Enter; leave: () => void } {
  let leave: (() => void) | undefined;
  return {
    enter: async (signal) => {
      leave ??= await line.delivering.take(signal);
      leaveLine();
    },
    leave: () => leave?.(),
  };
}

async function draw(
  ctx: RenderContext,
  render: LeasedRender,
  held: AbortSignal,
  enterDelivery: Enter,
): Promise<Answer> {
  try {
    const received = await predictInTurn(ctx, render, held, enterDelivery);
    // The next prediction goes out before this answer is taken apart: the endpoint must not wait for that.
    await setImmediate();
    const asked = { id: predictionId(render), input: render.input };
    const answer = readAnswer(received.status, received.text, asked);
    ctx.learn();
    return answer;
  } catch (error) {
    if (!(error instanceof LeaseLost || error instanceof Stopping)) ctx.learn(error);
    throw error;
  }
}

async function predictInTurn(
  ctx: RenderContext,
  render: LeasedRender,
  held: AbortSignal,
  enterDelivery: Enter,
) {
  const leaveEndpoint = await ctx.line.drawing.take();
  try {
    held.throwIfAborted();
    if (ctx.stopping.aborted) throw new Stopping();
    return await predictInTime(ctx, render, held, (signal) => {
      leaveEndpoint();
      return enterDelivery(signal);
    });
  } finally {
    leaveEndpoint();
  }
}

async function predictInTime(
  ctx: RenderContext,
  render: LeasedRender,
  held: AbortSignal,
  arrived: Enter,
) {
  // Not AbortSignal.timeout, which would hold the answer until a deadline that is long over.
  const late = new AbortController();
  const deadline = setTimeout(() => late.abort(), ctx.deadlineMs);
  const drained = new AbortController();
  const drain = () => setTimeout(() => drained.abort(new Stopping()), DRAIN_MS);
  ctx.stopping.addEventListener("abort", drain, { once: true });
  const signal = AbortSignal.any([late.signal, held, drained.signal]);
  try {
    return await ctx.endpoint.predict(render, { signal, arrived: () => arrived(signal) });
  } catch (error) {
    if (!signal.aborted) throw error;
    await ctx.endpoint.cancel(render);
    if (!late.signal.aborted) throw signal.reason;
    const seconds = Math.round(ctx.deadlineMs / 1000);
    throw new RenderFailure("retryable", `No answer within ${seconds} s`, { cause: error });
  } finally {
    clearTimeout(deadline);
    ctx.stopping.removeEventListener("abort", drain);
  }
}

async function deliver(
  platform: Platform,
  render: LeasedRender,
  answer: Answer,
  lease: Lease,
): Promise<void> {
  const drawn = answer.images.flatMap((png, position) => (png ? { png, position } : []));
  const images = await Promise.all(
    drawn.map(async ({ png, position }) => ({
      position,
      seed: render.input.seeds[position] ?? 0,
      sha256: await persist(() => platform.upload(render, position, png), lease),
    })),
  );
  const { filtered, evals, backwards, weightsHash, model, method, training, timings, trace } =
    answer;
  await persist(
    () =>
      platform.api.finish.mutate({
        ...heldBy(render),
        images,
        ...(filtered === null ? {} : { filtered }),
        evals,
        backwards,
        weightsHash,
        model,
        method,
        training,
        timings,
        trace,
      }),
    lease,
  );
}

async function closeFailed(
  { platform }: RenderContext,
  render: LeasedRender,
  error: unknown,
  lease: Lease,
): Promise<void> {
  try {
    await persist(() => tellOutcome(platform, render, error), lease);
  } catch (cause) {
    // Its lease runs out by itself: one render must not end the work on the others.
    if (!(cause instanceof LeaseLost)) console.error("A render could not be closed", cause);
    else console.log(`Render ${render.renderId}: ${cause.message}`);
  }
}

async function tellOutcome(platform: Platform, render: LeasedRender, error: unknown) {
  if (error instanceof LeaseLost) throw error;
  if (error instanceof Stopping) {
    await platform.api.giveBack.mutate(heldBy(render));
    return;
  }
  const isFailure = error instanceof RenderFailure;
  if (!isFailure) console.error("A render failed in the bridge", error);
  await platform.api.fail.mutate({
    ...heldBy(render),
    kind: isFailure ? error.kind : "retryable",
    reason: isFailure ? error.message : "The bridge could not handle the answer",
  });
}
