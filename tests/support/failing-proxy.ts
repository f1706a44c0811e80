import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What becomes of a request: `fails` is a server error, `drops` a network that is gone, null is handed on. */
export type Spoiling = (path: string, body: string) => "fails" | "drops" | null;

/** A real server before the product's, which lets some requests fail. */
export async function startFailingProxy(target: string, spoil: Spoiling) {
  const server = createServer((incoming, outgoing) => {
    handOn(target, spoil, incoming, outgoing).catch((error: unknown) =>
      outgoing.destroy(error as Error),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const HOP = new Set(["host", "connection", "content-length", "transfer-encoding", "keep-alive"]);

async function handOn(
  target: string,
  spoil: Spoiling,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
) {
  const body = Buffer.concat(await incoming.toArray());
  const address = new URL(incoming.url ?? "/", target);
  const spoilt = spoil(address.pathname, body.toString("latin1"));
  if (spoilt === "drops") return outgoing.destroy();
  if (spoilt === "fails") return outgoing.writeHead(500).end("<html>Internal Server Error</html>");
  const headers = Object.entries(incoming.headers).filter(([name]) => !HOP.has(name));
  const answer = await fetch(address, {
    method: incoming.method ?? "GET",
    headers: headers.map(([name, value]): [string, string] => [name, String(value)]),
    body: body.length > 0 ? body : null,
  });
  const type = answer.headers.get("content-type") ?? "application/octet-stream";
  outgoing.writeHead(answer.status, { "content-type": type });
  outgoing.end(Buffer.from(await answer.arrayBuffer()));
}
