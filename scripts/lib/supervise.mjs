import { setTimeout as wait } from "node:timers/promises";
import { freePorts } from "../../db/embedded/free-port.mjs";
import { ensureBuild } from "./build.mjs";
import { startDatabase } from "./database.mjs";
import { environments } from "./environment.mjs";
import { installPackages } from "./install.mjs";
import { takeHome } from "./instance.mjs";
import { keepRunning } from "./keep-running.mjs";
import { holdPort } from "./ports.mjs";
import { prepare } from "./prepare.mjs";
import { processesOf } from "./processes.mjs";
import { explain, say, step } from "./say.mjs";
import { ensureSecrets } from "./secrets.mjs";
import { localUrl, readEnvFile, readSettings } from "./settings.mjs";
import { waitUntilReady } from "./wait-until-ready.mjs";

const DRAIN_MS = 5_000;
// The bridge and the worker still need the web application while they finish.
const HEAD_START_MS = 2_000;
const READY_SECONDS = 120;
const IMPATIENT_AFTER_MS = 1_000;

/** Sets up what is missing, runs the product until a signal, stops all of it. */
export async function supervise(mode) {
  const stopping = new AbortController();
  const cleanUp = [];
  const leave = async (code) => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    for (const act of cleanUp.reverse()) await orSay(act);
    if (code === 0) say("Stopped");
    process.exit(code);
  };
  let askedAt = 0;
  const onSignal = () => {
    // A terminal's Ctrl-C arrives twice where npm passes it on as well: only a later one is impatience.
    if (stopping.signal.aborted && Date.now() - askedAt < IMPATIENT_AFTER_MS) return;
    if (stopping.signal.aborted) process.exit(1);
    askedAt = Date.now();
    say("Stopping ...");
    leave(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, onSignal);
  const fail = (error) => {
    say(explain(error));
    leave(1);
  };
  // Whoever read these lines is gone; the product goes on until a signal.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", refuseUnlessBrokenPipe);
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
  try {
    await start(mode, cleanUp, stopping.signal);
  } catch (error) {
    if (!stopping.signal.aborted) fail(error);
  }
}

function refuseUnlessBrokenPipe(error) {
  if (error.code !== "EPIPE") throw error;
}

// One thing that cannot be stopped must not keep the others running.
async function orSay(act) {
  try {
    await act();
  } catch (error) {
    say(explain(error));
  }
}

async function start(mode, cleanUp, signal) {
  readEnvFile();
  const settings = readSettings();
  const instance = await takeHome(settings.home);
  cleanUp.push(instance.release);
  await installPackages();
  const { port, release } = await holdPort(settings.port, settings.host);
  instance.note({ port });
  const secrets = ensureSecrets(settings.home);
  const build = mode === "dev" ? ".next-dev" : await ensureBuild();
  const database = await startDatabase(settings, secrets);
  cleanUp.push(database.stop);
  const [enginePort, tinyWorldPort] = await freePorts(2);
  const env = environments({
    settings,
    secrets,
    port,
    enginePort,
    tinyWorldPort,
    databaseUrl: database.url,
    mode,
    build,
  });
  const { isSetUp, unfinished } = await step("Checking settings and database", () =>
    prepare(env.product),
  );
  if (signal.aborted) return;
  for (const line of unfinished) say(line);
  database.watch();
  await release();
  const url = localUrl(settings.host, port);
  const children = processesOf({ env, port, host: settings.host, mode }).map((spec) =>
    keepRunning(spec, instance),
  );
  cleanUp.push(() => stopAll(children));
  instance.note({ url, databaseUrl: database.url });
  const addresses = healthOf(url, enginePort, tinyWorldPort);
  await step("Starting the product", () =>
    waitUntilReady(addresses, { seconds: READY_SECONDS, signal }),
  );
  const link = isSetUp ? "" : `\nMake the first account at ${url}/setup?token=${env.setupToken}`;
  // In one piece: whoever reads the first line has the second one too.
  say(`Teacup is ready at ${url}${link}`);
}

const healthOf = (url, enginePort, tinyWorldPort) => [
  `${url}/api/health`,
  `http://127.0.0.1:${enginePort}/health-check`,
  // A Tiny World whose files are damaged says so there, and the rest works without it.
  `http://127.0.0.1:${tinyWorldPort}/plain/health-check`,
];

async function stopAll(children) {
  // They end one after another: what one says of those that are gone already is no news.
  for (const child of children) child.hush();
  const [first, last] = [
    children.filter(isConsumer),
    children.filter((child) => !isConsumer(child)),
  ];
  const deadline = wait(DRAIN_MS);
  const consumers = Promise.all(first.map((child) => child.drain()));
  await Promise.race([consumers, wait(HEAD_START_MS)]);
  await Promise.race([Promise.all([consumers, ...last.map((child) => child.drain())]), deadline]);
  for (const child of children) child.kill();
}

const isConsumer = ({ name }) => name === "bridge" || name === "worker";
