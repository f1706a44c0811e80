import { inRoot, productNode } from "./paths.mjs";
import { runProgram } from "./run-program.mjs";
import { Expected } from "./say.mjs";

/** Checks the variables and brings the database up to date; says whether an account exists, and what is left to do. */
export async function prepare(env) {
  const output = await runProgram(productNode(), ["--import", "tsx", inRoot("server/prepare.ts")], {
    env,
  });
  const report = JSON.parse(output.trim().split("\n").at(-1));
  if (report.problem) throw new Expected(report.problem);
  return report;
}
