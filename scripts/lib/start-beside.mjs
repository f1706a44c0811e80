import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import { inRoot, ROOT } from "./paths.mjs";
import { eachLine } from "./run-program.mjs";
import { Expected, say } from "./say.mjs";

const READY = "Teacup is ready at ";

/**
 * Starts the product for a program beside it, as `npm start` does, and starts it again when it is killed.
 * It leaves with this process, however that ends.
 */
export function startBeside() {
  const preload = pathToFileURL(inRoot("scripts/lib/leave-with-parent.mjs")).href;
  const state = { child: null, isReady: false, isStopping: false };
  let resolveReady;
  let rejectReady;
  const ready = new Promise((resolve, reject) => {
    resolveReady = resolve;
    rejectReady = reject;
  });

  const onLine = (line) => {
    // What the processes say belongs to a log; problems and steps to the person who waits.
    if (!line.startsWith("[") || !state.isReady) say(line);
    if (!line.startsWith(READY)) return;
    state.isReady = true;
    resolveReady();
  };
  const launch = () => {
    const child = spawn(process.execPath, ["--import", preload, inRoot("scripts/start.mjs")], {
      cwd: ROOT,
      env: { ...process.env, TEACUP_SUPERVISOR: String(process.pid) },
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    state.child = child;
    child.stdout.on("data", eachLine(onLine));
    child.stderr.on("data", eachLine(say));
    child.once("exit", () => {
      state.child = null;
      if (state.isStopping) return;
      if (!state.isReady) return rejectReady(new Expected("Teacup could not be started."));
      launch();
    });
  };
  launch();

  return {
    ready,
    stop: async () => {
      state.isStopping = true;
      if (!state.child) return;
      const gone = new Promise((resolve) => state.child.once("exit", resolve));
      state.child.kill("SIGTERM");
      await gone;
    },
  };
}
