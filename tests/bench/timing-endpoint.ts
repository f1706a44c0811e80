import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { RenderInput } from "@/gpu-bridge/contract/schemas";
import { ANSWERS } from "@/tests/support/fake-endpoint-answers";

const DRAWING_MS = 100;

/** Draws for a fixed time and notes how long it stood idle before each prediction but the first. */
export async function startTimingEndpoint() {
  let idleMs: number[] = [];
  let answeredAt: number | undefined;
  const server = createServer(async (request, response) => {
    if (request.method !== "PUT") return response.end('{"status":"READY"}');
    const askedAt = performance.now();
    if (answeredAt !== undefined) idleMs.push(askedAt - answeredAt);
    const { input } = JSON.parse(await text(request)) as { input: unknown };
    await wait(DRAWING_MS);
    response.end(ANSWERS.good?.(RenderInput.parse(input)));
    answeredAt = performance.now();
    return response;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeIdle: () => {
      const taken = idleMs.toSorted((a, b) => a - b);
      idleMs = [];
      answeredAt = undefined;
      return taken;
    },
    close: () => server.close(),
  };
}
