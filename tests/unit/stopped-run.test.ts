import { spawn } from "node:child_process";
import { once } from "node:events";
import { pathToFileURL } from "node:url";
import { expect, test, vi } from "vitest";
import { identityOf } from "@/scripts/lib/identity.mjs";

// Processes are started, beside whatever else the machine does.
vi.setConfig({ testTimeout: 60_000 });
const SOON = { timeout: 20_000 };

const SCRIPT = `
import { endWithNpm } from ${JSON.stringify(hrefOf("end-with-npm"))};
import { runToEnd } from ${JSON.stringify(hrefOf("run-to-end"))};
endWithNpm();
const program = "console.log(process.ppid, process.pid); setInterval(() => {}, 1000)";
process.exitCode = await runToEnd(process.execPath, ["-e", program], { stdio: "inherit" });
`;

function hrefOf(name: string): string {
  return pathToFileURL(`scripts/lib/${name}.mjs`).href;
}

/** npm, its shell, the script and the program that the script runs. */
async function runByNpm() {
  const shell = spawn("sh", ["-c", `"${process.execPath}" --input-type=module -; :`], {
    env: { ...process.env, npm_lifecycle_event: "test" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  shell.stdin.end(SCRIPT);
  const [line] = await once(shell.stdout, "data");
  const [script, program] = String(line).split(" ").map(Number) as [number, number];
  return { shell, script, program };
}

const untilGone = (...pids: number[]) =>
  expect.poll(() => pids.filter((pid) => identityOf(pid) !== null), SOON).toEqual([]);

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "a script that %s ends takes the program along that it runs",
  async (signal) => {
    const { script, program } = await runByNpm();
    process.kill(script, signal);

    await untilGone(script, program);
  },
);

test("a script whose npm was ended leaves too, though npm's shell tells it nothing", async () => {
  const { shell, script, program } = await runByNpm();
  shell.kill("SIGTERM");

  await untilGone(script, program);
});
