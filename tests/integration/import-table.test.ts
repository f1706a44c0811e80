import { count, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import type { DbHandle } from "@/db/client";
import { pairs, patterns, promptSets } from "@/db/schema";
import { csvLine } from "@/server/core/csv";
import { runImport } from "@/server/import/run-import";
import { ImportCounts } from "@/server/import/schemas";
import { startImport } from "@/server/import/start-import";
import { listPairs } from "@/server/mining/list-pairs";
import type { MemberContext } from "@/server/trpc/context";
import { bringIn, importRow, lookAt } from "../support/bring-in";
import { makeMember } from "../support/make/member";
import { makePattern } from "../support/make/pattern";
import { storageHome } from "../support/storage-home";
import { testDatabase } from "../support/test-database";

storageHome();

let db: DbHandle["db"];

beforeAll(async () => {
  ({ db } = await testDatabase());
});

async function countPairs({ member }: MemberContext): Promise<number> {
  const [row] = await db
    .select({ pairs: count() })
    .from(pairs)
    .where(eq(pairs.projectId, member.projectId));
  return row!.pairs;
}

const noSignal = new AbortController().signal;
const withPattern = (patternId: string) => ({ options: { patternId } });

test("the preview says of every line what will happen, and why", async () => {
  const ctx = await makeMember(db);
  const pattern = await makePattern(db, { ...ctx.member, name: "Vessels" });
  await bringIn(
    ctx,
    "A,B\niced coke,tea cup\nglass of red wine,fish bowl",
    withPattern(pattern.id),
  );
  const text = [
    "concept_a;concept_b;latent;pattern",
    "iced cokes;teacup;;vessels",
    "hot tea;wine glass;tea cup;VESSELS",
    "wine glass;the hot tea;;Vessels",
    "milk;milks;;Vessels",
    "=cmd|x;bowl;;Vessels",
    "soup;jar;;",
    "wine of red glass;fish bowl;;Vessels",
    "ring;jug;;Odd storage",
  ].join("\r\n");
  const { lines, counts, newPatterns, delimiter } = await lookAt(ctx, text);

  expect(delimiter).toBe(";");
  expect(newPatterns).toEqual(["Odd storage"]);
  expect(lines.map(({ line, outcome }) => [line, outcome])).toEqual([
    [2, "duplicate"],
    [3, "add"],
    [4, "duplicate"],
    [5, "wrong"],
    [6, "wrong"],
    [7, "wrong"],
    [8, "add"],
    [9, "add"],
  ]);
  const note = (line: number) => lines.find((row) => row.line === line)?.note;
  expect(note(2)).toBe("The same as iced coke × tea cup in this project");
  expect(note(4)).toBe("The same as hot tea × wine glass in line 3");
  expect(note(5)).toBe("A and B are the same concept");
  expect(note(6)).toContain("spreadsheet formula");
  expect(note(7)).toContain("names no pattern");
  expect(note(8)).toBe("Looks like glass of red wine × fish bowl in this project");
  expect(counts).toMatchObject({ pairs: 3, duplicates: 2, wrong: 3 });
});

test("one wrong line and nothing is imported, not even its new pattern", async () => {
  const ctx = await makeMember(db);
  const text = "A,B,pattern\nmilk,jug,Vessels\nmilk,milk,Vessels\n";

  expect(await bringIn(ctx, text)).toMatchObject({
    state: "failed",
    reason: "Nothing was imported. Line 3: A and B are the same concept.",
  });
  expect(await countPairs(ctx)).toBe(0);
  const made = await db.select().from(patterns).where(eq(patterns.projectId, ctx.member.projectId));
  expect(made).toEqual([]);
});

test.each([
  ["a missing column", "concept_a,where\nmilk,jug", "Line 1"],
  ["a quote never closed", 'A,B,pattern\nmilk,jug,V\n"tea,cup,V\nsoup,jar,V', "Line 3"],
])("%s: the line is named and nothing imported", async (_, text, line) => {
  const ctx = await makeMember(db);
  const { problem } = await lookAt(ctx, text);

  expect(problem).not.toBeNull();
  expect((await bringIn(ctx, text)).reason).toContain(line);
  expect(await countPairs(ctx)).toBe(0);
});

/** Previewed, so that its button may be pressed whenever the test likes. */
async function ready(ctx: MemberContext, text: string, patternId: string) {
  const options = { patternId };
  const { importId, counts } = await lookAt(ctx, text, { options });
  const expected = ImportCounts.parse(counts);
  return async () => {
    await startImport(ctx, { importId, options, expected, withPrompts: false });
    await runImport({ importId }, { db, signal: noSignal });
    return importRow(ctx, importId);
  };
}

test("an import that the project has overtaken since its preview is refused", async () => {
  const ctx = await makeMember(db);
  const pattern = await makePattern(db, ctx.member);
  const text = "A,B\nmilk,jug\nsoup,jar\n";
  const start = await ready(ctx, text, pattern.id);
  const other = await makeMember(db, { projectId: ctx.member.projectId });
  await bringIn(other, "A,B\nmilk,jug\n", withPattern(pattern.id));

  expect(await start()).toMatchObject({
    state: "failed",
    reason: "The project changed since the preview. Look at it again.",
  });
  expect(await countPairs(ctx)).toBe(1);
});

test("two imports of one file at once add its pairs once", async () => {
  const ctx = await makeMember(db);
  const pattern = await makePattern(db, ctx.member);
  const text = "A,B\nmilk,jug\nsoup,jar\n";
  const other = await makeMember(db, { projectId: ctx.member.projectId });
  const starts = [await ready(ctx, text, pattern.id), await ready(other, text, pattern.id)];
  const rows = await Promise.all(starts.map((start) => start()));

  expect(rows.map(({ state }) => state).sort()).toEqual(["done", "failed"]);
  expect(await countPairs(ctx)).toBe(2);
});

test("100,000 rows are previewed and imported whole", async () => {
  const ctx = await makeMember(db);
  const pattern = await makePattern(db, ctx.member);
  const rows = Array.from(
    { length: 100_000 },
    (_, at) => `thing ${at} of kind ${at % 97},box ${at % 1009}`,
  );
  const text = `A,B\n${rows.join("\n")}\n`;
  const { counts, lines, hidden } = await lookAt(ctx, text, withPattern(pattern.id));
  expect(counts).toMatchObject({ pairs: 100_000, duplicates: 0, wrong: 0 });
  expect(lines.length + hidden).toBe(100_000);

  const row = await bringIn(ctx, text, withPattern(pattern.id));
  expect(row).toMatchObject({ state: "done", done: 100_000, total: 100_000 });
  expect(await countPairs(ctx)).toBe(100_000);
}, 120_000);

test("the authors' rows bring their prompts when all five may be drawn", async () => {
  const ctx = await makeMember(db);
  const pattern = await makePattern(db, ctx.member);
  const tails = ["", " now", " now here", " now here again", " now here again today"];
  const good = { A: "lynx", B: "sofa", prompt: tails.map((tail) => `a lynx on a sofa${tail}`) };
  const bad = { A: "owl", B: "desk", prompt: ["an owl on a desk"] };
  const text = JSON.stringify([good, bad]);
  const { lines } = await lookAt(ctx, text, withPattern(pattern.id));
  expect(lines[1]!.note).toBe("Its prompts are kept, but not as a set: 1 prompts; 5 are needed");

  await bringIn(ctx, text, withPattern(pattern.id));
  const { pairs: found } = await listPairs(ctx, {});
  const lynx = found.find(({ a }) => a === "lynx")!;
  expect(lynx).toMatchObject({ promptsState: "done", origin: "import", state: "accepted" });
  const sets = await db
    .select()
    .from(promptSets)
    .where(eq(promptSets.projectId, ctx.member.projectId));
  expect(sets).toMatchObject([{ pairId: lynx.id, number: 1 }]);
});

test("what our own CSV neutralised is imported as it was", async () => {
  const ctx = await makeMember(db);
  const pattern = await makePattern(db, ctx.member);
  const text = csvLine(["concept_a", "concept_b"]) + csvLine(["=SUM(A1) sign", 'say "hi", jug']);
  await bringIn(ctx, text, withPattern(pattern.id));

  const { pairs: found } = await listPairs(ctx, {});
  expect(found).toMatchObject([{ a: "=SUM(A1) sign", b: 'say "hi", jug' }]);
});

test("no pair goes into a pattern that nobody approved; a merged one stands in the other's name", async () => {
  const ctx = await makeMember(db);
  const kept = await makePattern(db, { ...ctx.member, name: "Kept" });
  for (const [name, change] of [
    ["Gone", { state: "merged", mergedIntoId: kept.id }],
    ["Proposed", { state: "proposed" }],
  ] as const) {
    const { id } = await makePattern(db, { ...ctx.member, name });
    await db.update(patterns).set(change).where(eq(patterns.id, id));
  }
  const { lines } = await lookAt(ctx, "A,B,pattern\nmilk,jug,Proposed\n");
  expect(lines[0]).toMatchObject({
    outcome: "wrong",
    note: "The pattern Proposed is not approved yet",
  });

  await bringIn(ctx, "A,B,pattern\nmilk,jug,Gone\n");
  const [pair] = await db.select().from(pairs).where(eq(pairs.projectId, ctx.member.projectId));
  expect(pair!.patternId).toBe(kept.id);
});
