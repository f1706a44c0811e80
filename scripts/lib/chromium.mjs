import { existsSync } from "node:fs";
import { runProgram } from "./run-program.mjs";
import { Expected, say, step } from "./say.mjs";

// Debian's two: the first draws pages without a window's machinery, for a seventh less work.
const SHELL = "/usr/bin/chromium-headless-shell";
const FULL = "/usr/bin/chromium";
const HOW =
  "No Chromium found: install it (Debian: `apt-get install chromium-headless-shell`, Ubuntu: `apt-get install chromium`), or set CHROMIUM_PATH to a Chromium or Chrome of version 120 or later.";

/** The browser of the tests; installed where apt is there and may be used. */
export async function ensureChromium() {
  const named = process.env.CHROMIUM_PATH;
  const found = (named ? [named] : [SHELL, FULL]).find((path) => existsSync(path));
  if (found) return found;
  const mayInstall = !named && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (!mayInstall) throw new Expected(HOW);
  return await step("Installing Chromium", installChromium).catch((error) => {
    say(error.message);
    throw new Expected(HOW);
  });
}

async function installChromium() {
  await runApt("update", "-qq");
  const install = ["install", "-y", "-qq", "--no-install-recommends"];
  try {
    await runApt(...install, "chromium-headless-shell");
    return SHELL;
  } catch {
    // Not every archive has it.
    await runApt(...install, "chromium");
    return FULL;
  }
}

const runApt = (...args) =>
  runProgram("apt-get", args, { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
