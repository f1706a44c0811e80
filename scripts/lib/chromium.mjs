import { existsSync } from "node:fs";
import { runProgram } from "./run-program.mjs";
import { Expected, say, step } from "./say.mjs";

const DEBIAN = "/usr/bin/chromium";
const HOW =
  "No Chromium found: install it (Debian, Ubuntu: `apt-get install chromium`), or set CHROMIUM_PATH to a Chromium or Chrome of version 120 or later.";

/** The browser of the tests; installed where apt is there and may be used. */
export async function ensureChromium() {
  const path = process.env.CHROMIUM_PATH || DEBIAN;
  if (existsSync(path)) return path;
  const mayInstall =
    !process.env.CHROMIUM_PATH && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (!mayInstall) throw new Expected(HOW);
  await step("Installing Chromium", installChromium).catch((error) => {
    say(error.message);
    throw new Expected(HOW);
  });
  return path;
}

async function installChromium() {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await runProgram("apt-get", ["update", "-qq"], { env });
  await runProgram("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
    env,
  });
}
