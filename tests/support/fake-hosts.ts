import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import sharp from "sharp";

/** How the next order of an image ends. */
export type HostedStep =
  | "good"
  | "moderated"
  | "failed"
  | "never-ends"
  | "dropped"
  | "not-an-image"
  | "no-address"
  | "missing-file"
  | { status: number };

type Order = { path: string; body: Record<string, unknown> };
export type FakeHosts = Awaited<ReturnType<typeof startFakeHosts>>;

const KEY = "a key of the host";

/**
 * Replicate's predictions and an images API of OpenAI's shape on one real HTTP server. Both want the key, and
 * give WebP and PNG. Every POST is kept: who repeats an order pays twice.
 */
export async function startFakeHosts() {
  const host: Host = { url: "", orders: [], cancelled: [], steps: [], predictions: new Map() };
  const server = createServer((request, response) => {
    answer(host, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  host.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...host,
    key: KEY,
    /** One step for each of the next orders; out of script it is good. */
    script: (...steps: HostedStep[]) => {
      host.steps.push(...steps);
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, "close");
    },
  };
}

type Host = {
  url: string;
  orders: Order[];
  cancelled: string[];
  steps: HostedStep[];
  predictions: Map<string, { step: HostedStep; asked: Record<string, unknown>; polls: number }>;
};

async function answer(host: Host, request: IncomingMessage, response: ServerResponse) {
  const path = request.url ?? "";
  if (path.startsWith("/file/")) return sendFile(path, response);
  if (request.headers.authorization !== `Bearer ${KEY}`) {
    return send(response, 401, { detail: "Invalid token", error: { message: "Invalid token" } });
  }
  const [, cancelled] = /^\/predictions\/([^/]+)\/cancel$/.exec(path) ?? [];
  if (cancelled) {
    host.cancelled.push(cancelled);
    return send(response, 200, { id: cancelled, status: "canceled" });
  }
  if (request.method === "GET") return look(host, path, response);
  const body = (await json(request)) as Record<string, unknown>;
  host.orders.push({ path, body });
  const step = host.steps.shift() ?? "good";
  if (step === "dropped") return request.socket.destroy();
  if (typeof step === "object")
    return send(response, step.status, { detail: "No.", error: { message: "No." } });
  if (path === "/images/generations") return sendImage(step, body, response);
  return order(host, step, body, response);
}

function order(
  host: Host,
  step: HostedStep,
  body: Record<string, unknown>,
  response: ServerResponse,
) {
  const id = `p${host.predictions.size + 1}`;
  const asked = body.input as Record<string, unknown>;
  host.predictions.set(id, { step, asked, polls: 0 });
  send(response, 201, { id, status: "starting", version: body.version ?? "5".repeat(64) });
}

/** One poll finds the prediction under way, the next its end. */
function look(host: Host, path: string, response: ServerResponse) {
  const [, id = ""] = /^\/predictions\/([^/]+)$/.exec(path) ?? [];
  const prediction = host.predictions.get(id);
  if (!prediction) return send(response, path.startsWith("/models/") ? 200 : 404, { name: path });
  prediction.polls += 1;
  const { step, asked, polls } = prediction;
  const base = { id, version: "5".repeat(64) };
  if (polls === 1 || step === "never-ends") {
    return send(response, 200, { ...base, status: "processing" });
  }
  if (step === "failed" || step === "moderated") {
    const error = step === "failed" ? "CUDA out of memory" : "NSFW content detected. Try again.";
    return send(response, 200, { ...base, status: "failed", error });
  }
  const size = `${asked.width}x${asked.height}`;
  const output = step === "no-address" ? null : [`${host.url}/file/${fileOf(step)}/${size}`];
  return send(response, 200, {
    ...base,
    status: "succeeded",
    output,
    metrics: { predict_time: 1.5 },
  });
}

const fileOf = (step: HostedStep) =>
  step === "not-an-image" || step === "missing-file" ? step : "image";

async function sendFile(path: string, response: ServerResponse) {
  const [, , kind, size = ""] = path.split("/");
  if (kind === "missing-file") return send(response, 404, {});
  if (kind === "not-an-image") return response.writeHead(200).end("<html>");
  return response.writeHead(200).end(await paint(size, "webp"));
}

async function sendImage(
  step: HostedStep,
  body: Record<string, unknown>,
  response: ServerResponse,
) {
  if (step === "moderated") {
    const error = {
      message: "Your request was rejected by the safety system.",
      code: "moderation_blocked",
    };
    return send(response, 400, { error });
  }
  const png =
    step === "not-an-image" ? Buffer.from("<html>") : await paint(String(body.size), "png");
  const image = { b64_json: png.toString("base64"), revised_prompt: `A photo: ${body.prompt}` };
  return send(response, 200, { created: 1, data: step === "no-address" ? [] : [image] });
}

function paint(size: string, format: "png" | "webp"): Promise<Buffer> {
  const [width = 1, height = 1] = size.split("x").map(Number);
  const background = { r: 200, g: 120, b: 40 };
  return sharp({ create: { width, height, channels: 3, background } })
    .toFormat(format)
    .toBuffer();
}

function send(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
