import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { alone } from "./hold-lock.mjs";
import { isSame, self } from "./identity.mjs";
import { readJson, writeJson } from "./json-file.mjs";
import { inRoot, productNode, ROOT } from "./paths.mjs";
import { runProgram } from "./run-program.mjs";
import { say, step } from "./say.mjs";

const FOLDER = ".next-builds";
const SOURCES = ["app", "server", "db", "gpu-bridge/contract", "gpu-bridge/bridge"];
const CONFIGS = [
  "next.config.mjs",
  "proxy.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
  "scripts/lib/build.mjs",
];
// Besides those in use: switching back to the sources of before costs no build.
const KEPT_BUILDS = 2;

/** Builds the web application unless these very sources were built before; says the folder it lies in. */
export async function ensureBuild() {
  const hash = hashSources();
  const folder = join(FOLDER, hash);
  recordUse(hash);
  if (isWhole(folder)) return folder;
  const onWait = ({ pid }) => say(`Waiting for process ${pid}, which builds the web application`);
  await alone(inRoot(FOLDER, "lock"), onWait, async () => {
    if (isWhole(folder)) return;
    rmSync(inRoot(folder), { recursive: true, force: true });
    await step("Building the web application", () => build(folder));
    writeFileSync(inRoot(folder, "whole"), "");
    prune(hash);
  });
  return folder;
}

const isWhole = (folder) => existsSync(inRoot(folder, "whole"));

function build(folder) {
  const next = inRoot("node_modules/next/dist/bin/next");
  const env = {
    ...process.env,
    NEXT_DIST_DIR: folder,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
  };
  return runProgram(productNode(), [next, "build"], { env });
}

function hashSources() {
  const hash = createHash("sha256").update(process.platform).update(process.arch);
  for (const path of [...CONFIGS, ...SOURCES.flatMap(filesBelow)].sort()) {
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(inRoot(path)))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

function filesBelow(folder) {
  return readdirSync(inRoot(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(ROOT.length + 1));
}

// Each running instance names the build it serves from, so that nobody else's start removes it.
function recordUse(hash) {
  mkdirSync(inRoot(FOLDER, "uses"), { recursive: true });
  writeJson(inRoot(FOLDER, "uses", `${process.pid}.json`), { ...self(), hash });
}

function prune(current) {
  const uses = readdirSync(inRoot(FOLDER, "uses")).map((name) => inRoot(FOLDER, "uses", name));
  const live = uses.filter((path) => isSame(readJson(path) ?? { pid: 0, identity: "" }));
  for (const path of uses) if (!live.includes(path)) rmSync(path, { force: true });
  const inUse = new Set([current, ...live.map((path) => readJson(path)?.hash)]);
  const others = readdirSync(inRoot(FOLDER))
    .filter((name) => /^[0-9a-f]{16}$/.test(name) && !inUse.has(name))
    .sort((a, b) => statSync(inRoot(FOLDER, b)).mtimeMs - statSync(inRoot(FOLDER, a)).mtimeMs);
  for (const name of others.slice(KEPT_BUILDS)) {
    rmSync(inRoot(FOLDER, name), { recursive: true, force: true });
  }
}
