import { spawn } from "node:child_process";
import { ROOT } from "./paths.mjs";

/**
 * Runs a program to its end. Its output is kept and, when it fails, part of the error; with
 * `onLine` it is passed on line by line as well.
 */
export function runProgram(command, args, { env = process.env, cwd = ROOT, onLine, input } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: [input ? "pipe" : "ignore", "pipe", "pipe"],
    });
    const end = () => child.kill();
    process.once("exit", end);
    const lines = [];
    const keep = eachLine((line) => {
      lines.push(line);
      onLine?.(line);
    });
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    if (input) child.stdin.end(input);
    child.once("error", reject);
    child.once("close", (code, signal) => {
      process.off("exit", end);
      if (code === 0) return resolve(lines.join("\n"));
      const tail = lines.slice(-40).join("\n");
      reject(
        Object.assign(new Error(`${command} ${args[0]} ended with ${signal ?? code}\n${tail}`), {
          code,
        }),
      );
    });
  });
}

/** Gathers chunks and hands out whole lines. */
export function eachLine(take) {
  let rest = "";
  return (chunk) => {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop();
    for (const line of parts) take(line);
  };
}
