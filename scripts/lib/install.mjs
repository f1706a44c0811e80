import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { alone } from "./hold-lock.mjs";
import { readJson } from "./json-file.mjs";
import { inRoot, systemPath } from "./paths.mjs";
import { runProgram } from "./run-program.mjs";
import { say, step } from "./say.mjs";

const STAMP = () => inRoot("node_modules", ".teacup-lock");

/** Installs the packages when they are missing or no longer those of package-lock.json. */
export async function installPackages() {
  if (isInstalled()) return;
  const onWait = ({ pid }) => say(`Waiting for process ${pid}, which installs the packages`);
  await alone(inRoot(".install.lock"), onWait, async () => {
    if (isInstalled()) return;
    // Someone who ran npm by hand has them already.
    if (!holdsWhatTheLockSays()) await step("Installing packages from the npm registry", install);
    writeFileSync(STAMP(), hashOfLock());
  });
}

const isInstalled = () => existsSync(STAMP()) && readFileSync(STAMP(), "utf8") === hashOfLock();

const hashOfLock = () =>
  createHash("sha256")
    .update(readFileSync(inRoot("package-lock.json")))
    .update(`${process.platform}-${process.arch}`)
    .digest("hex");

// No install scripts: nothing needs one, and a package's script is somebody else's code.
const install = () =>
  runProgram("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"], {
    env: { ...process.env, PATH: systemPath(), NODE_ENV: "" },
  });

function holdsWhatTheLockSays() {
  const installed = readJson(inRoot("node_modules/.package-lock.json"))?.packages;
  if (!installed) return false;
  const wanted = Object.entries(readJson(inRoot("package-lock.json")).packages);
  return wanted.every(([path, entry]) => path === "" || isThere(entry, installed[path]));
}

// Another platform's binaries are optional and rightly absent.
const isThere = (wanted, found) =>
  found ? found.version === wanted.version : Boolean(wanted.optional);
