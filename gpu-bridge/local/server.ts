import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { z } from "zod";
import { CONTRACT_VERSION, type HealthCheck, PredictionRequest } from "../contract/schemas";
import { openApi } from "./open-api";
import { CONCURRENCY, keepPredictions, type Predictions } from "./predictions";
import { SIMULATOR, type Simulator } from "./render-prompt";

const LARGEST_BODY = 1024 * 1024;
const PATH = /^\/predictions\/([^/]{1,200})(\/cancel)?$/;

/** An answer other than a prediction. */
class Refused extends Error {
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail);
  }
}

type Engine = { predictions: Predictions; simulator: () => Simulator | null };

/** Speaks the contract over HTTP. Until `simulator` gives one, it is not ready. */
export function serve(simulator: () => Simulator | null) {
  const engine = { predictions: keepPredictions(), simulator };
  return createServer((request, response) => {
    answer(engine, request, response).catch((error: unknown) => {
      const status = error instanceof Refused ? error.status : 500;
      if (status === 500) console.error(error);
      const detail = error instanceof Refused ? error.message : "The simulator failed";
      send(response, status, { detail });
    });
  });
}

async function answer(engine: Engine, request: IncomingMessage, response: ServerResponse) {
  const { method, url = "" } = request;
  if (method === "GET" && url === "/health-check") return send(response, 200, healthOf(engine));
  if (method === "GET" && url === "/openapi.json")
    return send(response, 200, openApi(conceptsOf(engine.simulator())));
  const [, id, cancel] = PATH.exec(url) ?? [];
  if (id && method === "PUT" && !cancel) return predict(engine, id, request, response);
  if (id && method === "POST" && cancel) return stop(engine, id, response);
  throw new Refused(404, `There is no ${method} ${url} here`);
}

async function predict(
  { predictions, simulator }: Engine,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const { input } = await readRequest(request);
  const ready = simulator();
  if (!ready) throw new Refused(503, "The simulator is not ready yet");
  if (predictions.isBusyFor(id)) {
    throw new Refused(409, `The simulator already draws ${CONCURRENCY} prompts: ask again soon`);
  }
  const left = new AbortController();
  response.on("close", () => left.abort());
  send(response, 200, await predictions.join(ready, id, input, left.signal));
}

function stop({ predictions }: Engine, id: string, response: ServerResponse) {
  if (!predictions.cancel(id)) throw new Refused(404, "No prediction of that id is running");
  send(response, 200, {});
}

async function readRequest(request: IncomingMessage): Promise<PredictionRequest> {
  const parsed = PredictionRequest.safeParse(jsonIn(await bodyOf(request)));
  if (!parsed.success) throw new Refused(422, `The input is wrong: ${sentence(parsed.error)}`);
  return parsed.data;
}

const sentence = ({ issues }: z.ZodError) =>
  issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`).join("; ");

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Refused(422, "The body is not JSON");
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > LARGEST_BODY) throw new Refused(413, "The body is larger than 1 MB");
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

const conceptsOf = (simulator: Simulator | null) =>
  (simulator?.world.lexicon.families ?? []).flatMap(({ contents, hosts }) =>
    [...contents, ...hosts].flatMap(({ name, also }) => [name, ...also]),
  );

function healthOf({ predictions, simulator }: Engine): HealthCheck {
  const ready = simulator();
  if (!ready) return { status: "STARTING" };
  const { lexicon, hash } = ready.world;
  return {
    status: predictions.count >= CONCURRENCY ? "BUSY" : "READY",
    endpoint: {
      contract_version: CONTRACT_VERSION,
      name: SIMULATOR.name,
      concurrency: CONCURRENCY,
      model: { name: SIMULATOR.name, revision: lexicon.version, weights_hash: hash },
      methods: [{ name: SIMULATOR.method, version: SIMULATOR.version }],
    },
  };
}

function send(response: ServerResponse, status: number, body: unknown) {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
