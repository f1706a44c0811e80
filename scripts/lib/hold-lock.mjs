import { linkSync, renameSync, rmSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { isSame, self } from "./identity.mjs";
import { readJson, writeJson } from "./json-file.mjs";

/**
 * Takes the lock file at `path`, or says who holds it: `{ holder }`. A holder that was killed
 * holds nothing: its lock is taken over, and its record comes back as `previous`.
 * @returns {{ holder?: any, previous?: any, update?: (record: object) => void, release?: () => void }}
 */
export function takeLock(path, record = {}) {
  const draft = `${path}.${process.pid}`;
  const mine = { ...self(), ...record };
  writeJson(draft, mine);
  try {
    return link(draft, path) ? held(path, null) : takeOver(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

function takeOver(draft, path) {
  const current = readJson(path);
  if (current && isSame(current)) return { holder: current };
  const aside = `${path}.stale.${process.pid}`;
  if (!move(path, aside)) return link(draft, path) ? held(path, null) : { holder: readJson(path) };
  const moved = readJson(aside);
  try {
    // Another starter was faster between the two steps: its lock goes back.
    if (moved && isSame(moved)) {
      link(aside, path);
      return { holder: moved };
    }
    return link(draft, path) ? held(path, moved) : { holder: readJson(path) };
  } finally {
    rmSync(aside, { force: true });
  }
}

const held = (path, previous) => ({
  previous,
  update: (record) => writeJson(path, { ...self(), ...record }),
  release: () => rmSync(path, { force: true }),
});

/** Waits until whoever holds the lock is done, then does `act` alone. */
export async function alone(path, onWait, act) {
  let lock = takeLock(path);
  if (lock.holder) onWait(lock.holder);
  while (lock.holder !== undefined) {
    await wait(300);
    lock = takeLock(path);
  }
  try {
    return await act();
  } finally {
    lock.release();
  }
}

function link(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function move(from, to) {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw error;
  }
}
