import { Agent, type Dispatcher, request } from "undici";
import type { Endpoint, Health, Received } from "./endpoint";
import { RenderFailure } from "./failure";
import { type LeasedRender, predictionId } from "./platform";
import { largestAnswerBytes } from "./read-answer";
import { readBounded } from "./read-bounded";

const HEALTH_MS = 5_000;
const LARGEST_HEALTH_BYTES = 64 * 1024;

/** One render server. Its deadline is the signal's alone: a slow prediction sends no byte for minutes. */
export function connectCog(url: string): Endpoint {
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 10_000 } });
  return {
    predict: (render, signal) => predict(agent, url, render, signal),
    cancel: (render) => cancel(agent, url, predictionId(render)),
    health: () => health(agent, url),
    close: () => agent.destroy(),
  };
}

async function predict(
  agent: Agent,
  url: string,
  render: LeasedRender,
  signal: AbortSignal,
): Promise<Received> {
  const response = await send(agent, `${url}/predictions/${predictionId(render)}`, {
    method: "PUT",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ input: render.input }),
    signal,
  });
  try {
    const text = await readBounded(response, largestAnswerBytes(render.input));
    return { status: response.statusCode, text };
  } catch (cause) {
    if (signal.aborted || cause instanceof RenderFailure) throw cause;
    throw new RenderFailure("retryable", "The endpoint stopped in the middle of its answer", {
      cause,
    });
  }
}

type Options = Omit<Dispatcher.RequestOptions, "path" | "origin" | "method"> & {
  method: Dispatcher.HttpMethod;
};

async function send(agent: Agent, address: string, options: Options) {
  try {
    return await request(address, { ...options, dispatcher: agent });
  } catch (cause) {
    if (options.signal instanceof AbortSignal && options.signal.aborted) throw cause;
    const neverArrived = codeOf(cause) === "ECONNREFUSED" || codeOf(cause) === "ENOTFOUND";
    throw neverArrived
      ? new RenderFailure("busy", "The endpoint does not answer", { cause, isAway: true })
      : new RenderFailure("retryable", "The endpoint broke off while it was rendering", { cause });
  }
}

const codeOf = (cause: unknown) =>
  cause instanceof Error && "code" in cause ? cause.code : undefined;

/** Asks the endpoint to stop; one that is gone has stopped already. */
async function cancel(agent: Agent, url: string, id: string): Promise<void> {
  try {
    const { body } = await request(`${url}/predictions/${id}/cancel`, {
      method: "POST",
      dispatcher: agent,
      signal: AbortSignal.timeout(HEALTH_MS),
    });
    await body.dump();
  } catch (error) {
    console.error("Cancelling a prediction failed:", String(error));
  }
}

async function health(agent: Agent, url: string): Promise<Health> {
  try {
    const response = await request(`${url}/health-check`, {
      dispatcher: agent,
      signal: AbortSignal.timeout(HEALTH_MS),
    });
    const said: unknown = JSON.parse(await readBounded(response, LARGEST_HEALTH_BYTES));
    const status = typeof said === "object" && said && "status" in said ? said.status : undefined;
    return { health: healthOf(status), said: typeof said === "object" && said ? said : {} };
  } catch {
    // Whatever the reason: an endpoint that cannot be asked cannot be used.
    return { health: "unreachable", said: {} };
  }
}

function healthOf(status: unknown): Health["health"] {
  if (status === "READY") return "ready";
  if (status === "BUSY") return "busy";
  return status === "STARTING" ? "starting" : "unreachable";
}
