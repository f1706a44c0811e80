import { spawnSync } from "node:child_process";
import { cpus } from "node:os";

/** Keeps a process, and what it starts from now on, on one processor; where that cannot be done it runs wherever it likes. */
export function pin(pid: number, cpu: number): boolean {
  if (cpu >= cpus().length) return false;
  return spawnSync("taskset", ["-acp", String(cpu), String(pid)]).status === 0;
}
