import { spawn } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { installPackages } from "./lib/install.mjs";
import { inRoot, productNode, ROOT } from "./lib/paths.mjs";
import { Expected, explain, say } from "./lib/say.mjs";

const MOST_SEEDS = 1000;
const MODES = {
  /** A scripted LLM, raters and approver that are simulated: needs no database and draws no image. */
  scripted: ["--world", "sketch"],
  /** The same on what Tiny World drew and its oracle saw of every pair, which was measured once. */
  testbed: ["--world", "testbed"],
};

/** Plays phases 1 to 4 without a person and compares what is found with what chance would find. */
async function loop() {
  const { mode, args } = readArguments();
  await installPackages();
  const command = ["--import", "tsx", inRoot("trial/main.ts"), ...MODES[mode], ...args];
  const child = spawn(productNode(), command, { cwd: ROOT, stdio: "inherit" });
  const leave = () => child.kill("SIGTERM");
  process.on("SIGINT", leave);
  process.on("SIGTERM", leave);
  const [code] = await once(child, "exit");
  process.exitCode = code ?? 1;
}

function readArguments() {
  const modes = Object.fromEntries(Object.keys(MODES).map((mode) => [mode, { type: "boolean" }]));
  const { values } = parseArgs({
    options: {
      ...modes,
      seed: { type: "string", default: "1" },
      seeds: { type: "string", default: "20" },
      json: { type: "string" },
    },
  });
  const mode = Object.keys(MODES).find((name) => values[name]);
  if (!mode)
    throw new Expected(
      "Say in which world: npm run loop -- --scripted, or npm run loop -- --testbed",
    );
  const seed = wholeNumber("seed", values.seed, 2 ** 31 - 1);
  const seeds = wholeNumber("seeds", values.seeds, MOST_SEEDS);
  const json = values.json ? ["--json", values.json] : [];
  return { mode, args: ["--seed", seed, "--seeds", seeds, ...json] };
}

function wholeNumber(name, text, most) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > most)
    throw new Expected(`--${name} is wrong: give a whole number from 1 to ${most}.`);
  return String(number);
}

try {
  await loop();
} catch (error) {
  // An option that does not exist is the caller's slip, not a bug of ours.
  const isSlip = error.code?.startsWith("ERR_PARSE_ARGS");
  say(isSlip ? error.message : explain(error));
  process.exitCode = 1;
}
