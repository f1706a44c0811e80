import type { Dispatcher } from "undici";
import { pause } from "./pause";

// Cog's slot is free only a moment after its answer.
const KNOCKS = 20;
const KNOCK_MS = 25;

/** Asks again for a while where the prediction before may just be leaving. */
export async function knock(signal: AbortSignal, ask: () => Promise<Dispatcher.ResponseData>) {
  for (let knocks = 1; ; knocks++) {
    const response = await ask();
    if (response.statusCode !== 409 || knocks === KNOCKS) return response;
    await response.body.dump();
    await pause(KNOCK_MS, signal);
    signal.throwIfAborted();
  }
}
