import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { closeDatabase, database } from "@/server/core/database";
import { serveUpload } from "@/server/generation/serve-upload";
import { serveJudgedImage } from "@/server/judging/serve-judged-image";
import { serveRequest } from "@/server/trpc/serve-request";

const JUDGED = /^\/api\/bridge\/tasks\/([^/]+)\/images\/([^/]+)$/;
const UPLOAD = /^\/api\/bridge\/renders\/([^/]+)\/images\/([^/]+)$/;

export type PlatformServer = { url: string; close: () => Promise<void> };

/** The product's own handlers behind a plain HTTP server: what a bridge talks to, without Next. */
export async function startPlatformServer(): Promise<PlatformServer> {
  process.env.AUTH_SECRET ??= "a secret that only tests have, 32 or more";
  process.env.APP_URL ??= "http://localhost:3000";
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => stop(server) };
}

async function stop(server: Server) {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await closeDatabase();
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse) {
  const aborted = new AbortController();
  incoming.on("error", () => aborted.abort());
  try {
    const response = await route(asRequest(incoming, aborted.signal));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  } catch (error) {
    console.error("The test's platform server failed", error);
    outgoing.writeHead(500).end();
  }
}

function route(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const judged = JUDGED.exec(pathname);
  if (judged) {
    const [, taskId = "", position = ""] = judged;
    return serveJudgedImage({ db: database().db }, request, { taskId, position });
  }
  const match = UPLOAD.exec(pathname);
  if (!match) return serveRequest(request);
  const [, renderId = "", position = ""] = match;
  return serveUpload({ db: database().db }, request, { renderId, position });
}

function asRequest(incoming: IncomingMessage, signal: AbortSignal): Request {
  const hasBody = incoming.method !== "GET" && incoming.method !== "HEAD";
  return new Request(new URL(incoming.url ?? "/", "http://localhost"), {
    method: incoming.method ?? "GET",
    headers: Object.entries(incoming.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]),
    body: hasBody ? (Readable.toWeb(incoming) as unknown as ReadableStream) : null,
    duplex: "half",
    signal,
  } as RequestInit);
}
