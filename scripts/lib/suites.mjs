import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { ensureBuild } from "./build.mjs";
import { ensureChromium } from "./chromium.mjs";
import { inRoot, productNode, ROOT } from "./paths.mjs";
import { ENDPOINTS, pythonEnvironment, TESTBED } from "./python.mjs";
import { readPlaywright, readPytest, readVitest } from "./reports.mjs";
import { runToEnd } from "./run-to-end.mjs";
import { explain } from "./say.mjs";
import { withTestDatabase } from "./test-database.mjs";

const bin = (path) => inRoot("node_modules", path);

/** Each part of `npm test`: takes further arguments, a folder for reports and where its lines go; says how many passed and what failed. */
export const suites = {
  check: async (_, __, output) => {
    const results = [];
    for (const [name, ...args] of CHECKS) results.push(await checkOne(name, args, output));
    return total(results);
  },
  unit: (...asked) => vitest("unit", ...asked),
  integration: (...asked) =>
    withTestDatabase((url) => vitest("integration", ...asked, { TEST_DATABASE_URL: url })),
  python,
  build: async (_, __, output) => {
    try {
      await ensureBuild();
      return { passed: 1, failures: [] };
    } catch (error) {
      output.say(explain(error));
      return { passed: 0, failures: ["The build"] };
    }
  },
  e2e: playwright,
};

/** Only when asked for: it takes minutes. */
export const slowSuites = {
  chaos: (...asked) => vitest("chaos", ...asked),
};

const CHECKS = [
  ["Biome", bin("@biomejs/biome/bin/biome"), "ci", "--error-on-warnings"],
  ["TypeScript", bin("typescript/bin/tsc"), "--noEmit"],
  ["Knip", bin("knip/bin/knip.js")],
  ["The lock file", inRoot("scripts/mend-lock.mjs"), "--check"],
];

async function checkOne(name, args, output) {
  return said(name, await run(args, output), output);
}

function said(name, code, { say }) {
  say(`${name}: ${code === 0 ? "passed" : "failed"}`);
  return code === 0 ? { passed: 1, failures: [] } : { passed: 0, failures: [name] };
}

async function vitest(project, args, reports, output, env = {}) {
  const report = join(reports, `${project}.json`);
  const code = await run(
    [
      bin("vitest/vitest.mjs"),
      "run",
      "--project",
      project,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...args,
    ],
    output,
    env,
  );
  return result(code, readVitest(report), project);
}

async function playwright(args, reports, output) {
  const chromium = await ensureChromium();
  // One journey goes through the endpoints' own servers; no test should wait for their packages.
  await pythonEnvironment();
  const report = join(reports, "e2e.json");
  // While one waits for a page, the other computes; a single file is not worth a second instance.
  const workers = args.length > 0 ? [] : [`--workers=${Math.min(2, availableParallelism())}`];
  const command = [bin("@playwright/test/cli.js"), "test", ...workers, ...args];
  const code = await run(command, output, {
    CHROMIUM_PATH: chromium,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  return result(code, readPlaywright(report), "e2e");
}

/** The Python packages' own checks and tests. With further arguments pytest alone, which takes them. */
async function python(args, reports, output) {
  // Tiny networks gain nothing from threads; whole tests side by side do.
  const env = { ...(await pythonEnvironment()), OMP_NUM_THREADS: "1" };
  if (args.length > 0) return pytest(packageOf(args), args, reports, output, env);
  const results = [];
  for (const folder of [ENDPOINTS, TESTBED]) {
    const name = basename(folder);
    for (const [check, command, ...rest] of PYTHON_CHECKS) {
      const code = await runIn(folder, command, rest, output, env);
      results.push(said(`${check} on ${name}`, code, output));
    }
    results.push(await pytest(folder, SIDE_BY_SIDE, reports, output, env));
  }
  return total(results);
}

/** The package that has the file which the arguments name. */
const packageOf = (args) => {
  const isIn = (folder) => args.some((arg) => existsSync(join(folder, arg.split("::")[0])));
  return [ENDPOINTS, TESTBED].find(isIn) ?? ENDPOINTS;
};

async function pytest(folder, args, reports, output, env) {
  const name = basename(folder);
  const report = join(reports, `${name}.xml`);
  const code = await runIn(
    folder,
    "python",
    ["-m", "pytest", `--junitxml=${report}`, ...args],
    output,
    env,
  );
  return result(code, readPytest(report), `pytest on ${name}`);
}

// A worker holds torch and its models, about 1 GB.
const SIDE_BY_SIDE = ["-n", String(Math.min(4, availableParallelism())), "--dist", "worksteal"];

const PYTHON_CHECKS = [
  ["Ruff", "ruff", "check", "--quiet"],
  ["Ruff's format", "ruff", "format", "--check", "--quiet"],
  ["Pyright", "pyright"],
];

/** A runner that ends with an error has failed, whatever its report says. */
function result(code, { passed, failures }, name) {
  if (code === 0 || failures.length > 0) return { passed, failures };
  return { passed, failures: [`${name}: ended with exit code ${code}`] };
}

export const total = (results) => ({
  passed: results.reduce((sum, { passed }) => sum + passed, 0),
  failures: results.flatMap(({ failures }) => failures),
});

const run = (args, output, env = {}) =>
  runIn(ROOT, productNode(), args, output, { ...process.env, ...env });

const runIn = (cwd, command, args, { stdio }, env) => runToEnd(command, args, { cwd, env, stdio });
