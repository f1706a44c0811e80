import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const documents = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
  {
    encoding: "utf8",
  },
)
  .split("\n")
  .filter((file) => file && existsSync(file));

const ROOTS = /^(app|server|db|drizzle|gpu-bridge|scripts|tests|trial|docs|\.ci)\//;

/** Paths that a document cites: relative links, and code spans that begin with one of our folders. */
function citedPaths(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, path]) =>
    join(dirname(file), path ?? ""),
  );
  const spans = [...text.matchAll(/`([^`\s]+)`/g)]
    .map(([, path]) => path ?? "")
    .filter((path) => ROOTS.test(path) && !/[<>*{}$]/.test(path));
  return [...links, ...spans];
}

test.each(documents)("%s cites no path that does not exist", (file) => {
  expect(citedPaths(file).filter((path) => !existsSync(path))).toEqual([]);
});
