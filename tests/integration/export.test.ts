import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import Papa from "papaparse";
import { afterAll, expect, test } from "vitest";
import { exportsTable, images, pairs, patterns } from "@/db/schema";
import { sha256 } from "@/server/core/secret";
import { exportPath } from "@/server/release/export-path";
import { requestExport } from "@/server/release/request-export";
import { serveExport } from "@/server/release/serve-export";
import { writeExport } from "@/server/release/write-export";
import { blobPath } from "@/server/storage/blobs";
import { createCaller } from "@/server/trpc/router";
import { bringIn } from "@/tests/support/bring-in";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { rateNextGrid } from "@/tests/support/make/rated-grid";
import { readZip } from "@/tests/support/read-zip";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
const home = await mkdtemp(join(tmpdir(), "teacup-export-"));
process.env.TEACUP_HOME = home;
afterAll(() => rm(home, { recursive: true, force: true }));

const never = new AbortController().signal;

/** A project with two rated pairs: one by a person (7 of 20), one by the simulated rater (0 of 20). */
async function ratedProject() {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  const person = await makeMember(db, { projectId, role: "expert", name: "Ann" });
  const robot = await makeMember(db, { projectId, role: "expert", isSimulated: true });
  const first = await makeGrid(db, { projectId, withFiles: true });
  await rateNextGrid(person, 7);
  const second = await makeGrid(db, {
    projectId,
    conceptA: '=HYPERLINK("x")',
    conceptB: "bucket, tin",
    withFiles: true,
  });
  await rateNextGrid(robot, 0);
  return { owner, person, robot, first, second };
}

type Owner = Awaited<ReturnType<typeof makeMember>>;

async function exported(owner: Owner) {
  const { exportId } = await requestExport(owner);
  await writeExport({ exportId }, { db, signal: never });
  const archive = await readFile(exportPath(exportId));
  return { exportId, archive, files: readZip(archive) };
}

async function patternOf({ member }: Owner) {
  const [pattern] = await db
    .insert(patterns)
    .values({ projectId: member.projectId, name: "Found", nameKey: "found", category: "lcmis" })
    .returning();
  return pattern!.id;
}

async function conceptsOf({ member }: Owner) {
  const found = await db.select().from(pairs).where(eq(pairs.projectId, member.projectId));
  return found.map((pair) => [pair.conceptA, pair.conceptB]).sort();
}

const csv = (file: Buffer | undefined) =>
  Papa.parse<Record<string, string>>(file!.toString(), { header: true, skipEmptyLines: true }).data;

test("an export holds every record, Level, verdict and original, and its manifest's hashes are true", async () => {
  const { owner } = await ratedProject();

  const { files, archive, exportId } = await exported(owner);

  const records = files.get("pairs.jsonl")!.toString().trim().split("\n");
  expect(records.map((line) => JSON.parse(line).levels[0].level)).toEqual([3, 5]);
  expect(csv(files.get("levels.csv"))).toMatchObject([
    { source: "human", correct: "7", rated: "20", level: "3", generator: "Sketch simulator" },
    { source: "simulated", correct: "0", rated: "20", level: "5" },
  ]);
  expect(csv(files.get("verdicts.csv"))).toHaveLength(40);
  expect(JSON.parse(files.get("authors.json")!.toString())[0].prompt).toHaveLength(5);
  const manifest = JSON.parse(files.get("manifest.json")!.toString());
  expect(manifest.files).toHaveLength(files.size - 1);
  for (const { name, bytes, sha256: hash } of manifest.files) {
    expect([name, files.get(name)!.length, sha256(files.get(name)!)]).toEqual([name, bytes, hash]);
  }
  const [row] = await db.select().from(exportsTable).where(eq(exportsTable.id, exportId));
  expect(row).toMatchObject({ state: "done", sha256: sha256(archive), bytes: archive.length });
  expect(row!.done).toBe(row!.total);
});

test("every image of a record lies in the archive with the bytes the generator returned", async () => {
  const { owner } = await ratedProject();

  const { files } = await exported(owner);

  const [record] = files.get("pairs.jsonl")!.toString().split("\n");
  const made = JSON.parse(record!).renders.flatMap(
    (render: { images: { file: string; sha256: string }[] }) => render.images,
  );
  expect(made).toHaveLength(20);
  for (const image of made) expect(sha256(files.get(image.file)!)).toBe(image.sha256);
});

test("each verdict names an image of the archive, and people and simulators stay apart", async () => {
  const { owner, person } = await ratedProject();

  const { files } = await exported(owner);

  const verdicts = csv(files.get("verdicts.csv"));
  for (const { image, sha256: hash } of verdicts) expect(sha256(files.get(image!)!)).toBe(hash);
  const raters = Map.groupBy(verdicts, (row) => row.source);
  expect([...raters.keys()].sort()).toEqual(["human", "simulated"]);
  for (const rows of raters.values()) expect(new Set(rows.map((row) => row.rater)).size).toBe(1);
  const text = [...files].filter(([name]) => !name.startsWith("images/")).join("\n");
  expect(text).not.toContain(person.viewer.accountId);
  expect(text).not.toContain(person.viewer.mail);
});

