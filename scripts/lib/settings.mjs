import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { inRoot, ROOT } from "./paths.mjs";
import { Expected } from "./say.mjs";

/** Reads `.env` beside package.json; a variable that is already set wins. */
export function readEnvFile() {
  const path = inRoot(".env");
  if (!existsSync(path)) return;
  for (const line of readFileSync(path, "utf8").split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line);
    if (match) process.env[match[1]] ??= withoutQuotes(match[2]);
  }
}

const withoutQuotes = (text) =>
  /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text.replace(/\s+#.*$/, "");

/** What the supervisor itself has to know; server/core/env.ts checks the whole of it. */
export function readSettings(source = process.env) {
  const port = Number(source.PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Expected(`PORT is wrong: "${source.PORT}" is not a number from 1 to 65535.`);
  }
  const databaseUrl = source.DATABASE_URL || null;
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new Expected("DATABASE_URL is wrong: must start with postgres:// or postgresql://.");
  }
  return { port, host: source.HOST || "127.0.0.1", home: homeOf(source), databaseUrl };
}

export const homeOf = (source = process.env) => resolve(ROOT, source.TEACUP_HOME || ".teacup");

/** How this machine itself reaches what listens on `host`. */
export function localUrl(host, port) {
  const isLocal = ["127.0.0.1", "0.0.0.0", "::", "::1", "localhost"].includes(host);
  return `http://${isLocal ? "localhost" : host}:${port}`;
}
