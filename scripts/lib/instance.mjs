import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { takeLock } from "./hold-lock.mjs";
import { isSame } from "./identity.mjs";
import { readJson } from "./json-file.mjs";
import { Expected, say } from "./say.mjs";

const recordOf = (home) => join(home, "instance.json");

/**
 * The instance that runs on `home` now: `{ pid, port, url, databaseUrl, since }`, or null.
 * For programs beside the product that need its database.
 */
export function readInstance(home) {
  const record = readJson(recordOf(home));
  return record && isSame(record) ? record : null;
}

/** Makes this process the one instance of `home`; what a killed one left running is ended first. */
export async function takeHome(home) {
  mkdirSync(home, { recursive: true, mode: 0o711 });
  const since = new Date().toISOString();
  const lock = takeLock(recordOf(home), { since });
  if (lock.holder !== undefined) throw new Expected(whoHolds(home, lock.holder));
  await endOrphans(lock.previous?.children ?? []);
  const record = { since, children: [] };
  const save = () => lock.update(record);
  return {
    note: (facts) => {
      Object.assign(record, facts);
      save();
    },
    addChild: (child) => {
      record.children.push(child);
      save();
    },
    removeChild: (pid) => {
      record.children = record.children.filter((child) => child.pid !== pid);
      save();
    },
    release: lock.release,
  };
}

function whoHolds(home, holder) {
  if (!holder) return `Another instance is being started on this home (${home}).`;
  const where = holder.port ? `port ${holder.port}` : "still starting";
  return `Teacup already runs on this home (${home}): process ${holder.pid}, ${where}, since ${holder.since}. Stop it with \`kill ${holder.pid}\`, or set TEACUP_HOME to another folder.`;
}

async function endOrphans(children) {
  const orphans = children.filter(isSame);
  for (const { pid, name } of orphans) {
    say(`Ending ${name} (process ${pid}), left behind by an instance that was killed`);
    killGroup(pid, "SIGKILL");
  }
  for (let left = 50; left > 0 && orphans.some(isSame); left -= 1) await wait(100);
}

/** A child leads its own process group: what it started goes with it. */
export function killGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
