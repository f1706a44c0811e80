import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { ensureChromium } from "./lib/chromium.mjs";
import { endWithNpm } from "./lib/end-with-npm.mjs";
import { installPackages } from "./lib/install.mjs";
import { heldOutput, straight } from "./lib/part-output.mjs";
import { runParts } from "./lib/run-parts.mjs";
import { Expected, explain, say } from "./lib/say.mjs";

// `npm test` runs everything; `node scripts/test.mjs integration FILE` one part with further arguments.
const [only, ...args] = process.argv.slice(2);
// A stopped run must still remove what it started.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));
endWithNpm();

const reports = mkdtempSync(join(tmpdir(), "teacup-reports-"));
try {
  await installPackages();
  if (!only || only === "e2e") await ensureChromium();
  // Imported now: it needs the packages.
  const { slowSuites, suites, total } = await import("./lib/suites.mjs");
  const known = { ...suites, ...slowSuites };
  if (only && !(only in known)) {
    throw new Expected(`There is no part "${only}": name one of ${Object.keys(known).join(", ")}.`);
  }
  const runPart = async (name, isBeside) => {
    const startedAt = Date.now();
    if (isBeside) say(`== ${name}: started`);
    const output = isBeside ? heldOutput(join(reports, `${name}.log`)) : straight;
    output.say(`\n== ${name}`);
    try {
      const result = await known[name](args, reports, output);
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
      output.say(
        `== ${name}: ${result.passed} passed, ${result.failures.length} failed, ${seconds} s`,
      );
      return result;
    } finally {
      output.end();
    }
  };
  const results = await runParts(only ? [only] : Object.keys(suites), {
    // While one waits, the other computes; a third would only take memory.
    atOnce: Math.min(2, availableParallelism()),
    // Its journeys are given as long as a person would wait.
    alone: ["e2e"],
    act: runPart,
    say,
  });
  const { passed, failures } = total(results);
  // Named once more where a long log ends.
  say(failures.map((line) => `\n✘ ${line}`).join(""));
  say(`${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 ? 0 : 1;
} catch (error) {
  say(explain(error));
  process.exitCode = 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
