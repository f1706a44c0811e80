import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { readJson } from "./json-file.mjs";
import { ROOT } from "./paths.mjs";

/** What passed, and a line for each failure: read from the report that a test runner left; nothing where it left none. */

export function readVitest(path) {
  const { numPassedTests = 0, testResults = [] } = readJson(path) ?? {};
  return { passed: numPassedTests, failures: testResults.flatMap(failuresOf) };
}

function failuresOf({ name, status, message, assertionResults }) {
  const file = relative(ROOT, name);
  const failed = assertionResults.filter((test) => test.status === "failed");
  // A file that could not even be loaded has no failed test of its own.
  if (status === "failed" && failed.length === 0) return [lineOf(file, message)];
  return failed.map((test) =>
    lineOf(
      `${file} > ${test.ancestorTitles.concat(test.title).join(" > ")}`,
      test.failureMessages[0],
    ),
  );
}

export function readPlaywright(path) {
  const { stats, suites = [], errors = [] } = readJson(path) ?? {};
  return {
    passed: stats?.expected ?? 0,
    failures: [
      ...errors.map(({ message }) => lineOf("Playwright", message)),
      ...suites
        .flatMap(specsOf)
        .filter(({ ok }) => !ok)
        .map(failureOf),
    ],
  };
}

const specsOf = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsOf)];

function failureOf({ file, line, title, tests }) {
  const errors = tests.flatMap(({ results }) => results.map(({ error }) => error?.message));
  return lineOf(`${file}:${line} > ${title}`, errors.find(Boolean));
}

/** JUnit's XML as pytest writes it: one `testcase` a line of its own, its failure within. */
export function readPytest(path) {
  const xml = existsSync(path) ? readFileSync(path, "utf8") : "";
  const cases = [...xml.matchAll(/<testcase ([^>]*?)(?:\/>|>(.*?)<\/testcase>)/gs)];
  const failures = cases.flatMap(([, attributes, inner = ""]) => {
    const [, message] = /<(?:failure|error) [^>]*?message="([^"]*)"/.exec(inner) ?? [];
    return message === undefined ? [] : [lineOf(nameOf(attributes), unescaped(message))];
  });
  return { passed: cases.length - failures.length, failures };
}

function nameOf(attributes) {
  const value = (name) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";
  return `${value("classname")} > ${value("name")}`;
}

const ENTITIES = { quot: '"', apos: "'", lt: "<", gt: ">", amp: "&", "#10": "\n" };
const unescaped = (text) => text.replace(/&([^;]+);/g, (whole, name) => ENTITIES[name] ?? whole);

const LONGEST = 200;

function lineOf(name, message = "") {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a terminal
  const plain = message.replace(/\u001B\[[0-9;]*m/g, "").trim();
  const first = plain.split("\n")[0];
  return `${name}: ${first.slice(0, LONGEST)}`;
}
