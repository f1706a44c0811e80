import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

// First matching row wins. A file may import its own row and the ones listed.
// `#browser` marks a file that starts with "use client"; `#types` marks an `import type`.
const LAYERS: [name: string, files: RegExp, mayImport: string[]][] = [
  ["enums", /^db\/enums\.ts$/, []],
  ["db", /^db\//, ["enums"]],
  ["domain", /^server\/[^/]+\/(domain\/.*|exchanges\/.*|schemas\.ts|csv\.ts)$/, ["enums"]],
  [
    "worker",
    /^server\/(worker\.ts|jobs\/(handlers|work-jobs)\.ts|demo\/.*)$/,
    ["verb", "domain", "db", "enums"],
  ],
  ["router", /^server\/([^/]+\/router\.ts|trpc\/(?!context\.ts).*)$/, ["verb", "domain", "enums"]],
  ["verb", /^server\//, ["domain", "db", "enums"]],
  ["contract", /^gpu-bridge\/contract\//, []],
  ["gpu-bridge", /^gpu-bridge\//, ["contract", "router#types"]],
  // The loop and the LLM of a trial cannot see the world's odds: only these two files know both.
  [
    "trial-run",
    /^trial\/(main|run-trials)\.ts$/,
    ["trial", "trial-world", "gpu-bridge", "worker", "domain"],
  ],
  ["trial-world", /^trial\/world\//, ["trial", "gpu-bridge", "contract", "domain"]],
  ["trial", /^trial\//, ["domain"]],
  ["browser", /^app\/.*#browser$/, ["domain", "enums", "app", "router#types", "verb#types"]],
  ["app", /^app\//, ["browser", "router", "verb", "domain", "enums"]],
];

const ROOTS = ["app", "server", "db", "gpu-bridge", "trial"];

const sources = ROOTS.flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(root, file)),
);

const textOf = (file: string) => readFileSync(file, "utf8");
const isBrowser = (file: string) => /^\s*["']use client["']/.test(textOf(file));

function layerOf(file: string): (typeof LAYERS)[number] {
  const name = isBrowser(file) ? `${file}#browser` : file;
  const row = LAYERS.find(([, files]) => files.test(name));
  if (!row)
    throw new Error(
      `${file} belongs to no layer: move it, or add a row to ARCHITECTURE.md and here`,
    );
  return row;
}

type Import = { file: string; isType: boolean };

function importsOf(file: string): Import[] {
  const statements = textOf(file).matchAll(
    /(?:^|\n)\s*(import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)/g,
  );
  return [...statements].flatMap(([, , type, path, dynamic]) => {
    const target = resolveImport(file, path ?? dynamic ?? "");
    return target ? [{ file: target, isType: Boolean(type) }] : [];
  });
}

function resolveImport(from: string, path: string): string | null {
  const bare = path.startsWith("@/") ? path.slice(2) : join(dirname(from), path);
  if (!path.startsWith("@/") && !path.startsWith(".")) return null;
  const candidates = [bare, `${bare}.ts`, `${bare}.tsx`, join(bare, "index.ts")].map(normalize);
  return candidates.find((file) => /\.tsx?$/.test(file) && existsSync(file)) ?? null;
}

function strayImports(file: string): string[] {
  const [name, , mayImport] = layerOf(file);
  return importsOf(file).flatMap((target) => {
    const [layer] = layerOf(target.file);
    const allowed =
      layer === name ||
      mayImport.includes(layer) ||
      (target.isType && mayImport.includes(`${layer}#types`));
    return allowed ? [] : [`${layer}: ${target.file}`];
  });
}

test.each(sources)("%s imports only what its layer may", (file) => {
  expect(strayImports(file)).toEqual([]);
});

test("no file imports itself through others", () => {
  // A type import is erased, so it cannot make a cycle at run time.
  const graph = new Map(
    sources.map((file) => [
      file,
      importsOf(file)
        .filter(({ isType }) => !isType)
        .map((target) => target.file),
    ]),
  );
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...path, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return null;
  };

  // The tables refer to each other's keys inside functions, which run after all of them are loaded.
  const cycles = sources
    .filter((file) => !file.startsWith("db/schema/"))
    .map((file) => visit(file, []))
    .filter(Boolean);
  expect(cycles).toEqual([]);
});

test("React and Next stay out of the server's verbs", () => {
  const strays = sources
    .filter((file) => file.startsWith("server/") && !file.startsWith("server/auth/"))
    .filter((file) => /from ["'](react|next)(\/|["'])/.test(textOf(file)));

  expect(strays).toEqual([]);
});

test("schemas and domain read no clock, network or environment", () => {
  const impure =
    /process\.env|Date\.now\(|new Date\(\)|Math\.random\(|\bfetch\(|from ["'](node:(?!crypto)|drizzle-orm|postgres)/;
  const strays = sources
    .filter((file) => layerOf(file)[0] === "domain")
    .filter((file) => impure.test(textOf(file)));

  expect(strays).toEqual([]);
});

test("the rating room carries no schema library to its rater's browser", () => {
  const carried = new Set<string>();
  const visit = (file: string) => {
    if (carried.has(file)) return;
    carried.add(file);
    for (const target of importsOf(file)) if (!target.isType) visit(target.file);
  };
  for (const file of sources) if (file.startsWith("app/(rate)/") && isBrowser(file)) visit(file);

  expect(carried.size).toBeGreaterThan(50);
  expect([...carried].filter((file) => /from ["']zod["']/.test(textOf(file)))).toEqual([]);
});
