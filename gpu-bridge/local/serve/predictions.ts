import type { Prediction } from "../../contract/schemas";
import { PermanentFailure, type Ready } from "./endpoint";

export const CONCURRENCY = 2;

type Running = { controller: AbortController; waiting: number; answer: Promise<Prediction> };
export type Predictions = ReturnType<typeof keepPredictions>;

/** An endpoint's predictions in progress, by id. None is remembered once it is over. */
export function keepPredictions() {
  const running = new Map<string, Running>();
  return {
    get count() {
      return running.size;
    },
    isBusyFor: (id: string) => running.size >= CONCURRENCY && !running.has(id),
    /** A repeated id joins the prediction that is running. The last one to leave cancels it. */
    async join(ready: Ready, id: string, input: unknown, left: AbortSignal) {
      const joined = running.get(id) ?? start(running, ready, id, input);
      joined.waiting++;
      left.addEventListener("abort", () => {
        joined.waiting--;
        if (joined.waiting === 0) joined.controller.abort();
      });
      return joined.answer;
    },
    cancel(id: string): boolean {
      running.get(id)?.controller.abort();
      return running.has(id);
    },
  };
}

function start(running: Map<string, Running>, ready: Ready, id: string, input: unknown): Running {
  const controller = new AbortController();
  const answer = predict(ready, id, input, controller.signal).finally(() => running.delete(id));
  const entry = { controller, waiting: 0, answer };
  running.set(id, entry);
  return entry;
}

async function predict(
  { run }: Ready,
  id: string,
  input: unknown,
  signal: AbortSignal,
): Promise<Prediction> {
  const begun = performance.now();
  const metrics = () => ({ predict_time: (performance.now() - begun) / 1000 });
  try {
    const output = await run(input, signal);
    return { id, status: "succeeded", input, output, metrics: metrics() };
  } catch (error) {
    if (signal.aborted) return { id, status: "canceled", input, metrics: metrics() };
    const permanent = error instanceof PermanentFailure;
    if (!permanent) console.error(error);
    const message = error instanceof Error ? error.message : String(error);
    return { id, status: "failed", input, error: message, permanent, metrics: metrics() };
  }
}
