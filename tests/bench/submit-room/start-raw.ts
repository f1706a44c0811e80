import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { productNode } from "@/scripts/lib/paths.mjs";
import type { Statement } from "../traced";

/** The raw handler in a process of its own, on the same Node as the product. */
export async function startRaw(databaseUrl: string, template: readonly Statement[]) {
  const raw: ChildProcess = spawn(
    productNode(),
    [
      "--import",
      "tsx",
      join(import.meta.dirname, "raw-server.ts"),
      databaseUrl,
      JSON.stringify(template),
    ],
    {
      env: { ...process.env, NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  if (!raw.stdout || !raw.pid) throw new Error("The raw handler did not start");
  const [port] = await once(raw.stdout, "data");
  return {
    url: `http://127.0.0.1:${String(port).trim()}`,
    pid: raw.pid,
    async stop() {
      const gone = once(raw, "exit");
      raw.kill("SIGTERM");
      await gone;
    },
  };
}
