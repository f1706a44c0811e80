import { afterFault, afterSuccess, backoffMs, closedCircuit, restMs } from "./circuit";
import { type CogEndpoint, connectCog } from "./cog-endpoint";
import { RenderFailure } from "./failure";
import { pause } from "./pause";
import { type LeasedScores, type Platform, sayTrouble } from "./platform";
import { runScores } from "./run-scores";
import type { EndpointAddress, Settings } from "./settings";

const POLL_MS = 500;
const LOOK_AGAIN_MS = 5_000;

type Served = Extract<EndpointAddress, { kind: "cog" }>;

/** Fetches images to score for as long as the endpoint says that it scores; one that draws is only asked what it is. */
export async function workScores(
  platform: Platform,
  { name, url }: Served,
  { deadlineMs }: Settings,
  stopping: AbortSignal,
): Promise<void> {
  const endpoint = connectCog(url);
  const ctx = { platform, endpoint, deadlineMs, stopping };
  let circuit = closedCircuit;
  let scores = false;
  while (!stopping.aborted) {
    if (!scores) scores = await isScoring(endpoint);
    if (!scores) {
      await pause(LOOK_AGAIN_MS * (0.75 + Math.random() / 2), stopping);
      continue;
    }
    await pause(restMs(circuit, performance.now()), stopping);
    const task = await nextTask(platform, name, stopping);
    if (!task) continue;
    const error = await runScores(ctx, task);
    const isFault = error instanceof RenderFailure && error.kind !== "permanent";
    circuit = isFault ? afterFault(circuit, performance.now(), Math.random()) : afterSuccess();
    scores = !(error instanceof RenderFailure && error.isAway);
  }
  await endpoint.close();
}

async function isScoring(endpoint: CogEndpoint): Promise<boolean> {
  const { health, said } = await endpoint.health();
  return health !== "unreachable" && "scorers" in said;
}

/** Null when there was none. */
async function nextTask(
  platform: Platform,
  endpoint: string,
  stopping: AbortSignal,
): Promise<LeasedScores | null> {
  for (let step = 0; !stopping.aborted; ) {
    try {
      const task = await platform.scores.lease.mutate({ endpoint });
      if (!task) await pause(POLL_MS * (0.75 + Math.random() / 2), stopping);
      return task;
    } catch (error) {
      console.error(sayTrouble(error));
      await pause(backoffMs(step++, Math.random()), stopping);
    }
  }
  return null;
}
