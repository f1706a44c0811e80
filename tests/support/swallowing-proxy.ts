import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type SwallowingProxy = { url: string; swallowed: string[]; close: () => Promise<void> };

/**
 * The network's edge on a bad day: hands every request on, and of those that `isSwallowed` picks keeps the answer
 * to itself. The server has done what it was asked; whoever asked hears nothing.
 */
export async function startSwallowingProxy(
  target: string,
  isSwallowed: (path: string, nth: number) => boolean,
): Promise<SwallowingProxy> {
  const swallowed: string[] = [];
  const asked = new Map<string, number>();
  const server = createServer(async (incoming, outgoing) => {
    const path = new URL(incoming.url ?? "/", target).pathname;
    const nth = (asked.get(path) ?? 0) + 1;
    asked.set(path, nth);
    const body = Buffer.concat(await incoming.toArray());
    const { cookie = "", "content-type": type = "" } = incoming.headers;
    const answer = await fetch(new URL(incoming.url ?? "/", target), {
      method: incoming.method ?? "GET",
      headers: { cookie, "content-type": type, "sec-fetch-site": "same-origin" },
      body: body.length > 0 ? body : null,
    });
    const text = await answer.text();
    if (answer.ok && isSwallowed(path, nth)) {
      swallowed.push(path);
      return;
    }
    outgoing.writeHead(answer.status, { "content-type": "application/json" }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    swallowed,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
