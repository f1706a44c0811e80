import { readFileSync, renameSync, writeFileSync } from "node:fs";

/** Null when there is no such file. */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    // Cut off by a kill in the middle of the first write: as good as none.
    if (error.code === "ENOENT" || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Whole or not at all, and for the owner's eyes alone. */
export function writeJson(path, value) {
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}
