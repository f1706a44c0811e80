import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { findBinaries } from "./binaries.mjs";
import { dataFolderOf, ensureCluster } from "./data-folder.mjs";
import { asUser, databaseUser } from "./database-user.mjs";
import { freePort } from "./free-port.mjs";
import { findPostmaster, isAnswering } from "./postmaster.mjs";

const LOG_LIMIT_BYTES = 20_000_000;
// For tests alone: a cluster that may be lost when the machine stops, and that many products share.
const UNSAFE = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "max_connections=400",
];

/**
 * Starts the PostgreSQL of `home`, or takes over the one that still runs.
 * @param {{ home: string, password: string, unsafe?: boolean }} options
 */
export async function launchPostgres({ home, password, unsafe = false }) {
  const user = databaseUser();
  const binaries = findBinaries(user);
  const data = dataFolderOf(home, user);
  const isNew = ensureCluster({ binaries, data, user, password });
  const cluster = { home, binaries, data, user, unsafe };
  const before = findPostmaster(data)?.pid;
  const port = await startOrReuse(cluster);
  return {
    isNew,
    wasRunning: before !== undefined && findPostmaster(data)?.pid === before,
    url: `postgres://teacup:${password}@127.0.0.1:${port}/teacup`,
    isRunning: () => findPostmaster(data) !== null,
    restart: () => startOrReuse(cluster, port),
    stop: () => stop(cluster),
    /** For tests alone: stops and removes the cluster. */
    destroy: () => {
      stop(cluster);
      rmSync(data, { recursive: true, force: true });
      if (!data.startsWith(home)) rmSync(dirname(data), { recursive: true, force: true });
    },
  };
}

async function startOrReuse(cluster, fixedPort) {
  const running = findPostmaster(cluster.data);
  if (running && (await answersSoon(running.port))) return running.port;
  if (running) stop(cluster);
  // Left behind by a server that was killed: nobody holds it any more.
  rmSync(join(cluster.data, "postmaster.pid"), { force: true });
  const record = join(cluster.home, "postgres-port");
  const wanted = fixedPort ?? (existsSync(record) ? Number(readFileSync(record, "utf8")) : 0);
  const port = fixedPort ?? (await freePort(wanted));
  writeFileSync(record, String(port));
  start(cluster, port);
  return port;
}

async function answersSoon(port) {
  for (let left = 20; left > 0; left -= 1) {
    if (await isAnswering(port)) return true;
    await wait(100);
  }
  return false;
}

function start(cluster, port) {
  const log = join(cluster.data, "server.log");
  if (existsSync(log) && statSync(log).size > LOG_LIMIT_BYTES) truncateSync(log);
  const settings = [
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    "unix_socket_directories=''",
    "max_connections=100",
    ...(cluster.unsafe ? UNSAFE : []),
  ];
  const options = settings.map((setting) => `-c ${setting}`).join(" ");
  const started = control(cluster, ["start", "-w", "-t", "60", "-l", log, "-o", options]);
  if (started.status === 0) return;
  const tail = existsSync(log) ? readFileSync(log, "utf8").split("\n").slice(-8).join("\n") : "";
  throw new Error(`The embedded PostgreSQL did not start: ${tail}`);
}

function stop(cluster) {
  if (!findPostmaster(cluster.data)) return;
  const stopped = control(cluster, ["stop", "-w", "-t", "15", "-m", "fast"]);
  if (stopped.status !== 0) control(cluster, ["stop", "-w", "-t", "15", "-m", "immediate"]);
}

function control({ binaries, data, user }, args) {
  return spawnSync(join(binaries, "bin/pg_ctl"), [...args, "-D", data], {
    ...asUser(user),
    encoding: "utf8",
    // The server keeps what it inherits open: with a pipe here this call would wait for it.
    stdio: ["ignore", "ignore", "ignore"],
    env: { PATH: process.env.PATH, LC_ALL: "C" },
  });
}
