import { createHash } from "node:crypto";
import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import type { inferRouterOutputs } from "@trpc/server";
import superjson from "superjson";
import { Agent, type Dispatcher, request } from "undici";
import { z } from "zod";
import type { AppRouter } from "@/server/trpc/router";
import { LeaseLost, RenderFailure } from "./failure";
import type { Settings } from "./settings";

export type LeasedRender = inferRouterOutputs<AppRouter>["generation"]["bridge"]["lease"][number];
/** The same for one attempt, another for the next: an endpoint never mixes them up. */
export const predictionId = ({ renderId, attempt }: LeasedRender): string =>
  `${renderId}-${attempt}`;
/** Images that an endpoint is to judge: to score, or to say what stands where in them. */
export type LeasedTask = NonNullable<inferRouterOutputs<AppRouter>["judging"]["lease"]>;
export const questionId = ({ taskId, attempt }: LeasedTask): string => `${taskId}-${attempt}`;
export type Platform = ReturnType<typeof connectPlatform>;

const CALL_MS = 20_000;
const UPLOAD_MS = 5 * 60_000;

/** The only way to the product: outgoing requests with this bridge's token. */
export function connectPlatform({ platformUrl, token }: Settings) {
  const agent = new Agent({ keepAliveTimeout: 10_000 });
  const headers = { authorization: `Bearer ${token}` };
  const client = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${platformUrl}/api/trpc`,
        transformer: superjson,
        headers,
        fetch: (url, init) => sendCall(agent, url, init),
      }),
    ],
  });
  return {
    api: client.generation.bridge,
    tasks: client.judging,
    upload: (render: LeasedRender, position: number, png: Buffer) =>
      upload({ agent, platformUrl, headers }, render, position, png),
    /** One image that is to be judged, as a data URL. */
    fetchJudged: (task: LeasedTask, position: number) =>
      fetchJudged({ agent, platformUrl, headers }, task, position),
    close: () => agent.close(),
  };
}

/** What the client asks of `fetch`, as its link writes it. */
type Call = { method: Dispatcher.HttpMethod; headers: Record<string, string>; body: string };
const pickCall = ({ method, headers, body }: Call): Call => ({ method, headers, body });

/** As much of `fetch` as the client uses, without what the whole of it costs in processor time. */
async function sendCall(agent: Agent, url: unknown, call: unknown) {
  const { statusCode, body } = await request(String(url), {
    ...pickCall(call as Call),
    dispatcher: agent,
    signal: AbortSignal.timeout(CALL_MS),
  });
  return { ok: statusCode >= 200 && statusCode < 300, json: () => body.json() };
}

type Target = { agent: Agent; platformUrl: string; headers: Record<string, string> };

async function upload(target: Target, render: LeasedRender, position: number, png: Buffer) {
  const sha256 = createHash("sha256").update(png).digest("hex");
  const address = `${target.platformUrl}/api/bridge/renders/${render.renderId}/images/${position}`;
  const { statusCode, body } = await request(address, {
    method: "PUT",
    dispatcher: target.agent,
    headers: {
      ...target.headers,
      "content-type": "image/png",
      "content-length": String(png.length),
      "x-content-sha256": sha256,
      "x-lease-token": render.leaseToken,
    },
    body: png,
    signal: AbortSignal.timeout(UPLOAD_MS),
  });
  const answer = await body.text();
  if (statusCode === 200) return sha256;
  throw refusalOf(statusCode, answer);
}

async function fetchJudged(target: Target, task: LeasedTask, position: number): Promise<string> {
  const address = `${target.platformUrl}/api/bridge/tasks/${task.taskId}/images/${position}`;
  const { statusCode, headers, body } = await request(address, {
    dispatcher: target.agent,
    headers: { ...target.headers, "x-lease-token": task.leaseToken },
    signal: AbortSignal.timeout(UPLOAD_MS),
  });
  if (statusCode !== 200) {
    const answer = await body.text();
    if (statusCode === 409) throw new LeaseLost(answer);
    throw new Error(`The image was answered with ${statusCode}`);
  }
  const bytes = Buffer.from(await body.arrayBuffer());
  return `data:${headers["content-type"]};base64,${bytes.toString("base64")}`;
}

// The same image would be refused again; a full disk is a person's to mend.
const REFUSED = new Set([400, 413, 422, 507]);

function refusalOf(status: number, answer: string): Error {
  if (status === 409) return new LeaseLost(answer);
  if (REFUSED.has(status)) return new RenderFailure("retryable", messageIn(answer));
  return new Error(`The upload was answered with ${status}`);
}

function messageIn(answer: string): string {
  try {
    const { message }: { message?: unknown } = JSON.parse(answer);
    if (typeof message === "string" && message.trim()) return message;
  } catch (error) {
    console.error("The refusal of an upload is not the product's own:", String(error));
  }
  return "The image was refused";
}

/** What a GPU owner reads in the log, and can act on. */
export function sayTrouble(error: unknown): string {
  if (error instanceof TRPCClientError && error.data?.code === "UNAUTHORIZED") {
    return "The product refuses this bridge's token, trying again; make a new one in Settings, Bridges";
  }
  return `The product does not answer, trying again: ${String(error)}`;
}

/** Conflict means the lease is over; a bad request stays bad however often it is sent. */
export function decisionIn(error: unknown): Error | null {
  if (error instanceof LeaseLost || error instanceof RenderFailure) return error;
  if (!(error instanceof TRPCClientError)) return null;
  const code: unknown = error.data?.code;
  // Without its token the bridge cannot renew the lease either: the render goes to another.
  if (code === "UNAUTHORIZED") return new LeaseLost(sayTrouble(error), { cause: error });
  if (code === "CONFLICT") return new LeaseLost(error.message, { cause: error });
  if (code === "BAD_REQUEST") {
    return new RenderFailure("retryable", sentenceOf(error.message), { cause: error });
  }
  return null;
}

const Issues = z.array(z.object({ path: z.array(z.unknown()), message: z.string() })).min(1);

/** What the product refused of an answer comes as a list of places: the first of them in words. */
function sentenceOf(message: string): string {
  try {
    const [issue] = Issues.parse(JSON.parse(message));
    if (issue)
      return `The endpoint's answer cannot be kept at ${issue.path.join(".")}: ${issue.message}`;
  } catch (error) {
    // It is a sentence already.
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
  }
  return message;
}
