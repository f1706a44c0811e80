import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { RenderInput } from "@/gpu-bridge/contract/schemas";
import { ANSWERS } from "./fake-endpoint-answers";

const GIGABYTE = 2 ** 30;
const PIECE = Buffer.alloc(1024 * 1024, "A");

const CONNECTION_STEPS = {
  "busy-409": (call: Call) => refuse(call, 409, "Already running a prediction"),
  "still-at-it-202": (call: Call) =>
    send(call.response, 202, { id: call.id, status: "processing" }),
  "slow-down-429": (call: Call) => refuse(call, 429, "Slow down", { "retry-after": "1" }),
  "not-ready-503": (call: Call) => refuse(call, 503, "Setup has not finished yet"),
  "bad-input-422": (call: Call) => refuse(call, 422, "width must be a multiple of 8"),
  "never-answers": () => undefined,
  "huge-body": streamGigabyte,
  "dies-mid-prediction": dieMidPrediction,
} as const;

/**
 * A named misbehaviour, or:
 * `{ slow: ms }` answers well after a while; `held` answers well once `release()` is called; `begins` has
 * drawn, and sends its answer once `release()` is called.
 */
export type Step =
  | "good"
  | "draws-anew"
  | "html-200"
  | "too-few-images"
  | "zero-byte"
  | "corrupt-png"
  | "truncated-png"
  | "wrong-size-png"
  | "big-image"
  | "wrong-weights-hash"
  | "other-method"
  | "newer-method"
  | "by-other-files"
  | "mean-evals"
  | "one-filtered"
  | "all-filtered"
  | "left-out"
  | "trained"
  | "retrained"
  | "failed"
  | "failed-silently"
  | "failed-with-nul"
  | "nul-in-trace"
  | "huge-trace"
  | "failed-for-good"
  | "held"
  | "begins"
  | keyof typeof CONNECTION_STEPS
  | { slow: number };

type Call = {
  id: string;
  input: RenderInput;
  step: Step;
  /** Of a clock that never jumps. */
  arrivedAt: number;
  state: "running" | "answered" | "dropped";
  cancelled: boolean;
  bytesSent: number;
  response: ServerResponse;
};
export type FakeCall = Omit<Call, "response">;
export type FakeEndpoint = Awaited<ReturnType<typeof startFakeEndpoint>>;

/** A real HTTP server that speaks the contract and misbehaves by script. Out of script it is good. */
export async function startFakeEndpoint(port = 0) {
  const fake = {
    calls: [] as Call[],
    steps: [] as Step[],
    health: "READY",
    described: 0,
    told: {},
  };
  let gate = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    answer(fake, () => gate.promise, request, response).catch((error: unknown) => {
      if (!response.destroyed) response.destroy(error as Error);
    });
  });
  server.requestTimeout = 0;
  server.listen(port, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    port: (server.address() as AddressInfo).port,
    /** Every PUT so far, in the order of arrival. */
    get calls(): readonly FakeCall[] {
      return fake.calls;
    },
    /** How often its description was read. */
    get described(): number {
      return fake.described;
    },
    /** One step for each of the next predictions; `repeat` makes the last one stay. */
    script(steps: readonly Step[], { repeat = false } = {}) {
      fake.steps = repeat ? [...steps, ...Array(1000).fill(steps.at(-1))] : [...steps];
    },
    say(health: "READY" | "BUSY" | "STARTING" | "SETUP_FAILED") {
      fake.health = health;
    },
    /** What its description has beside the routes. */
    tell(told: object) {
      fake.told = told;
    },
    /** Lets every held prediction go on; later ones are held anew. */
    release() {
      gate.resolve();
      gate = Promise.withResolvers();
    },
    async close() {
      gate.resolve();
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, "close");
    },
  };
}

type Fake = { calls: Call[]; steps: Step[]; health: string; described: number; told: object };

async function answer(
  fake: Fake,
  gate: () => Promise<void>,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const [, id = "", cancel] = /^\/predictions\/([^/]+)(\/cancel)?$/.exec(request.url ?? "") ?? [];
  if (request.url === "/health-check") return send(response, 200, { status: fake.health });
  if (request.url === "/openapi.json") {
    fake.described += 1;
    const paths = { "/predictions/{prediction_id}": { put: {} } };
    return send(response, 200, { ...fake.told, paths });
  }
  if (cancel) return cancelCall(fake, id, response);
  if (request.method !== "PUT" || !id) return send(response, 404, { detail: "Not found" });

  const { input } = JSON.parse(await text(request)) as { input: unknown };
  const asked = RenderInput.safeParse(input);
  if (!asked.success) return send(response, 422, { detail: asked.error.message });
  const step = fake.steps.shift() ?? "good";
  const call: Call = {
    id,
    input: asked.data,
    step,
    arrivedAt: performance.now(),
    state: "running",
    cancelled: false,
    bytesSent: 0,
    response,
  };
  fake.calls.push(call);
  response.on("close", () => {
    call.state = response.writableFinished ? "answered" : "dropped";
  });
  await play(call, gate);
}

async function play(call: Call, gate: () => Promise<void>) {
  const { step, response, input } = call;
  if (typeof step === "string" && step in CONNECTION_STEPS) {
    return CONNECTION_STEPS[step as keyof typeof CONNECTION_STEPS](call);
  }
  if (step === "begins") response.writeHead(200).flushHeaders();
  if (step === "held" || step === "begins") await gate();
  if (typeof step === "object") await sleep(step.slow);
  const name = typeof step === "object" || step === "held" || step === "begins" ? "good" : step;
  const body = ANSWERS[name]?.(input) ?? "";
  call.bytesSent = body.length;
  const type = name === "html-200" ? "text/html" : "application/json";
  if (response.destroyed || response.writableEnded) return;
  if (!response.headersSent) response.writeHead(200, { "content-type": type });
  response.end(body);
}

function cancelCall(fake: Fake, id: string, response: ServerResponse) {
  const running = fake.calls.find((call) => call.id === id && call.state === "running");
  if (!running) return send(response, 404, { detail: "No such prediction is running" });
  running.cancelled = true;
  send(running.response, 200, { id, status: "canceled" });
  return send(response, 200, {});
}

function refuse({ response }: Call, status: number, detail: string, headers = {}) {
  return send(response, status, { detail }, headers);
}

function send(response: ServerResponse, status: number, body: unknown, headers = {}) {
  response
    .writeHead(status, { "content-type": "application/json", ...headers })
    .end(JSON.stringify(body));
}

/** Writes piece by piece as the reader takes them, so that a test sees how much was read. */
async function streamGigabyte(call: Call) {
  const { response } = call;
  response.writeHead(200, { "content-type": "application/json" });
  response.write('{"status":"succeeded","output":{"images":["data:image/png;base64,');
  while (call.bytesSent < GIGABYTE && !response.destroyed) {
    const hasRoom = response.write(PIECE);
    call.bytesSent += PIECE.length;
    if (!hasRoom) await Promise.race([once(response, "drain"), once(response, "close")]);
  }
  response.end('"]}}');
}

/** Half an answer, then the socket is gone. */
function dieMidPrediction({ response, input }: Call) {
  const body = ANSWERS.good?.(input) ?? "";
  response.writeHead(200, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  });
  response.write(body.slice(0, body.length / 2), () => response.socket?.destroy());
}
