import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { blobs } from "@/db/schema";
import { sweepFiles } from "@/server/generation/sweep";
import { blobPath, findBlob, storeImage } from "@/server/storage/blobs";
import { makePng } from "@/tests/support/make-png";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
const home = storageHome();
const SIZE = { width: 64, height: 64 };
const HOUR_MS = 60 * 60 * 1000;

const sha256 = (data: Buffer) => createHash("sha256").update(data).digest("hex");
const picture = () => {
  const colour = randomBytes(3);
  return makePng({ ...SIZE, paint: (row) => row.fill(colour) });
};
async function* inPieces(data: Buffer) {
  for (let at = 0; at < data.length; at += 1000) yield data.subarray(at, at + 1000);
}
const store = (png: Buffer, announced: { sha256?: string; bytes?: number } = {}) =>
  storeImage(inPieces(png), { sha256: sha256(png), bytes: png.length, size: SIZE, ...announced });
const filesIn = (folder: string) =>
  readdirSync(join(home, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
const makeOld = (name: string) => {
  const then = new Date(Date.now() - 2 * HOUR_MS);
  utimesSync(blobPath(name), then, then);
};

test("an original is stored byte for byte under the hash of its bytes", async () => {
  const png = picture();
  await store(png);

  expect(readFileSync(blobPath(sha256(png)))).toEqual(png);
  expect(await findBlob(sha256(png))).toEqual({ bytes: png.length, ...SIZE });
});

test("the same original is stored once, and no temporary file is left", async () => {
  const png = picture();
  await Promise.all([store(png), store(png), store(png)]);

  expect(filesIn("blobs").filter((name) => name === sha256(png))).toHaveLength(1);
  expect(filesIn("blobs/tmp")).toEqual([]);
});

test.each([
  ["fewer bytes than announced", { bytes: 10 }],
  ["other bytes than announced", { sha256: "0".repeat(64) }],
])("%s are refused and leave nothing", async (_name, announced) => {
  const before = filesIn("blobs");

  await expect(store(picture(), announced)).rejects.toMatchObject({ code: "CONFLICT" });
  expect(filesIn("blobs")).toEqual(before);
});

test("what is not a whole PNG of the asked size is refused with its reason", async () => {
  const png = picture();
  const large = makePng({ width: 65, height: 64, paint: (row) => row.fill(7) });

  await expect(store(Buffer.from("<html>"))).rejects.toThrow("The image is not a PNG");
  await expect(store(Buffer.alloc(0))).rejects.toThrow("The image is empty");
  await expect(store(png.subarray(0, png.length - 20))).rejects.toThrow("cannot be decoded");
  await expect(store(png.subarray(0, 0.9 * png.length))).rejects.toThrow("cannot be decoded");
  await expect(store(large)).rejects.toThrow("Asked for 64x64, got 65x64");
});

test("a name that is not a hash never becomes a path", () => {
  expect(() => blobPath("../../etc/passwd")).toThrow(RangeError);
});

test("the sweep removes old files without rows and nothing else", async () => {
  const [orphan, young, known] = [picture(), picture(), picture()];
  for (const png of [orphan, young, known]) await store(png);
  await db
    .insert(blobs)
    .values({ sha256: sha256(known), bytes: known.length, mime: "image/png", ...SIZE });
  makeOld(sha256(orphan));
  makeOld(sha256(known));
  await sweepFiles(db, AbortSignal.timeout(10_000));

  expect(await findBlob(sha256(orphan))).toBeNull();
  expect(await findBlob(sha256(young))).not.toBeNull();
  expect(await findBlob(sha256(known))).not.toBeNull();
});

test("an old file that is sent again stays for the row about to come", async () => {
  const png = picture();
  await store(png);
  makeOld(sha256(png));
  await store(png);
  await sweepFiles(db, AbortSignal.timeout(10_000));

  expect(await findBlob(sha256(png))).not.toBeNull();
});
