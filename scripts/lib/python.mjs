import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { alone } from "./hold-lock.mjs";
import { inRoot, productNode } from "./paths.mjs";
import { runProgram } from "./run-program.mjs";
import { Expected, say, step } from "./say.mjs";

export const ENDPOINTS = inRoot("gpu-bridge/endpoints");
/** It has the endpoints' packages, and may import them. */
export const TESTBED = inRoot("gpu-bridge/testbed");
// Not in `.teacup`: what the product reads at run time is traced by the build, which refuses links that lead out.
const CACHE = () => join(ENDPOINTS, ".venv");
const HOW =
  "The tests of gpu-bridge/endpoints and gpu-bridge/testbed need Python 3.11 or later with venv (Debian 12, Ubuntu 24.04: `apt-get install python3 python3-venv`); PYTHON names another one.";

/**
 * The environment that runs the Python programs: packages as the endpoints' pyproject.toml pins them,
 * in a folder named after what it pins, so that a change makes a new one.
 */
export async function pythonEnvironment() {
  const packages = packagesOf(readFileSync(join(ENDPOINTS, "pyproject.toml"), "utf8"));
  const python = await findPython();
  const key = createHash("sha256").update(JSON.stringify([packages, python.version]));
  const folder = join(CACHE(), key.digest("hex").slice(0, 12));
  if (!existsSync(stampOf(folder))) {
    mkdirSync(CACHE(), { recursive: true });
    const onWait = ({ pid }) => say(`Waiting for process ${pid}, which installs the packages`);
    await alone(`${folder}.lock`, onWait, () => install(python.command, folder, packages));
  }
  // pyright is a Node program and Cog starts its worker as `python`: both are found on PATH.
  const path = [join(folder, "bin"), dirname(productNode()), process.env.PATH].join(":");
  const sources = [ENDPOINTS, TESTBED].map((one) => join(one, "src")).join(":");
  return { ...process.env, PATH: path, VIRTUAL_ENV: folder, PYTHONPATH: sources };
}

/** Every pinned package of the file, however its lists are called. */
const packagesOf = (toml) =>
  [...toml.matchAll(/"([\w.-]+==[\w.+-]+)"/g)].map(([, name]) => name).sort();

async function findPython() {
  const command = process.env.PYTHON || "python3";
  const test = "import sys, venv, ensurepip; print(*sys.version_info[:2])";
  const said = await runProgram(command, ["-c", test]).catch(() => "");
  const [major = 0, minor = 0] = said.split(" ").map(Number);
  if (major !== 3 || minor < 11) throw new Expected(HOW);
  return { command, version: said };
}

async function install(python, folder, packages) {
  if (existsSync(stampOf(folder))) return;
  rmSync(folder, { recursive: true, force: true });
  await runProgram(python, ["-m", "venv", folder]);
  const pip = (...names) =>
    runProgram(join(folder, "bin/pip"), ["install", "--quiet", "--no-input", ...names]);
  // First and alone, so that nothing pulls another one.
  const torch = packages.filter((name) => name.startsWith("torch=="));
  await step("Installing torch", () => pip(...torch));
  await step("Installing the endpoints' other packages", () => pip(...packages));
  writeFileSync(stampOf(folder), packages.join("\n"));
}

const stampOf = (folder) => join(folder, ".teacup-packages");
