import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { MACHINE_FOLDER } from "./binaries.mjs";
import { asUser, mayReach } from "./database-user.mjs";

const LOCALE = [
  "-E",
  "UTF8",
  "--locale=C",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
];

/**
 * Where the cluster of `home` lies: in the home, or in a machine-wide folder when the database's
 * user cannot reach the home. The choice is recorded, so that moving a folder's rights later loses nothing.
 */
export function dataFolderOf(home, user) {
  const record = join(home, "postgres-data");
  if (existsSync(record)) return resolve(home, readFileSync(record, "utf8").trim());
  mkdirSync(home, { recursive: true, mode: 0o711 });
  const inHome = mayReach(user, home) || mayPass(user, home);
  // Relative: a home that is moved keeps its cluster.
  const folder = inHome ? "postgres" : join(MACHINE_FOLDER, hashOf(home), newName());
  writeFileSync(
    record,
    `${folder}
`,
  );
  return resolve(home, folder);
}

// 0711 lets a user through to a folder of its own without letting it list the home.
const mayPass = (user, folder) => spawnSync("test", ["-x", folder], asUser(user)).status === 0;

// A home that was deleted leaves its cluster behind, with a password nobody knows: never take that one.
const newName = () => `postgres-${Date.now().toString(36)}`;

const hashOf = (home) => createHash("sha256").update(home).digest("hex").slice(0, 16);

/** Makes a new cluster unless there is one. A cut-off attempt leaves only a draft, never half a cluster. */
export function ensureCluster({ binaries, data, user, password }) {
  if (existsSync(join(data, "PG_VERSION"))) return false;
  const parent = dirname(data);
  const draft = `${data}.draft`;
  mkdirSync(parent, { recursive: true, mode: 0o711 });
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const passwordFile = join(parent, "initdb-password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) for (const path of [draft, passwordFile]) chownSync(path, user.uid, user.gid);
  try {
    initialise({ binaries, draft, passwordFile, user });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, data);
  return true;
}

function initialise({ binaries, draft, passwordFile, user }) {
  const options = {
    ...asUser(user),
    encoding: "utf8",
    env: { PATH: process.env.PATH, LC_ALL: "C" },
  };
  const made = spawnSync(
    join(binaries, "bin/initdb"),
    [
      "-D",
      draft,
      "-U",
      "teacup",
      "-A",
      "scram-sha-256",
      `--pwfile=${passwordFile}`,
      "--no-sync",
      ...LOCALE,
    ],
    options,
  );
  if (made.status !== 0) {
    throw new Error(`The embedded PostgreSQL could not be set up: ${made.stderr || made.error}`);
  }
  // Before the first start there is no server to ask: single-user mode makes the database.
  const single = spawnSync(join(binaries, "bin/postgres"), ["--single", "-D", draft, "postgres"], {
    ...options,
    input: "create database teacup;\n",
  });
  if (single.status !== 0) {
    throw new Error(`The embedded PostgreSQL could not make its database: ${single.stderr}`);
  }
}
