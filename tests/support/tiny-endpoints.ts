import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "@/db/embedded/free-port.mjs";
import { pythonEnvironment } from "@/scripts/lib/python.mjs";

const MODEL = 'rows = 4\n[base]\npath = "sdxl"\n';
const FILES: Record<string, string> = {
  plain: `name = "tiny-plain"\nmethod = "plain"\n${MODEL}[defaults]\nsteps = 2\n`,
  moce: `name = "tiny-moce"\nmethod = "moce"\n${MODEL}[defaults]\nsteps = 12\n[scorer.clipscore]\npath = "clipscore"\n`,
};
const READY_MS = 90_000;

/** Real Cog servers on a tiny random SDXL, one for each method, as a lab starts them. */
export async function startTinyEndpoints() {
  const folder = mkdtempSync(join(tmpdir(), "teacup-tiny-"));
  const env = { ...(await pythonEnvironment()), OMP_NUM_THREADS: "1" };
  const run = (...args: string[]) => {
    const command = ["-m", "teacup_endpoints.cli", ...args];
    // It leads its own group: Cog works in a process beside its server.
    return collect(spawn("python", command, { env, detached: true }));
  };
  const written = run("tiny", folder);
  if ((await written.exited) !== 0) throw new Error(written.output());
  const servers = await Promise.all(
    Object.entries(FILES).map(async ([method, toml]) => {
      const file = join(folder, `${method}.toml`);
      writeFileSync(file, toml);
      const port = await freePort();
      return {
        method,
        url: `http://127.0.0.1:${port}`,
        ...run("serve", file, "--port", `${port}`),
      };
    }),
  );
  const stop = async () => {
    for (const server of servers) server.kill();
    await Promise.all(servers.map((server) => server.exited));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all(servers.map(untilReady));
  } catch (error) {
    await stop();
    throw error;
  }
  const urls = Object.fromEntries(servers.map(({ method, url }) => [method, url]));
  return { urls: urls as Record<keyof typeof FILES, string>, stop };
}

type Server = { url: string; output: () => string };

async function untilReady({ url, output }: Server) {
  const end = performance.now() + READY_MS;
  while (performance.now() < end) {
    try {
      const said = (await (await fetch(`${url}/health-check`)).json()) as { status?: string };
      if (said.status === "READY") return;
    } catch (error) {
      // Nobody listens there yet.
      if (!(error instanceof TypeError)) throw error;
    }
    await wait(100);
  }
  throw new Error(`The endpoint was never ready:\n${output()}`);
}

function collect(child: ChildProcess) {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (data: Buffer) => {
      text += data.toString();
    });
  }
  return {
    output: () => text,
    exited: once(child, "exit").then(([code]) => code as number | null),
    kill: () => {
      if (child.pid && child.exitCode === null) process.kill(-child.pid, "SIGTERM");
    },
  };
}
