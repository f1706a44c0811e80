import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const pages = globSync("app/**/page.tsx").toSorted();

test.each(pages)("%s reads ahead what its components wait for", (page) => {
  const ahead = namedIn(page);
  const awaited = reachedFrom(page).filter(isSuspending).flatMap(waitedForIn);

  expect([...new Set(awaited)].filter((name) => !ahead.includes(name))).toEqual([]);
});

/** A component that waits on the server for what no page read asks an address that only a browser knows. */
const isSuspending = (file: string) => /useSuspense\w*Query\(/.test(textOf(file));

const READ = /([\w.]*\(?\{?(?:\.\.\.)?)(?:trpc|useTRPC\(\))\.([\w.]+)\.(?:infiniteQ|q)ueryOptions/g;

const namedIn = (file: string) =>
  [...textOf(file).replace(/\s/g, "").matchAll(READ)].map(([, , name]) => name);

// `useQuery` asks once the page is in the browser.
const waitedForIn = (file: string) =>
  [...textOf(file).replace(/\s/g, "").matchAll(READ)]
    .filter(([, before]) => !/use(Infinite)?Query\(/.test(before ?? ""))
    .map(([, , name]) => name);

function reachedFrom(file: string, reached = new Set<string>()): string[] {
  if (reached.has(file)) return [];
  reached.add(file);
  for (const next of importsOf(file)) reachedFrom(next, reached);
  return [...reached];
}

function importsOf(file: string): string[] {
  const found = textOf(file).matchAll(/\bfrom\s+"((?:\.|@\/app\/)[^"]+)"|import\("([^"]+)"\)/g);
  return [...found].flatMap(([, path, later]) => fileOf(file, path ?? later ?? ""));
}

function fileOf(from: string, path: string): string[] {
  const bare = path.startsWith("@/") ? path.slice(2) : join(dirname(from), path);
  return [`${bare}.tsx`, `${bare}.ts`].filter((file) => existsSync(file));
}

const textOf = (file: string) => readFileSync(file, "utf8");
