import { readFileSync, writeFileSync } from "node:fs";
import { inRoot } from "./lib/paths.mjs";
import { say } from "./lib/say.mjs";

// npm leaves out of the lock the optional packages of platforms it could not look at; `npm ci`
// there then refuses to work. `npm run lock:mend` adds a stub for each, `--check` only looks.
const path = inRoot("package-lock.json");
const lock = JSON.parse(readFileSync(path, "utf8"));
const problems = [...hostNames(lock.packages), ...missingStubs(lock.packages)];

if (process.argv.includes("--check")) {
  for (const { text } of problems) say(text);
  if (problems.length > 0) say("Run `npm run lock:mend`.");
  process.exitCode = problems.length === 0 ? 0 : 1;
} else {
  for (const { mend } of problems) mend();
  const entries = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
  lock.packages = Object.fromEntries(entries);
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  say(`${problems.length} entries mended`);
}

function hostNames(packages) {
  return Object.entries(packages)
    .filter(([, entry]) => entry.resolved)
    .map(([name, entry]) => ({
      text: `${name} names the host it came from`,
      mend: () => delete entry.resolved,
    }));
}

function missingStubs(packages) {
  return Object.entries(packages).flatMap(([from, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !find(packages, from, name))
      .map(([name, version]) => ({
        text: `${name} ${version}, an optional part of ${from || "this package"}, is missing`,
        mend: () => addStub(packages, name, version),
      })),
  );
}

/** Node looks in the package's own folder first, then in each folder above it. */
function find(packages, from, name) {
  const parts = from.split("/node_modules/");
  for (let length = parts.length; length >= 0; length -= 1) {
    const folder = parts.slice(0, length).join("/node_modules/");
    const entry = packages[`${folder ? `${folder}/` : ""}node_modules/${name}`];
    if (entry) return entry;
  }
  return null;
}

function addStub(packages, name, version) {
  packages[`node_modules/${name}`] ??= { version, optional: true, ...platformOf(name) };
}

// The names say for which machine they are: pkg-linux-x64-musl, pkg-darwin-arm64, ...
function platformOf(name) {
  const os = /(linux|darwin|win32|freebsd|android|openbsd|netbsd|openharmony|sunos|aix)/.exec(
    name,
  )?.[1];
  const cpu =
    /-(wasm32|x64|arm64|ia32|arm|ppc64le|ppc64|s390x|riscv64|loong64|mips64el|mipsel)\b/.exec(
      name,
    )?.[1];
  const libc = /-(musl|gnu|glibc)/.exec(name)?.[1];
  return {
    ...(os && { os: [os] }),
    ...(cpu && { cpu: [cpu] }),
    ...(libc && { libc: [libc === "musl" ? "musl" : "glibc"] }),
  };
}
