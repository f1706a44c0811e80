import { inRoot } from "./paths.mjs";

const NEXT = inRoot("node_modules/next/dist/bin/next");

// It says it of itself alone, long before the product is ready; our own line follows then.
const NEXT_BANNER =
  /^\s*(?:▲ Next\.js |- (?:Local|Network): |✓ (?:Starting|Ready in |Running next\.config))/;

/** The processes of the product, each with its arguments for Node and what it is told. */
export function processesOf({ env, port, host, mode }) {
  const listen = ["-p", String(port), "-H", host];
  // While developing, a process starts again when one of its files changes.
  const typescript = (file) =>
    mode === "dev"
      ? [inRoot("node_modules/tsx/dist/cli.mjs"), "watch", "--clear-screen=false", inRoot(file)]
      : ["--import", "tsx", inRoot(file)];
  return [
    {
      name: "web",
      args: [NEXT, mode === "dev" ? "dev" : "start", ...listen],
      env: env.product,
      omit: NEXT_BANNER,
    },
    { name: "worker", args: typescript("server/worker.ts"), env: env.product },
    { name: "engine", args: typescript("gpu-bridge/local/main.ts"), env: env.engine },
    {
      name: "tiny-world",
      args: typescript("gpu-bridge/local/engine/main.ts"),
      env: env.tinyWorld,
    },
    { name: "bridge", args: typescript("gpu-bridge/bridge/main.ts"), env: env.bridge },
  ];
}
