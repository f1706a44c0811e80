import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ensureBuild } from "./build.mjs";
import { ensureChromium } from "./chromium.mjs";
import { readJson } from "./json-file.mjs";
import { inRoot, productNode, ROOT } from "./paths.mjs";
import { ENDPOINTS, pythonEnvironment } from "./python.mjs";
import { explain, say } from "./say.mjs";
import { withTestDatabase } from "./test-database.mjs";

const bin = (path) => inRoot("node_modules", path);

/** Each part of `npm test`: takes further arguments and a folder for reports, says what passed and failed. */
export const suites = {
  check: async () => {
    const results = [];
    for (const [name, ...args] of CHECKS) results.push(await checkOne(name, args));
    return total(results);
  },
  unit: (args, reports) => vitest("unit", args, reports, {}),
  integration: (args, reports) =>
    withTestDatabase((url) => vitest("integration", args, reports, { TEST_DATABASE_URL: url })),
  python,
  build: async () => {
    try {
      await ensureBuild();
      return { passed: 1, failed: 0 };
    } catch (error) {
      say(explain(error));
      return { passed: 0, failed: 1 };
    }
  },
  e2e: playwright,
};

/** Only when asked for: it takes minutes. */
export const slowSuites = {
  chaos: (args, reports) => vitest("chaos", args, reports, {}),
};

const CHECKS = [
  ["Biome", bin("@biomejs/biome/bin/biome"), "ci", "--error-on-warnings"],
  ["TypeScript", bin("typescript/bin/tsc"), "--noEmit"],
  ["Knip", bin("knip/bin/knip.js")],
  ["The lock file", inRoot("scripts/mend-lock.mjs"), "--check"],
];

async function checkOne(name, args) {
  return said(name, await run(args));
}

function said(name, code) {
  say(`${name}: ${code === 0 ? "passed" : "failed"}`);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function vitest(project, args, reports, env) {
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
    env,
  );
  const { numPassedTests = 0, testResults = [] } = readJson(report) ?? {};
  return atLeastOneFailure(code, { passed: numPassedTests, failed: failuresOf(testResults) });
}

// A file that could not even be loaded has no failed test of its own.
function failuresOf(files) {
  const counts = files.map(({ status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === "failed").length;
    return status === "failed" ? Math.max(1, failed) : failed;
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

async function playwright(args, reports) {
  const chromium = await ensureChromium();
  const report = join(reports, "e2e.json");
  const code = await run([bin("@playwright/test/cli.js"), "test", ...args], {
    CHROMIUM_PATH: chromium,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  const { expected = 0, unexpected = 0, flaky = 0 } = readJson(report)?.stats ?? {};
  return atLeastOneFailure(code, { passed: expected, failed: unexpected + flaky });
}

/** The endpoints' own checks and tests. With further arguments pytest alone, which takes them. */
async function python(args, reports) {
  const env = await pythonEnvironment();
  const report = join(reports, "python.xml");
  const results = [];
  for (const [name, command, ...rest] of args.length === 0 ? PYTHON_CHECKS : []) {
    results.push(said(name, await runIn(ENDPOINTS, command, rest, env)));
  }
  const code = await runIn(
    ENDPOINTS,
    "python",
    ["-m", "pytest", `--junitxml=${report}`, ...args],
    env,
  );
  const xml = existsSync(report) ? readFileSync(report, "utf8") : "";
  const count = (what) =>
    Number(new RegExp(`<testsuite [^>]*${what}="(\\d+)"`).exec(xml)?.[1] ?? 0);
  const failed = count("failures") + count("errors");
  results.push(atLeastOneFailure(code, { passed: count("tests") - failed, failed }));
  return total(results);
}

const PYTHON_CHECKS = [
  ["Ruff", "ruff", "check", "--quiet"],
  ["Ruff's format", "ruff", "format", "--check", "--quiet"],
  ["Pyright", "pyright"],
];

const atLeastOneFailure = (code, { passed, failed }) => ({
  passed,
  failed: code === 0 ? failed : Math.max(1, failed),
});

export const total = (results) => ({
  passed: results.reduce((sum, { passed }) => sum + passed, 0),
  failed: results.reduce((sum, { failed }) => sum + failed, 0),
});

const run = (args, env = {}) => runIn(ROOT, productNode(), args, { ...process.env, ...env });

function runIn(cwd, command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: "inherit" });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
