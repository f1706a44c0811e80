import { spawnSync } from "node:child_process";

/**
 * PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody` where that
 * user does not exist. Otherwise it runs as whoever starts it (null).
 */
export function databaseUser() {
  if (process.getuid?.() !== 0) return null;
  for (const name of ["postgres", "nobody"]) {
    const uid = idOf(["-u", name]);
    if (uid !== null) return { name, uid, gid: idOf(["-g", name]) };
  }
  throw new Error("PostgreSQL does not run as root and there is no user `postgres` or `nobody`.");
}

function idOf(args) {
  const { status, stdout } = spawnSync("id", args, { encoding: "utf8" });
  return status === 0 ? Number(stdout) : null;
}

/** The options with which a program of the database is started. */
export const asUser = (user) => ({ cwd: "/", ...(user && { uid: user.uid, gid: user.gid }) });

/** May this user read the file, through every folder above it? */
export function mayReach(user, path) {
  if (!user) return true;
  return spawnSync("test", ["-r", path], asUser(user)).status === 0;
}
