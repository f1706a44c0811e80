import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const TICKS = existsSync("/proc/self/stat") ? Number(execFileSync("getconf", ["CLK_TCK"])) : 0;

/** Seconds of processor time that a process has used; NaN where the system does not say. */
export function cpuSeconds(pid: number): number {
  if (TICKS === 0) return Number.NaN;
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const [user, system] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13);
  return (Number(user) + Number(system)) / TICKS;
}
