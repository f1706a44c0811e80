import { spawn } from "node:child_process";
import { atEnd } from "./at-end.mjs";

/** Runs a program to its end and answers its exit code; when this process ends before, so does the program. */
export function runToEnd(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, options);
    const callOff = atEnd(() => child.kill("SIGTERM"));
    child.once("error", (error) => {
      callOff();
      reject(error);
    });
    child.once("exit", (code) => {
      callOff();
      resolve(code ?? 1);
    });
  });
}
