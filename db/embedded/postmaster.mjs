import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";

/** The server that the data folder names: its process, its port; null when no file or no such process. */
export function findPostmaster(data) {
  const text = readIfThere(join(data, "postmaster.pid"));
  if (!text) return null;
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  return isRunning(pid, data) ? { pid, port: Number(lines[3]) } : null;
}

function readIfThere(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}

/** A zombie has a number but serves nobody; a number taken over by another program is not ours. */
function isRunning(pid, data) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== "EPERM") return false;
  }
  if (process.platform !== "linux") return true;
  const stat = readIfThere(`/proc/${pid}/stat`);
  const command = readIfThere(`/proc/${pid}/cmdline`);
  return stat !== null && !/\) [ZX] /.test(stat) && Boolean(command?.includes(data));
}

// The protocol's request for encryption: any PostgreSQL answers it with one letter, without a password.
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

export function isAnswering(port) {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const answer = (value) => {
      socket.destroy();
      resolve(value);
    };
    socket.setTimeout(2_000, () => answer(false));
    socket.once("connect", () => socket.write(SSL_REQUEST));
    socket.once("data", (data) => answer(data[0] === 78 || data[0] === 83));
    socket.once("error", () => answer(false));
  });
}
