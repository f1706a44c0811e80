import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureChromium } from "./lib/chromium.mjs";
import { installPackages } from "./lib/install.mjs";
import { Expected, explain, say } from "./lib/say.mjs";

// `npm test` runs everything; `node scripts/test.mjs integration FILE` one part with further arguments.
const [only, ...args] = process.argv.slice(2);
// A stopped run must still remove what it started.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

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
  const results = [];
  for (const name of only ? [only] : Object.keys(suites)) {
    const startedAt = Date.now();
    say(`\n== ${name}`);
    const result = await known[name](args, reports);
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    say(`== ${name}: ${result.passed} passed, ${result.failures.length} failed, ${seconds} s`);
    results.push(result);
  }
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
