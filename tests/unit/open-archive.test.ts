import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, onTestFinished, test } from "vitest";
import { MOST_ENTRIES } from "@/server/import/domain/check-entries";
import { openArchive } from "@/server/import/open-archive";
import { writeZip } from "@/tests/support/write-zip";

const MIB = 1024 * 1024;
// More than 1,000 full grids and their manifest.
const ENTRIES = 24_000;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
function heldBytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function packImages(count: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "teacup-entries-"));
  const path = join(folder, "images.zip");
  const files = Array.from({ length: count }, (_, at) => ({
    name: `images/generator/grid-${Math.floor(at / 20)}/image-${at}.png`,
    content: "x",
  }));
  await writeFile(path, writeZip(files));
  return path;
}

test("an open archive holds little of each entry: the most that may be in one fit into 300 MB", async () => {
  const path = await packImages(ENTRIES);
  const before = heldBytes();
  const archive = await openArchive(path);
  const perEntry = (heldBytes() - before) / ENTRIES;
  const files = archive.names.length;
  await archive[Symbol.asyncDispose]();
  await rm(join(path, ".."), { recursive: true });

  expect(files).toBe(ENTRIES);
  expect(perEntry * MOST_ENTRIES).toBeLessThan(300 * MIB);
}, 60_000);

test.each([
  ["no zip at all", () => Buffer.from("PK, and no more of a zip than that".repeat(10))],
  ["cut off", () => writeZip([{ name: "a.png", content: "x".repeat(100) }]).subarray(0, 60)],
])("a file that is %s is refused in words that say what to do", async (_, content) => {
  const folder = await mkdtemp(join(tmpdir(), "teacup-broken-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "broken.zip");
  await writeFile(path, content());

  await expect(openArchive(path)).rejects.toThrow(
    "This archive cannot be read: it is no zip archive, or its end is missing. Choose the file again, or pack it anew.",
  );
});
