import { Agent, type Dispatcher, request } from "undici";
import { z } from "zod";
import { readOffer } from "@/gpu-bridge/contract/offer";
import type { Endpoint, Health, Prediction, Received } from "./endpoint";
import { RenderFailure } from "./failure";
import { knock } from "./knock";
import { type LeasedRender, predictionId } from "./platform";
import { largestAnswerBytes } from "./read-answer";
import { readBounded } from "./read-bounded";
import { scoringIn } from "./read-scores";
import { taggerIn } from "./read-tags";

const HEALTH_MS = 5_000;
const LARGEST_HEALTH_BYTES = 64 * 1024;
// What is kept of an answer that waits for its turn, of a thousand at once perhaps.
const WAITING_BYTES = 4 * 1024;
const LARGEST_OPENAPI_BYTES = 1024 * 1024;
const REASON_CHARS = 300;
const FailedSetup = z.looseObject({
  status: z.string(),
  setup: z.looseObject({ logs: z.string().optional() }).nullish(),
});

/** What it is asked, under a name that only this attempt has. */
export type Question = { id: string; input: object; largestBytes: number };
export type CogEndpoint = Endpoint & {
  ask: (question: Question, signal: AbortSignal) => Promise<Received>;
  cancelAsked: (id: string) => Promise<void>;
};

/** One server. Its deadline is the signal's alone: a slow prediction sends no byte for minutes. */
export function connectCog(url: string): CogEndpoint {
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 10_000 } });
  return {
    predict: (render, prediction) => ask(agent, url, questionOf(render), prediction),
    cancel: (render) => cancel(agent, url, predictionId(render)),
    ask: (question, signal) =>
      ask(agent, url, question, { signal, arrived: async () => undefined }),
    cancelAsked: (id) => cancel(agent, url, id),
    health: () => health(agent, url),
    close: () => agent.destroy(),
  };
}

const questionOf = (render: LeasedRender): Question => ({
  id: predictionId(render),
  input: render.input,
  largestBytes: largestAnswerBytes(render.input),
});

async function ask(
  agent: Agent,
  url: string,
  { id, input, largestBytes }: Question,
  { signal, arrived }: Prediction,
): Promise<Received> {
  const response = await knock(signal, () =>
    send(agent, `${url}/predictions/${id}`, {
      method: "PUT",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ input }),
      highWaterMark: WAITING_BYTES,
      signal,
    }),
  );
  try {
    if (response.statusCode === 200) await arrived();
    const text = await readBounded(response, largestBytes);
    return { status: response.statusCode, text };
  } catch (cause) {
    response.body.destroy();
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
    const said = await read(agent, `${url}/health-check`, LARGEST_HEALTH_BYTES);
    const status = typeof said === "object" && said && "status" in said ? said.status : undefined;
    const described = await describedAt(agent, url);
    const [scoring, tagger] = [scoringIn(described), taggerIn(described)];
    const now = healthOf(status);
    const isSaid = now !== "unreachable" && described !== null;
    return {
      health: now,
      said: { ...withReason(Object(said)), ...scoring, ...(tagger && { tagger }) },
      offer: isSaid ? readOffer(described, said) : null,
    };
  } catch {
    // Whatever the reason: an endpoint that cannot be asked cannot be used.
    const said = { reason: "Nothing answers at its address." };
    return { health: "unreachable", said, offer: null };
  }
}

/** The last line of a setup that failed says what failed. */
function withReason(said: object): object {
  const { status, setup } = FailedSetup.safeParse(said).data ?? {};
  if (status !== "SETUP_FAILED") return said;
  const last = setup?.logs?.trim().split("\n").at(-1)?.slice(0, REASON_CHARS);
  return { ...said, reason: last ? `Its setup failed: ${last}` : "Its setup failed." };
}

/** null: it may be starting still, and is asked again with its next health check. */
async function describedAt(agent: Agent, url: string): Promise<unknown> {
  try {
    return await read(agent, `${url}/openapi.json`, LARGEST_OPENAPI_BYTES);
  } catch (error) {
    console.error("An endpoint's description cannot be read:", String(error));
    return null;
  }
}

async function read(agent: Agent, address: string, largestBytes: number): Promise<unknown> {
  const response = await request(address, {
    dispatcher: agent,
    signal: AbortSignal.timeout(HEALTH_MS),
  });
  return JSON.parse(await readBounded(response, largestBytes));
}

function healthOf(status: unknown): Health["health"] {
  if (status === "READY") return "ready";
  if (status === "BUSY") return "busy";
  return status === "STARTING" ? "starting" : "unreachable";
}
