import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Instance } from "./start-instance";

const ROOT = resolve(import.meta.dirname, "../..");
const VICTIMS = ["worker", "web", "database"] as const;
const LONGEST_PAUSE_MS = 4_000;
const COMES_BACK_WITHIN_MS = 30_000;

export type DemoSummary = { pairs: number; renders: number; images: number; verdicts: number };

/**
 * Plays the demo and kills the worker, the web application or the database at random moments of it,
 * `kills` times; a demo that ends before that is played on with more pairs.
 */
export async function killDuringDemo(
  instance: Instance,
  options: { pairs: number; kills: number },
) {
  const killed: string[] = [];
  let pairs = options.pairs;
  for (;;) {
    const demo = playDemo(instance, pairs);
    while (killed.length < options.kills && !demo.hasEnded()) {
      await Promise.race([wait(Math.random() * LONGEST_PAUSE_MS), demo.summary]);
      if (!demo.hasEnded()) killed.push(await killOne(instance, killed.length));
    }
    const summary = await demo.summary;
    if (killed.length >= options.kills) return { killed, summary };
    pairs += options.pairs;
  }
}

async function killOne(instance: Instance, turn: number): Promise<string> {
  const name = VICTIMS[turn % VICTIMS.length] ?? "worker";
  await killProcess(instance, name);
  return name;
}

export async function killProcess(instance: Instance, name: string): Promise<void> {
  const pid = await otherPid(instance, name, undefined);
  process.kill(pid, "SIGKILL");
  // Only then the next: otherwise most kills would hit a process that is not there.
  await otherPid(instance, name, pid);
}

async function otherPid(instance: Instance, name: string, before: number | undefined) {
  const deadline = Date.now() + COMES_BACK_WITHIN_MS;
  while (Date.now() < deadline) {
    const pid = instance.pidOf(name);
    if (pid !== undefined && pid !== before) return pid;
    await wait(100);
  }
  throw new Error(`${name} did not come back\n${instance.output()}`);
}

function playDemo(instance: Instance, pairs: number) {
  const folder = mkdtempSync(join(tmpdir(), "teacup-demo-"));
  const file = join(folder, "summary.json");
  const demo = spawn(
    process.execPath,
    ["scripts/demo.mjs", "--pairs", String(pairs), "--json", file],
    {
      cwd: ROOT,
      env: { ...process.env, TEACUP_HOME: instance.home },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  for (const stream of [demo.stdout, demo.stderr]) {
    stream.on("data", (data: Buffer) => {
      output += data;
    });
  }
  const end = async (): Promise<DemoSummary> => {
    const [code] = await once(demo, "close");
    try {
      if (code !== 0)
        throw new Error(`The demo ended with ${code}\n${output}\n${instance.output()}`);
      return JSON.parse(readFileSync(file, "utf8"));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  return { summary: end(), hasEnded: () => demo.exitCode !== null || demo.signalCode !== null };
}
