import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * What tells a process from another one that later got the same number: the boot and the tick
 * it started in. Null when it is gone, or a zombie.
 */
export function identityOf(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return process.platform === "linux" ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid) {
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (!stat) return null;
  // The name may hold spaces and brackets: fields are counted from its closing one.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X") return null;
  return `${readIfThere("/proc/sys/kernel/random/boot_id")?.trim()}:${fields[19]}`;
}

function fromPs(pid) {
  const { status, stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], {
    encoding: "utf8",
  });
  return status === 0 && stdout.trim() ? stdout.trim() : null;
}

function readIfThere(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ESRCH") return null;
    throw error;
  }
}

export const isSame = ({ pid, identity }) => identity !== null && identityOf(pid) === identity;
export const self = () => ({ pid: process.pid, identity: identityOf(process.pid) });
