import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { z } from "zod";
import { CONTRACT_VERSION, type HealthCheck, PredictionRequest } from "../../contract/schemas";
import type { Endpoint, Ready } from "./endpoint";
import { CONCURRENCY, keepPredictions, type Predictions } from "./predictions";

const PATH = /^\/predictions\/([^/]{1,200})(\/cancel)?$/;

/** An answer other than a prediction. */
class HttpRefusal extends Error {
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail);
  }
}

type Served = { base: string; endpoint: Endpoint; predictions: Predictions };

/** Speaks the contract over HTTP: each endpoint under its own base, "" or "/plain". */
export function serveEndpoints(endpoints: Readonly<Record<string, Endpoint>>) {
  const all = Object.entries(endpoints).map(([base, endpoint]) => ({
    base,
    endpoint,
    predictions: keepPredictions(),
  }));
  return createServer((request, response) => {
    answer(all, request, response).catch((error: unknown) => {
      const status = error instanceof HttpRefusal ? error.status : 500;
      if (status === 500) console.error(error);
      const detail = error instanceof HttpRefusal ? error.message : "The endpoint failed";
      send(response, status, { detail });
    });
  });
}

async function answer(all: Served[], request: IncomingMessage, response: ServerResponse) {
  const { method, url = "" } = request;
  const served = all.find(({ base }) => url.startsWith(`${base}/`));
  const path = url.slice(served?.base.length ?? 0);
  if (served && method === "GET" && path === "/health-check") {
    return send(response, 200, healthOf(served));
  }
  if (served && method === "GET" && path === "/openapi.json") {
    return send(response, 200, readyOf(served).openApi);
  }
  const [, id, cancel] = PATH.exec(path) ?? [];
  if (served && id && method === "PUT" && !cancel) return predict(served, id, request, response);
  if (served && id && method === "POST" && cancel) return stop(served, id, response);
  throw new HttpRefusal(404, `There is no ${method} ${url} here`);
}

function readyOf({ endpoint }: Served): Ready {
  const state = endpoint.state();
  if (state === "starting") throw new HttpRefusal(503, `${endpoint.name} is not ready yet`);
  if (state instanceof Error) throw new HttpRefusal(503, state.message);
  return state;
}

async function predict(
  served: Served,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const { endpoint, predictions } = served;
  const input = await readInput(endpoint, request);
  const ready = readyOf(served);
  if (predictions.isBusyFor(id)) {
    const many = `${CONCURRENCY} predictions`;
    throw new HttpRefusal(409, `${endpoint.name} already works on ${many}: ask again soon`);
  }
  const left = new AbortController();
  response.on("close", () => left.abort());
  send(response, 200, await predictions.join(ready, id, input, left.signal));
}

function stop({ predictions }: Served, id: string, response: ServerResponse) {
  if (!predictions.cancel(id)) throw new HttpRefusal(404, "No prediction of that id is running");
  send(response, 200, {});
}

async function readInput(endpoint: Endpoint, request: IncomingMessage): Promise<unknown> {
  const body = jsonIn(await bodyOf(request, endpoint.largestBody));
  const parsed = PredictionRequest.extend({ input: endpoint.input }).safeParse(body);
  if (!parsed.success) throw new HttpRefusal(422, `The input is wrong: ${sentence(parsed.error)}`);
  return parsed.data.input;
}

const sentence = ({ issues }: z.ZodError) =>
  issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`).join("; ");

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new HttpRefusal(422, "The body is not JSON");
  }
}

async function bodyOf(request: IncomingMessage, largest: number): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > largest)
      throw new HttpRefusal(413, `The body is larger than ${largest / 2 ** 20} MB`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

/** Why it could not be set up stands where Cog puts it. */
function healthOf({ endpoint, predictions }: Served): HealthCheck {
  const state = endpoint.state();
  if (state === "starting") return { status: "STARTING" };
  if (state instanceof Error) {
    return { status: "SETUP_FAILED", setup: { status: "failed", logs: state.message } };
  }
  return {
    status: predictions.count >= CONCURRENCY ? "BUSY" : "READY",
    endpoint: {
      contract_version: CONTRACT_VERSION,
      name: endpoint.name,
      concurrency: CONCURRENCY,
      model: state.model,
      methods: state.methods,
    },
  };
}

function send(response: ServerResponse, status: number, body: unknown) {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
