import { afterFault, afterSuccess, backoffMs, closedCircuit, restMs } from "./circuit";
import { type CogEndpoint, connectCog } from "./cog-endpoint";
import { RenderFailure } from "./failure";
import { pause } from "./pause";
import { type LeasedTask, type Platform, sayTrouble } from "./platform";
import { runTask } from "./run-task";
import type { EndpointAddress, Settings } from "./settings";

const POLL_MS = 500;
const LOOK_AGAIN_MS = 5_000;

type Served = Extract<EndpointAddress, { kind: "cog" }>;

/** Fetches images to judge for as long as the endpoint says that it scores or tags; one that draws is only asked what it is. */
export async function workTasks(
  platform: Platform,
  { name, url }: Served,
  { deadlineMs }: Settings,
  stopping: AbortSignal,
): Promise<void> {
  const endpoint = connectCog(url);
  const ctx = { platform, endpoint, deadlineMs, stopping };
  let circuit = closedCircuit;
  let judges = false;
  while (!stopping.aborted) {
    if (!judges) judges = await isJudging(endpoint);
    if (!judges) {
      await pause(LOOK_AGAIN_MS * (0.75 + Math.random() / 2), stopping);
      continue;
    }
    await pause(restMs(circuit, performance.now()), stopping);
    const task = await nextTask(platform, name, stopping);
    if (!task) continue;
    const error = await runTask(ctx, task);
    const isFault = error instanceof RenderFailure && error.kind !== "permanent";
    circuit = isFault ? afterFault(circuit, performance.now(), Math.random()) : afterSuccess();
    judges = !(error instanceof RenderFailure && error.isAway);
  }
  await endpoint.close();
}

async function isJudging(endpoint: CogEndpoint): Promise<boolean> {
  const { health, said } = await endpoint.health();
  return health !== "unreachable" && ("scorers" in said || "tagger" in said);
}

/** Null when there was none. */
async function nextTask(
  platform: Platform,
  endpoint: string,
  stopping: AbortSignal,
): Promise<LeasedTask | null> {
  for (let step = 0; !stopping.aborted; ) {
    try {
      const task = await platform.tasks.lease.mutate({ endpoint });
      if (!task) await pause(POLL_MS * (0.75 + Math.random() / 2), stopping);
      return task;
    } catch (error) {
      console.error(sayTrouble(error));
      await pause(backoffMs(step++, Math.random()), stopping);
    }
  }
  return null;
}
