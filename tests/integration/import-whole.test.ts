import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { count, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { decisions, imports, pairs, patterns, prompts, reportedLevels } from "@/db/schema";
import { sweepFiles } from "@/server/generation/sweep";
import { cancelImport } from "@/server/import/cancel-import";
import { importPath } from "@/server/import/import-path";
import { runImport } from "@/server/import/run-import";
import { ImportCounts } from "@/server/import/schemas";
import { startImport } from "@/server/import/start-import";
import { sweepImports } from "@/server/import/sweep-imports";
import type { MemberContext } from "@/server/trpc/context";
import { bringIn, importRow, lookAt, send } from "@/tests/support/bring-in";
import { makeMember } from "@/tests/support/make/member";
import { makePng } from "@/tests/support/make-png";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";
import { writeZip } from "@/tests/support/write-zip";

const home = storageHome();
const { db, sql } = await testDatabase();
const job = { db, signal: new AbortController().signal };

// So many that the kill finds it under way, also when this process is slow to see how far it is.
const ROWS = 8000;
const TABLE = [
  "A,B,pattern,generator,level",
  ...Array.from(
    { length: ROWS },
    (_, at) => `thing ${at},box ${at},Pattern ${at % 7},Other,${(at % 5) + 1}`,
  ),
].join("\n");

/** Rows of the project in every table that an import writes to. */
async function written({ member }: MemberContext): Promise<number[]> {
  const tables = [pairs, patterns, prompts, reportedLevels, decisions];
  const counts = tables.map(async (table) => {
    const [row] = await db
      .select({ rows: count() })
      .from(table)
      .where(eq(table.projectId, member.projectId));
    return row!.rows;
  });
  return Promise.all(counts);
}

async function confirmed(ctx: MemberContext, content: string | Buffer, fileName = "pairs.csv") {
  const { importId, counts } = await lookAt(ctx, content, { fileName });
  const expected = ImportCounts.parse(counts);
  await startImport(ctx, { importId, options: {}, expected, withPrompts: false });
  return importId;
}

/** Kills the process that imports as soon as its row says that so many lines are in. */
async function killAfter(ctx: MemberContext, importId: string, lines: number): Promise<void> {
  const child = spawn(process.execPath, [
    "--import",
    "tsx",
    "tests/support/run-import-process.ts",
    importId,
  ]);
  const exited = once(child, "exit");
  await expect
    .poll(async () => (await importRow(ctx, importId)).done, { timeout: 60_000, interval: 5 })
    .toBeGreaterThanOrEqual(lines);
  child.kill("SIGKILL");
  await exited;
  // The server notices the lost connection by itself; until then its transaction is only not over.
  await expect
    .poll(
      async () =>
        (
          await sql`select from pg_locks where relation = 'pair'::regclass and mode = 'RowExclusiveLock'`
        ).length,
      { timeout: 20_000 },
    )
    .toBe(0);
}

test("an import killed half-way has left nothing, and the next run brings in all of it", async () => {
  const ctx = await makeMember(db);
  const before = await written(ctx);
  const importId = await confirmed(ctx, TABLE);
  for (const lines of [1, ROWS / 4]) {
    await killAfter(ctx, importId, lines);
    expect(await importRow(ctx, importId)).toMatchObject({ state: "running", result: null });
    expect(await written(ctx)).toEqual(before);
  }

  await runImport({ importId }, job);
  expect(await importRow(ctx, importId)).toMatchObject({ state: "done", done: ROWS, total: ROWS });
  expect((await written(ctx))[0]).toBe(ROWS);
  expect((await written(ctx))[3]).toBe(ROWS);

  const after = await written(ctx);
  await runImport({ importId }, job);
  expect(await written(ctx)).toEqual(after);
}, 180_000);

test("an import cancelled while it runs leaves nothing, neither rows nor its file", async () => {
  const ctx = await makeMember(db);
  const before = await written(ctx);
  const importId = await confirmed(ctx, TABLE);
  const running = runImport({ importId }, job);
  await expect
    .poll(async () => (await importRow(ctx, importId)).state, { interval: 5 })
    .toBe("running");
  await cancelImport(ctx, { importId });
  await running;

  expect((await importRow(ctx, importId)).state).toBe("cancelled");
  expect(await written(ctx)).toEqual(before);
  expect(await readdir(join(home, "imports"))).not.toContain(importId);
  await expect(cancelImport(ctx, { importId })).rejects.toMatchObject({ code: "CONFLICT" });
});

test("a second press of the button starts nothing, and the rows say what came in", async () => {
  const ctx = await makeMember(db);
  const { importId, counts } = await lookAt(ctx, "A,B,pattern\nmilk,jug,Vessels\n");
  const request = {
    importId,
    options: {},
    expected: ImportCounts.parse(counts),
    withPrompts: false,
  };
  await startImport(ctx, request);
  await startImport(ctx, request);
  const queued =
    await sql`select from pgboss.job where name = 'import.run' and data ->> 'importId' = ${importId}`;

  expect(queued).toHaveLength(1);
});

test("every pair and prompt set that came in stands in the log with its id", async () => {
  const ctx = await makeMember(db);
  const tails = ["", " now", " now here", " now here again", " now here again today"];
  const rows = [
    {
      A: "lynx",
      B: "sofa",
      pattern: "Cats",
      prompt: tails.map((tail) => `a lynx on a sofa${tail}`),
    },
  ];
  await bringIn(ctx, JSON.stringify(rows));

  const log = await db
    .select()
    .from(decisions)
    .where(eq(decisions.projectId, ctx.member.projectId))
    .orderBy(decisions.seq);
  const [pair] = await db.select().from(pairs).where(eq(pairs.projectId, ctx.member.projectId));
  expect(log.map(({ action }) => action)).toEqual([
    "pattern.create",
    "pairs.import",
    "import.finish",
  ]);
  expect(log[1]!.payload).toMatchObject({
    pairs: [{ id: pair!.id, a: "lynx", b: "sofa", state: "accepted" }],
    promptSets: [{ pairId: pair!.id, number: 1, texts: rows[0]!.prompt }],
  });
});

test("the images of an import that failed have no row, and the sweep removes their files", async () => {
  const ctx = await makeMember(db);
  const png = makePng({ width: 9, height: 7, paint: (row) => row.fill(99) });
  const entry = { a: "milk", b: "jug", pattern: "V", prompt: "milk in a jug", generator: "Other" };
  const manifest = JSON.stringify([
    { ...entry, file: "good.png" },
    { ...entry, file: "bad.png" },
  ]);
  const archive = writeZip([
    { name: "manifest.json", content: manifest },
    { name: "good.png", content: png },
    { name: "bad.png", content: "no image" },
  ]);
  const importId = await confirmed(ctx, archive, "x.zip");
  await runImport({ importId }, job);
  expect((await importRow(ctx, importId)).reason).toContain("bad.png");
  const left = (await readdir(join(home, "blobs"), { recursive: true })).filter((name) =>
    /[0-9a-f]{64}$/.test(name),
  );
  expect(left).toHaveLength(1);

  const old = new Date(Date.now() - 2 * 3600 * 1000);
  await utimes(join(home, "blobs", left[0]!), old, old);
  await sweepFiles(db, job.signal);
  expect(
    (await readdir(join(home, "blobs"), { recursive: true })).some((name) =>
      /[0-9a-f]{64}$/.test(name),
    ),
  ).toBe(false);
});

test("what was only looked at goes: the earlier file with the next one, all after a day, and cut-off uploads", async () => {
  const ctx = await makeMember(db);
  const first = await send(ctx, "A,B\nmilk,jug\n");
  const second = await send(ctx, "A,B\nmilk,jug\n");
  const there = () => readdir(join(home, "imports"));
  expect(await there()).not.toContain(first);
  expect(await there()).toContain(second);

  await mkdir(join(home, "imports", "tmp"), { recursive: true });
  await writeFile(join(home, "imports", "tmp", "cut-off"), "half");
  const old = new Date(Date.now() - 2 * 3600 * 1000);
  for (const path of [importPath(second), join(home, "imports", "tmp", "cut-off")])
    await utimes(path, old, old);
  await sweepImports({}, job);
  expect(await readdir(join(home, "imports", "tmp"))).toEqual([]);
  expect(await there()).toContain(second);

  await db
    .update(imports)
    .set({ createdAt: new Date(Date.now() - 25 * 3600 * 1000) })
    .where(eq(imports.id, second));
  await sweepImports({}, job);
  expect(await there()).not.toContain(second);
});

test("an import whose job was given up fails with a reason", async () => {
  const ctx = await makeMember(db);
  const importId = await confirmed(ctx, "A,B,pattern\nmilk,jug,Vessels\n");
  await sweepImports({}, job);
  expect((await importRow(ctx, importId)).state).toBe("queued");

  await sql`update pgboss.job set state = 'failed' where state < 'completed'`;
  await sweepImports({}, job);
  expect(await importRow(ctx, importId)).toMatchObject({
    state: "failed",
    reason: expect.stringContaining("Import it again"),
  });
});
