import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { readJson, writeJson } from "./json-file.mjs";

const NAMES = ["authSecret", "setupToken", "bridgeToken", "databasePassword"];

/** Generated once and kept in the home for its owner alone; one that a later version adds is added. */
export function ensureSecrets(home) {
  const path = join(home, "secrets.json");
  const kept = readJson(path) ?? {};
  const missing = NAMES.filter((name) => !kept[name]);
  if (missing.length === 0) return kept;
  const fresh = missing.map((name) => [name, randomBytes(32).toString("base64url")]);
  const secrets = { ...kept, ...Object.fromEntries(fresh) };
  writeJson(path, secrets);
  return secrets;
}
