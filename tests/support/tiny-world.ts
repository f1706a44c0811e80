import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { Prediction, type RenderOutput } from "@/gpu-bridge/contract/schemas";
import { serveTinyWorld } from "@/gpu-bridge/local/engine/serve-tiny-world";
import { openTinyWorld, type TinyWorld } from "@/gpu-bridge/local/engine/tiny-world";

export const TINY_WORLD = "gpu-bridge/testbed/tiny-world";

export type Served = { url: string; close: () => void };

/** The trained generator behind HTTP, on one thread. */
export async function startTinyWorld(folder = TINY_WORLD): Promise<Served> {
  const state = await openTinyWorld(folder, 1).catch((error: Error) => error);
  return serve(() => state);
}

export async function serve(state: () => TinyWorld | "starting" | Error): Promise<Served> {
  const server = serveTinyWorld(state).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => void server.close().closeAllConnections(),
  };
}

const DEFAULTS = {
  prompt: "a tea cup of iced coke",
  width: 64,
  height: 64,
  seeds: [1, 2],
  // A few, as time is short.
  steps: 4,
  concepts: [{ text: "tea cup" }, { text: "iced coke" }],
};

export const put = (url: string, id: string, input: object) =>
  fetch(`${url}/predictions/${id}`, {
    method: "PUT",
    body: JSON.stringify({ input: { ...DEFAULTS, ...input } }),
  });

export async function predict(url: string, id: string, input: object): Promise<Prediction> {
  return Prediction.parse(await (await put(url, id, input)).json());
}

/** What a prediction that has to succeed made. */
export async function drawnBy(url: string, id: string, input: object = {}) {
  const { status, error, output } = await predict(url, id, input);
  if (status !== "succeeded") throw new Error(`It ended as ${status}: ${error}`);
  return output as RenderOutput & { trace: Record<string, unknown> };
}
