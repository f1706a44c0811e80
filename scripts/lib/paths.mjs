import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

export const ROOT = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
export const inRoot = (...parts) => join(ROOT, ...parts);

/** The Node that runs the product: the one that came with the packages, or a recent enough system's. */
export function productNode() {
  const ours = inRoot("node_modules", `node-${process.platform}-${process.arch}`, "bin/node");
  if (existsSync(ours)) return ours;
  if (Number(process.versions.node.split(".")[0]) >= 22) return process.execPath;
  throw new Error(
    `No Node 24 comes with this system (${process.platform}-${process.arch}): install Node 22 or later and try again.`,
  );
}

/** Other programs must find the system's Node: ours may be replaced while packages are installed. */
export function systemPath() {
  const own = inRoot("node_modules");
  const parts = (process.env.PATH ?? "").split(":");
  return parts.filter((part) => !part.startsWith(own)).join(":");
}
