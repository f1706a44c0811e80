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

/** Plays the main job with a simulated rater: against the instance that runs on this home, or its own. */
async function demo() {
  const { pairs, json } = readArguments();
  readEnvFile();
  const settings = readSettings();
  const own = isReady(settings.home) ? null : startBeside();
  const leave = () => own?.stop();
  process.on("SIGINT", leave);
  process.on("SIGTERM", leave);
  try {
    await own?.ready;
    const args = ["--pairs", String(pairs), ...(json ? ["--json", json] : [])];
    const child = spawn(
      productNode(),
      ["--import", "tsx", inRoot("server/demo/main.ts"), ...args],
      {
        cwd: ROOT,
        env: environmentOf(settings),
        stdio: "inherit",
      },
    );
    const [code] = await once(child, "exit");
    process.exitCode = code ?? 1;
  } finally {
    await own?.stop();
  }
  if (own) say("The product was stopped again. Look at the demo with: npm start");
}

const isReady = (home) => Boolean(readInstance(home)?.databaseUrl);

function readArguments() {
  const { values } = parseArgs({
    options: { pairs: { type: "string", default: "20" }, json: { type: "string" } },
  });
  const pairs = Number(values.pairs);
  if (!Number.isInteger(pairs) || pairs < 1 || pairs > MOST_PAIRS) {
    throw new Expected(`--pairs is wrong: give a whole number from 1 to ${MOST_PAIRS}.`);
  }
  return { pairs, json: values.json };
}

/** What the product's own processes are told, so that the demo uses the same database and files. */
function environmentOf(settings) {
  const instance = readInstance(settings.home);
  if (!instance?.databaseUrl) throw new Expected("Teacup stopped before the demo could begin.");
  return environments({
    settings,
    secrets: ensureSecrets(settings.home),
    port: instance.port,
    enginePort: 0,
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
