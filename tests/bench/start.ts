import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freePort } from "@/db/embedded/free-port.mjs";
import { removeHome } from "@/tests/support/start-instance";

// `npm run bench:start`: seconds from `npm start` to ready, first in an empty clone of what is committed, then again.
const ROOT = resolve(import.meta.dirname, "../..");

async function secondsToReady(folder: string, port: number): Promise<number> {
  const startedAt = performance.now();
  const npm = spawn("npm", ["start"], {
    cwd: folder,
    env: { ...process.env, PORT: String(port), TEACUP_HOME: "", DATABASE_URL: "" },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const ready = new Promise<number>((done, failed) => {
    let output = "";
    npm.stdout.on("data", (data: Buffer) => {
      output += data;
      if (/^Teacup is ready/m.test(output)) done((performance.now() - startedAt) / 1000);
    });
    npm.once("close", () => failed(new Error(`npm start ended before it was ready:\n${output}`)));
  });
  try {
    return await ready;
  } finally {
    const gone = npm.exitCode === null ? once(npm, "close") : undefined;
    // The whole group, as Ctrl-C in a terminal does.
    if (gone && npm.pid) process.kill(-npm.pid, "SIGINT");
    await gone;
  }
}

const folder = mkdtempSync(join(tmpdir(), "teacup-bench-"));
execFileSync("chmod", ["755", folder]);
execFileSync("git", ["clone", "--quiet", ROOT, folder]);
const port = await freePort();
const cold = await secondsToReady(folder, port);
const warm: number[] = [];
for (let round = 0; round < 3; round++) warm.push(await secondsToReady(folder, port));
removeHome(join(folder, ".teacup"));
rmSync(folder, { recursive: true, force: true });
console.log(JSON.stringify({ coldSeconds: cold, warmSeconds: warm }, null, 2));
