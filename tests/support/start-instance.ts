import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freePort } from "@/db/embedded/free-port.mjs";
import { findPostmaster } from "@/db/embedded/postmaster.mjs";
import { atEnd } from "@/scripts/lib/at-end.mjs";
import { readInstance } from "@/scripts/lib/instance.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
const READY = /^Teacup is ready at (\S+)$/m;
const SETUP_LINK = /^Make the first account at \S+token=(\S+)$/m;

export type Instance = {
  home: string;
  url: string;
  setupToken: string | null;
  databaseUrl: string;
  /** What it printed until now. */
  output: () => string;
  supervisor: ChildProcess;
  /** The number of a process of it, by the name that its lines carry. */
  pidOf: (name: string) => number | undefined;
  stop: () => Promise<void>;
};

type Options = { home?: string; port?: number; env?: Record<string, string> };

/** A folder for an instance that the database's user can get into. */
export function makeHome(): string {
  const home = mkdtempSync(join(tmpdir(), "teacup-home-"));
  chmodSync(home, 0o755);
  return home;
}

/** Starts the product as a person does, and resolves when it says that it is ready. */
export async function startInstance(options: Options = {}): Promise<Instance> {
  const home = options.home ?? makeHome();
  const { supervisor, output } = spawnSupervisor(
    home,
    options.port ?? (await freePort()),
    options.env,
  );
  const url = await readyAddress(supervisor, output);
  const instance = readInstance(home);
  if (!instance) throw new Error(`No instance is recorded in ${home}`);
  return {
    home,
    url,
    setupToken: SETUP_LINK.exec(output())?.[1] ?? null,
    databaseUrl: instance.databaseUrl,
    output,
    supervisor,
    pidOf: (name) => pidOf(home, name),
    stop: () => endSupervisor(supervisor),
  };
}

export function spawnSupervisor(home: string, port: number, env: Record<string, string> = {}) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(LLM_|DATABASE_URL|APP_URL)/.test(name),
  );
  const supervisor = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: ROOT,
    env: {
      ...Object.fromEntries(inherited),
      NODE_ENV: "production",
      HOST: "",
      ...env,
      TEACUP_HOME: home,
      PORT: String(port),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // It ends its own children, and PostgreSQL with them.
  const callOff = atEnd(() => supervisor.kill("SIGTERM"));
  supervisor.once("exit", callOff);
  let text = "";
  const keep = (chunk: Buffer) => {
    text += chunk;
  };
  supervisor.stdout.on("data", keep);
  supervisor.stderr.on("data", keep);
  return { supervisor, output: () => text };
}

function readyAddress(supervisor: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    supervisor.stdout?.on("data", () => {
      const [, url] = READY.exec(output()) ?? [];
      if (url) resolve(url);
    });
    supervisor.once("close", () => reject(new Error(`The instance did not start:\n${output()}`)));
  });
}

export async function endSupervisor(supervisor: ChildProcess): Promise<void> {
  if (supervisor.exitCode !== null || supervisor.signalCode !== null) return;
  const gone = once(supervisor, "exit");
  supervisor.kill("SIGTERM");
  await gone;
}

function pidOf(home: string, name: string): number | undefined {
  if (name === "database") return findPostmaster(dataOf(home))?.pid;
  return readInstance(home)?.children.find((child: { name: string }) => child.name === name)?.pid;
}

const dataOf = (home: string) =>
  resolve(home, readFileSync(join(home, "postgres-data"), "utf8").trim());

/** For the end of a test: nothing of the home stays behind. */
export function removeHome(home: string): void {
  if (existsSync(join(home, "postgres-data")))
    rmSync(dataOf(home), { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
}
