import { afterFault, afterSuccess, backoffMs, closedCircuit, restMs } from "./circuit";
import { connectEndpoint } from "./connect-endpoint";
import type { Endpoint } from "./endpoint";
import { RenderFailure } from "./failure";
import { pause } from "./pause";
import { Permits } from "./permits";
import { type LeasedRender, type Platform, sayTrouble } from "./platform";
import { reportHealth } from "./report-health";
import { runRender } from "./run-render";
import type { EndpointAddress, Settings } from "./settings";

const POLL_MS = 500;
const KNOCK_MS = 1_000;
const DELIVERIES_AT_ONCE = 4;

/**
 * Keeps one endpoint busy until told to stop. One render more than it can draw is leased ahead and
 * images are delivered beside the next prediction, so that it never waits for the network.
 */
export async function workEndpoint(
  platform: Platform,
  address: EndpointAddress,
  { deadlineMs }: Settings,
  stopping: AbortSignal,
): Promise<void> {
  const endpoint = connectEndpoint(address);
  const line = {
    ahead: new Permits(address.concurrency + 1),
    drawing: new Permits(address.concurrency),
    delivering: new Permits(DELIVERIES_AT_ONCE),
  };
  const reports = reportHealth(platform, address, endpoint, stopping);
  const running = new Set<Promise<void>>();
  let circuit = closedCircuit;
  // Nothing is leased for an endpoint that nobody has heard of yet.
  let isAway = true;
  const learn = (error: unknown) => {
    isAway = error instanceof RenderFailure && error.isAway;
    const isFault = error instanceof RenderFailure && error.kind !== "permanent";
    circuit = isFault ? afterFault(circuit, performance.now(), Math.random()) : afterSuccess();
  };

  while (!stopping.aborted) {
    if (isAway) isAway = !(await untilThere(endpoint, stopping));
    const rest = restMs(circuit, performance.now());
    if (rest > 0) {
      const seconds = (rest / 1000).toFixed(1);
      console.log(`${address.name} rests for ${seconds} s after ${circuit.faults} faults`);
    }
    await pause(rest, stopping);
    const leaveLine = await line.ahead.take();
    const render = await nextRender(platform, address.name, stopping);
    if (!render) {
      leaveLine();
      continue;
    }
    const work = runRender(
      { platform, endpoint, deadlineMs, stopping, line, leaveLine, learn },
      render,
    );
    running.add(work);
    void work.finally(() => running.delete(work));
  }
  await Promise.all([...running, reports]);
  await endpoint.close();
}

/** False when told to stop before the endpoint answered. */
async function untilThere(endpoint: Endpoint, stopping: AbortSignal): Promise<boolean> {
  while (!stopping.aborted) {
    const { health } = await endpoint.health();
    if (health !== "unreachable") return true;
    await pause(KNOCK_MS * (0.75 + Math.random() / 2), stopping);
  }
  return false;
}

/** Null when there was none: the caller looks at its own state again before it asks the next time. */
async function nextRender(
  platform: Platform,
  endpoint: string,
  stopping: AbortSignal,
): Promise<LeasedRender | null> {
  for (let step = 0; !stopping.aborted; ) {
    try {
      const [render] = await platform.api.lease.mutate({ endpoint, limit: 1 });
      if (render) return render;
      await pause(POLL_MS * (0.75 + Math.random() / 2), stopping);
      return null;
    } catch (error) {
      console.error(sayTrouble(error));
      await pause(backoffMs(step++, Math.random()), stopping);
    }
  }
  return null;
}
