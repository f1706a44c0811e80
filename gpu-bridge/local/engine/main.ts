import type { Server } from "node:http";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { serveTinyWorld } from "./serve-tiny-world";
import { threadsOf } from "./threads";
import { openTinyWorld, type TinyWorld } from "./tiny-world";

// `npm start` gives it a free port; by hand it listens on 5056.
const port = Number(process.env.PORT ?? 5056);
const host = process.env.HOST ?? "127.0.0.1";
const folder =
  process.env.TEACUP_TINY_WORLD ?? join(import.meta.dirname, "../../testbed/tiny-world");

sharp.concurrency(1);
sharp.cache(false);

let state: TinyWorld | "starting" | Error = "starting";
const server = serveTinyWorld(() => state);
server.listen(port, host, async () => {
  state = await open().catch((error: Error) => error);
  if (state instanceof Error) console.error(`The Tiny World cannot be drawn: ${state.message}`);
  else console.log(`The Tiny World listens on http://${host}:${portOf(server)}`);
});

async function open(): Promise<TinyWorld> {
  return openTinyWorld(folder, threadsOf(process.env.ENGINE_THREADS, availableParallelism()));
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    state = "starting";
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  });
}

function portOf(listening: Server): number {
  const address = listening.address();
  return typeof address === "object" && address ? address.port : port;
}
