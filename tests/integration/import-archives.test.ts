import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { blobs, images, pairs, renders } from "@/db/schema";
import { pairDetail } from "@/server/mining/pair-detail";
import { bringIn, lookAt } from "@/tests/support/bring-in";
import { makeMember } from "@/tests/support/make/member";
import { makePng } from "@/tests/support/make-png";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";
import { type Packed, writeZip } from "@/tests/support/write-zip";

const home = storageHome();
const { db } = await testDatabase();

const png = makePng({ width: 8, height: 8, paint: (row, y) => row.fill(y * 20) });
const ENTRY = { file: "one.png", a: "milk", b: "jug", prompt: "milk in a jug", generator: "Other" };
const manifest = (entries: object[] = [ENTRY]): Packed => ({
  name: "manifest.json",
  content: JSON.stringify(entries.map((entry) => ({ pattern: "Vessels", ...entry }))),
});
const one: Packed = { name: "one.png", content: png };

/** Files that anything was unpacked into. */
async function filesMade(): Promise<string[]> {
  const found = await readdir(home, { recursive: true, withFileTypes: true });
  const paths = found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return paths.filter((path) => !path.startsWith(join(home, "imports")));
}

const zeros = new Uint8Array(8 * 1024 * 1024);

test.each<[string, Packed[], RegExp]>([
  [
    "a path that leads out",
    [manifest(), { name: "../one.png", content: png }],
    /invalid relative path|leads out/,
  ],
  [
    "a path deep inside that leads out",
    [manifest(), { name: "a/../../one.png" }],
    /relative path|leads out/,
  ],
  ["an absolute path", [manifest(), { name: "/etc/one.png" }], /absolute path/],
  ["a drive letter", [manifest(), { name: "C:/one.png" }], /absolute path/],
  ["a backslash", [manifest(), { name: "a\\one.png" }], /invalid characters|backslash/],
  ["a NUL in a name", [manifest(), { name: "one.png\u0000.txt" }], /control character/],
  ["a mark that turns a name", [manifest(), { name: "one\u202Egnp.exe" }], /direction of reading/],
  ["an empty part", [manifest(), { name: "a//one.png" }], /empty part/],
  [
    "a symbolic link",
    [manifest(), { name: "one.png", content: "/etc/passwd", mode: 0o120777 }],
    /link/,
  ],
  ["a device", [manifest(), { name: "one.png", mode: 0o020666 }], /device/],
  ["encryption", [manifest(), { ...one, deflate: true, flags: 1 }], /encrypted/],
  ["strong encryption", [manifest(), { ...one, flags: 0x41 }], /encryption/],
  ["an unknown method", [manifest(), { ...one, method: 14 }], /not known here/],
  ["an archive within", [manifest(), { name: "more.zip", content: "PK" }], /archive within/],
  ["one name twice", [manifest(), one, one], /twice/],
  ["names that differ by case", [manifest(), one, { ...one, name: "One.PNG" }], /twice/],
  [
    "names that differ by accents",
    [manifest(), { name: "é.png" }, { name: "e\u0301.png" }],
    /twice/,
  ],
  ["a bomb", [manifest(), { name: "zeros.png", content: zeros, deflate: true }], /bomb/],
  [
    "one file's bytes under two names",
    [manifest(), one, sharing()],
    /says two things|shares its bytes/,
  ],
  [
    "a local name of its own",
    [manifest(), { ...one, claims: { localName: "two.png" } }],
    /says two things/,
  ],
  [
    "a stored size that lies",
    [manifest(), { ...one, claims: { uncompressed: 9 } }],
    /size mismatch/,
  ],
])("an archive with %s is refused before anything is unpacked", async (_, files, reason) => {
  const ctx = await makeMember(db);
  const before = await filesMade();

  await expect(lookAt(ctx, writeZip(files), { fileName: "x.zip" })).rejects.toMatchObject({
    code: "INVALID",
    message: expect.stringMatching(reason),
  });
  expect(await filesMade()).toEqual(before);
});

/** Same name length, so that both headers are readable; the local one bears the first name. */
function sharing(): Packed {
  return { ...one, name: "two.png", sharesWith: 1 };
}

test.each([
  ["a million entries, declared and there", 1_000_000, true],
  ["a million entries that are only declared", 1_000_000, false],
])("%s are refused at once, without reading them", async (_, entries, areThere) => {
  const ctx = await makeMember(db);
  const many = areThere ? Array.from({ length: 30_000 }, (_, at) => ({ name: `${at}` })) : [one];
  const archive = writeZip(many, { entries });
  const before = performance.now();

  await expect(lookAt(ctx, archive, { fileName: "x.zip" })).rejects.toMatchObject({
    message: expect.stringContaining("1000000 entries; 200000 are the most"),
  });
  expect(performance.now() - before).toBeLessThan(2000);
});

