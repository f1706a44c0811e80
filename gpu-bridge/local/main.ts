import sharp from "sharp";
import { readWorld } from "./read-world";
import { makeSimulator, type Simulator } from "./render-prompt";
import { serve } from "./server";

// `npm start` gives it a free port; by hand it listens on 5055.
const port = Number(process.env.PORT ?? 5055);
const host = process.env.HOST ?? "127.0.0.1";

// Images are drawn side by side, one thread each.
sharp.concurrency(1);
sharp.cache(false);

let simulator: Simulator | null = null;
const server = serve(() => simulator);
server.listen(port, host, () => {
  simulator = makeSimulator(readWorld());
  console.log(`The Sketch simulator listens on http://${host}:${port}`);
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    simulator = null;
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  });
}
