import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { identityOf } from "./identity.mjs";
import { killGroup } from "./instance.mjs";
import { inRoot, productNode, ROOT } from "./paths.mjs";
import { eachLine } from "./run-program.mjs";
import { say } from "./say.mjs";

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 5_000;
// A process that lived this long has recovered: the next failure starts with the short delay again.
const HEALTHY_AFTER_MS = 10_000;

/**
 * Starts a process of the product, starts it again when it dies, passes its output on with its name, but
 * for the lines that `omit` matches.
 */
export function keepRunning({ name, args, env, omit }, instance) {
  const state = {
    child: null,
    isStopping: false,
    isHushed: false,
    delay: FIRST_DELAY_MS,
    timer: null,
  };
  const preload = pathToFileURL(inRoot("scripts/lib/leave-with-parent.mjs")).href;

  function launch() {
    const startedAt = Date.now();
    const child = spawn(productNode(), ["--import", preload, ...args], {
      cwd: ROOT,
      env: { ...env, TEACUP_SUPERVISOR: String(process.pid) },
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    state.child = child;
    const print = eachLine((line) => {
      if (!state.isHushed && !omit?.test(stripVTControlCharacters(line))) say(`[${name}] ${line}`);
    });
    child.stdout.on("data", print);
    child.stderr.on("data", print);
    child.once("spawn", () =>
      instance.addChild({ name, pid: child.pid, identity: identityOf(child.pid) }),
    );
    child.once("error", (error) => say(`[${name}] could not be started: ${error.message}`));
    child.once("exit", (code, signal) => ended(child, Date.now() - startedAt, signal ?? code));
  }

  function ended(child, livedMs, reason) {
    state.child = null;
    instance.removeChild(child.pid);
    if (state.isStopping) return;
    if (livedMs > HEALTHY_AFTER_MS) state.delay = FIRST_DELAY_MS;
    say(`[${name}] ended with ${reason}; starting it again in ${state.delay / 1000} s`);
    state.timer = setTimeout(launch, state.delay);
    state.delay = Math.min(state.delay * 2, LONGEST_DELAY_MS);
  }

  launch();
  return {
    name,
    isGone: () => state.child === null,
    /** From now on nothing that it says is passed on. */
    hush: () => {
      state.isHushed = true;
    },
    /** Asks it to drain; resolves when it has gone. */
    drain: () => {
      state.isStopping = true;
      clearTimeout(state.timer);
      if (!state.child) return Promise.resolve();
      const gone = new Promise((resolve) => state.child.once("exit", resolve));
      killGroup(state.child.pid, "SIGTERM");
      return gone;
    },
    kill: () => state.child && killGroup(state.child.pid, "SIGKILL"),
  };
}
