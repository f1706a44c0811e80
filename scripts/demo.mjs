import { spawn } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { environments } from "./lib/environment.mjs";
import { readInstance } from "./lib/instance.mjs";
import { inRoot, productNode, ROOT } from "./lib/paths.mjs";
import { Expected, explain, say } from "./lib/say.mjs";
import { ensureSecrets } from "./lib/secrets.mjs";
import { readEnvFile, readSettings } from "./lib/settings.mjs";
import { startBeside } from "./lib/start-beside.mjs";

const MOST_PAIRS = 100;
const MOST_RESTARTS = 50;
// What server/demo/main.ts ends with when the database went away under it.
const STOPPED_BY_OUTAGE = 75;

/** Plays the main job with a simulated rater: against the instance that runs on this home, or its own. */
async function demo() {
  const args = readArguments();
  readEnvFile();
  const settings = readSettings();
  const own = readInstance(settings.home)?.databaseUrl ? null : startBeside();
  const state = { isLeaving: false, child: null };
  const leave = () => {
    state.isLeaving = true;
    state.child?.kill("SIGTERM");
  };
  process.on("SIGINT", leave);
  process.on("SIGTERM", leave);
  try {
    await own?.ready;
    process.exitCode = await play(settings, args, state);
  } finally {
    await own?.stop();
  }
  if (own) say("The product was stopped again. Look at the demo with: npm start");
}

/** A demo that an outage stopped goes on where it was. */
async function play(settings, args, state) {
  for (let left = MOST_RESTARTS; !state.isLeaving; left -= 1) {
    const command = ["--import", "tsx", inRoot("server/demo/main.ts"), ...args];
    const options = { cwd: ROOT, env: environmentOf(settings), stdio: "inherit" };
    state.child = spawn(productNode(), command, options);
    const [code] = await once(state.child, "exit");
    if (code !== STOPPED_BY_OUTAGE || left === 0) return code ?? 1;
    say("The database went away; going on");
  }
  return 1;
}

function readArguments() {
  const { values } = parseArgs({
    options: { pairs: { type: "string", default: "20" }, json: { type: "string" } },
  });
  const pairs = Number(values.pairs);
  if (!Number.isInteger(pairs) || pairs < 1 || pairs > MOST_PAIRS) {
    throw new Expected(`--pairs is wrong: give a whole number from 1 to ${MOST_PAIRS}.`);
  }
  return ["--pairs", String(pairs), ...(values.json ? ["--json", values.json] : [])];
}

/** What the product's own processes are told, so that the demo uses the same database and files. */
function environmentOf(settings) {
  const instance = readInstance(settings.home);
  if (!instance?.databaseUrl) throw new Expected("Teacup stopped before the demo was done.");
  return environments({
    settings,
    secrets: ensureSecrets(settings.home),
    port: instance.port,
    enginePort: 0,
    tinyWorldPort: 0,
    databaseUrl: instance.databaseUrl,
    mode: "start",
    build: "",
  }).product;
}

try {
  await demo();
} catch (error) {
  say(explain(error));
  process.exitCode = 1;
}