test("an entry that unpacks to more than it says ends the import, and nothing is left in the project", async () => {
  const ctx = await makeMember(db);
  const liar: Packed = { ...one, deflate: true, claims: { uncompressed: png.length - 1 } };

  const row = await bringIn(ctx, writeZip([manifest(), liar]), { fileName: "x.zip" });

  expect(row).toMatchObject({ state: "failed", reason: expect.stringMatching(/too many bytes/) });
  expect(await db.select().from(pairs).where(eq(pairs.projectId, ctx.member.projectId))).toEqual(
    [],
  );
});

test("an entry whose bytes are not those it was packed from is damaged", async () => {
  const ctx = await makeMember(db);
  const archive = writeZip([manifest(), { ...one, claims: { crc: 7 } }]);

  expect((await bringIn(ctx, archive, { fileName: "x.zip" })).reason).toContain(
    "one.png is damaged",
  );
});

test.each<[string, Buffer | string, RegExp]>([
  ["a text named .png", "<svg xmlns='http://www.w3.org/2000/svg'/>", /no PNG, JPEG or WebP/],
  ["nothing", "", /empty/],
  ["half a picture", png.subarray(0, png.length - 30), /cannot be decoded/],
])("%s is no image: the file is named and nothing comes in", async (_, content, reason) => {
  const ctx = await makeMember(db);
  const archive = writeZip([manifest(), { name: "one.png", content }]);

  const row = await bringIn(ctx, archive, { fileName: "x.zip" });

  expect(row.state).toBe("failed");
  expect(row.reason).toMatch(/^Nothing was imported. one.png: /);
  expect(row.reason).toMatch(reason);
  expect(await db.select().from(images).where(eq(images.projectId, ctx.member.projectId))).toEqual(
    [],
  );
});

test.each<[string, Packed[], string]>([
  ["names a file that is not there", [manifest()], "There is no file one.png in the archive"],
  ["names a file twice", [manifest([ENTRY, ENTRY]), one], "one.png is named twice"],
  [
    "leaves out the generator",
    [manifest([{ ...ENTRY, generator: "" }]), one],
    "generator is missing",
  ],
  [
    "gives a verdict that is none",
    [manifest([{ ...ENTRY, verdict: "yes" }]), one],
    "verdict is missing or cannot",
  ],
])("a manifest that %s is shown with its line", async (_, files, note) => {
  const ctx = await makeMember(db);
  const { lines, counts } = await lookAt(ctx, writeZip(files), { fileName: "x.zip" });

  expect(counts.wrong).toBe(1);
  expect(lines[0]).toMatchObject({
    line: 1,
    outcome: "wrong",
    note: expect.stringContaining(note),
  });
});

test("an archive without a manifest says what is missing", async () => {
  const ctx = await makeMember(db);

  await expect(lookAt(ctx, writeZip([one]), { fileName: "x.zip" })).rejects.toMatchObject({
    message: expect.stringContaining("no manifest.json"),
  });
});

test("images come in byte for byte under their own hash, as a generator that nobody can ask", async () => {
  const ctx = await makeMember(db);
  const row = await bringIn(ctx, writeZip([manifest(), one]), { fileName: "x.zip" });

  expect(row).toMatchObject({ state: "done", result: { pairs: 1, images: 1, grids: 0 } });
  const [image] = await db
    .select({ seed: images.seed, bytes: blobs.bytes, mime: blobs.mime, render: renders })
    .from(images)
    .innerJoin(blobs, eq(blobs.sha256, images.sha256))
    .innerJoin(renders, eq(renders.id, images.renderId))
    .where(eq(images.projectId, ctx.member.projectId));
  expect(image).toMatchObject({
    seed: 0,
    bytes: png.length,
    mime: "image/png",
    render: {
      endpointName: "imported",
      state: "done",
      input: { imported: true, seedsKnown: false },
    },
  });
});

test("images that are no grid are shown on the pair's page with what others report, never among our Levels", async () => {
  const ctx = await makeMember(db);
  const judged = {
    ...ENTRY,
    date: "2023-10-01",
    raters: "two of us",
    verdict: "incorrect",
    level: 5,
  };
  await bringIn(ctx, writeZip([manifest([judged]), one]), { fileName: "x.zip" });
  const [pair] = await db.select().from(pairs).where(eq(pairs.projectId, ctx.member.projectId));
  const { sheets, broughtIn } = await pairDetail(ctx, pair!.id);

  expect(sheets).toEqual([]);
  expect(broughtIn.shownImages).toMatchObject([
    { prompt: "milk in a jug", generator: "Other (imported)" },
  ]);
  const provenance = { generator: "Other", ratedOn: "2023-10-01", raters: "two of us" };
  expect(broughtIn.reported).toMatchObject([
    { ...provenance, level: 5, correct: null },
    { ...provenance, level: null, correct: 0, rated: 1 },
  ]);
});
