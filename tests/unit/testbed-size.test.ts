import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const TESTBED = "gpu-bridge/testbed";
const MIB = 2 ** 20;
/** What is made and committed: weights, what torch computed of them, drawings, reports. */
const FOLDERS = ["tiny-world", "traces", "atlas", "golden", "results"];

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(TESTBED, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name)),
);
const sizes = files.map((file) => statSync(file).size);

test("no file of the testbed is larger than a repository bears", () => {
  expect(files.filter((_, at) => (sizes[at] ?? 0) >= 16 * MIB)).toEqual([]);
});

test("weights, traces and drawings take 40 MB in all at most", () => {
  expect(files.length).toBeGreaterThan(30);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(40e6);
});