test("no cell of any CSV starts like a formula", async () => {
  const { owner } = await ratedProject();

  const { files } = await exported(owner);

  for (const [name, file] of files) {
    if (!name.endsWith(".csv")) continue;
    const cells = Papa.parse<string[]>(file.toString()).data.flat();
    expect(cells.filter((cell) => /^[=+\-@\t\r\n]/.test(cell))).toEqual([]);
  }
  expect(files.get("pairs.csv")!.toString()).toContain(`"'=HYPERLINK(""x"")","bucket, tin"`);
});

test("an exported CSV, and the authors' shape, can be imported into another project as the same pairs", async () => {
  const { owner } = await ratedProject();
  const { files } = await exported(owner);

  for (const name of ["pairs.csv", "authors.json"]) {
    const other = await makeMember(db);
    const patternId = await patternOf(other);
    const row = await bringIn(other, files.get(name)!, { options: { patternId } });

    expect(row).toMatchObject({ state: "done", result: { pairs: 2, duplicates: 0 } });
    expect(await conceptsOf(other)).toEqual(await conceptsOf(owner));
  }
});

test("an export cut off and taken up again ends as one whole archive", async () => {
  const { owner } = await ratedProject();
  const { exportId } = await requestExport(owner);
  const stopping = new AbortController();
  stopping.abort();

  await expect(writeExport({ exportId }, { db, signal: stopping.signal })).rejects.toThrow();
  await writeExport({ exportId }, { db, signal: never });
  await writeExport({ exportId }, { db, signal: never });

  const [row] = await db.select().from(exportsTable).where(eq(exportsTable.id, exportId));
  expect(row!.sha256).toBe(sha256(await readFile(exportPath(exportId))));
  expect(await readdir(join(home, "exports", "tmp"))).toEqual([]);
});

test("what a killed worker left half written goes, what another is writing stays", async () => {
  const folder = join(home, "exports", "tmp");
  await mkdir(folder, { recursive: true });
  const [left, live] = [join(folder, "left"), join(folder, "live")];
  for (const path of [left, live]) await writeFile(path, "half");
  const yesterday = new Date(Date.now() - 24 * 3600 * 1000);
  await utimes(left, yesterday, yesterday);

  await exported(await makeMember(db));

  expect(await readdir(folder)).toEqual(["live"]);
  await rm(live);
});

test("two workers that write the same export at once leave a file that fits its hash", async () => {
  const { owner } = await ratedProject();
  const { exportId } = await requestExport(owner);

  await Promise.all([1, 2].map(() => writeExport({ exportId }, { db, signal: never })));

  const [row] = await db.select().from(exportsTable).where(eq(exportsTable.id, exportId));
  expect(row!.sha256).toBe(sha256(await readFile(exportPath(exportId))));
});

test("a missing original fails the export with a reason, and the next one succeeds once it is back", async () => {
  const { owner, first } = await ratedProject();
  const [image] = await db.select().from(images).where(eq(images.id, first.imageIds[0]!));
  const path = blobPath(image!.sha256);
  const bytes = await readFile(path);
  await rm(path);

  const { exportId } = await requestExport(owner);
  await writeExport({ exportId }, { db, signal: never });

  const [row] = await db.select().from(exportsTable).where(eq(exportsTable.id, exportId));
  expect(row).toMatchObject({ state: "failed", reason: expect.stringContaining("missing") });
  await writeFile(path, bytes);
  expect((await exported(owner)).files.size).toBeGreaterThan(40);
});

test("pressing the button twice asks for one export", async () => {
  const owner = await makeMember(db);

  const asked = await Promise.all(Array.from({ length: 8 }, () => requestExport(owner)));

  expect(new Set(asked.map(({ exportId }) => exportId)).size).toBe(1);
});

test("only owners and researchers of the project may ask for, see or download its exports", async () => {
  const { owner, person } = await ratedProject();
  const { exportId, archive } = await exported(owner);
  const colleague = await makeMember(db, {
    projectId: owner.member.projectId,
    role: "researcher",
  });
  const stranger = await makeMember(db);

  const given = await serveExport({ db, viewer: colleague.viewer }, exportId);
  expect(given.headers.get("content-disposition")).toMatch(
    /^attachment; filename="project-.*\.zip"$/,
  );
  expect(given.headers.get("content-length")).toBe(String(archive.length));
  expect(Buffer.from(await given.arrayBuffer()).equals(archive)).toBe(true);

  for (const viewer of [stranger.viewer, person.viewer, null]) {
    const refused = await serveExport({ db, viewer }, exportId);
    expect([refused.status, await refused.text()]).toEqual([404, "No such export"]);
  }
  expect((await serveExport({ db, viewer: owner.viewer }, "../secrets")).status).toBe(404);

  const project = owner.member.slug;
  const callers = [
    { viewer: stranger.viewer, code: "NOT_FOUND" },
    { viewer: person.viewer, code: "FORBIDDEN" },
  ];
  for (const { viewer, code } of callers) {
    const { release } = createCaller({ db, viewer, bearerToken: null, address: null });
    await expect(release.exports({ project })).rejects.toMatchObject({ code });
    await expect(release.requestExport({ project })).rejects.toMatchObject({ code });
    await expect(release.contents({ project })).rejects.toMatchObject({ code });
  }
});
