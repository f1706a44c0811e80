import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

type Notes = { idleMs: number[]; busyMs: number; atOnce: number };

/** The stub in a process of its own, so that what it notes is not its host's doing. */
export async function startStub({ drawingMs, crowd = 1 }: { drawingMs: number; crowd?: number }) {
  const file = join(import.meta.dirname, "stub-server.ts");
  const stub: ChildProcess = spawn(
    process.execPath,
    ["--import", "tsx", file, String(drawingMs), String(crowd)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  if (!stub.stdout) throw new Error("The stub did not start");
  const [port] = await once(stub.stdout, "data");
  const url = `http://127.0.0.1:${String(port).trim()}`;
  return {
    url,
    /** What it saw since it was looked at `anew`. */
    look: async ({ anew = false } = {}) => {
      const response = await fetch(`${url}/notes`, { method: anew ? "DELETE" : "GET" });
      return (await response.json()) as Notes;
    },
    async stop() {
      const gone = once(stub, "exit");
      stub.kill("SIGTERM");
      await gone;
    },
  };
}
