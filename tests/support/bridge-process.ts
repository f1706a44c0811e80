import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

export type BridgeProcess = ReturnType<typeof spawnBridge>;

/** The bridge as it runs in the field: a process of its own, told where to go by its environment. */
export function spawnBridge(environment: {
  TEACUP_URL: string;
  BRIDGE_TOKEN: string;
  BRIDGE_ENDPOINTS: string;
}) {
  const child = spawn(process.execPath, ["--import", "tsx", "gpu-bridge/bridge/main.ts"], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data: Buffer) => {
      log += data.toString();
    });
  }
  const exited = once(child, "exit");
  if (!child.pid) throw new Error("The bridge did not start");
  return {
    pid: child.pid,
    signal: (name: NodeJS.Signals) => child.kill(name),
    exited: async () => {
      const [code] = await exited;
      return code as number | null;
    },
    log: () => log,
    /** The most memory it ever had, in MB (Linux). */
    peakMegabytes: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
