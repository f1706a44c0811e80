import { count, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import type { DbHandle } from "@/db/client";
import { pairs, patterns, promptSets } from "@/db/schema";
import { csvLine } from "@/server/core/csv";
import { importPairs } from "@/server/mining/import-pairs";
import { listPairs } from "@/server/mining/list-pairs";
import { previewImport } from "@/server/mining/preview-import";
import type { MemberContext } from "@/server/trpc/context";
import { makeMember } from "../support/make/member";
import { makePattern } from "../support/make/pattern";
import { testDatabase } from "../support/test-database";

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

const bringIn = (ctx: MemberContext, text: string, expectedPairs: number, patternId?: string) =>
  importPairs(ctx, { text, patternId, expectedPairs, withPrompts: false });

test("the preview says of every line what will happen, and why", async () => {
  const ctx = await makeMember(db);
  const pattern = await makePattern(db, { ...ctx.member, name: "Vessels" });
  await bringIn(ctx, "A,B\niced coke,tea cup\nglass of red wine,fish bowl", 2, pattern.id);
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
  const { lines, counts, newPatterns, delimiter } = await previewImport(ctx, { text });

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
  expect(counts).toEqual({ add: 3, duplicate: 2, wrong: 3 });
});

test("one wrong line and nothing is imported, not even its new pattern", async () => {
  const ctx = await makeMember(db);
  const text = "A,B,pattern\nmilk,jug,Vessels\nmilk,milk,Vessels\n";

  await expect(bringIn(ctx, text, 1)).rejects.toMatchObject({
    code: "INVALID",
    message: "Nothing was imported. Line 3: A and B are the same concept.",
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
  const { problem } = await previewImport(ctx, { text });

  expect(problem).not.toBeNull();
  await expect(bringIn(ctx, text, 1)).rejects.toMatchObject({
    message: expect.stringContaining(line),
  });
  expect(await countPairs(ctx)).toBe(0);
});

test("an import that the project has overtaken since its preview is refused", async () => {
  const ctx = await makeMember(db);
  const pattern = await makePattern(db, ctx.member);
  const text = "A,B\nmilk,jug\nsoup,jar\n";
  const { counts } = await previewImport(ctx, { text, patternId: pattern.id });
  await bringIn(ctx, "A,B\nmilk,jug\n", 1, pattern.id);

  await expect(bringIn(ctx, text, counts.add, pattern.id)).rejects.toMatchObject({
    code: "CONFLICT",
  });
  expect(await countPairs(ctx)).toBe(1);
});

test("two imports of one file at once add its pairs once", async () => {
  const ctx = await makeMember(db);
  const pattern = await makePattern(db, ctx.member);
  const text = "A,B\nmilk,jug\nsoup,jar\n";
  const outcomes = await Promise.allSettled([
    bringIn(ctx, text, 2, pattern.id),
    bringIn(ctx, text, 2, pattern.id),
  ]);

  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
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
  const { counts, lines, hidden } = await previewImport(ctx, { text, patternId: pattern.id });
  expect(counts).toEqual({ add: 100_000, duplicate: 0, wrong: 0 });
  expect(lines.length + hidden).toBe(100_000);

  await bringIn(ctx, text, 100_000, pattern.id);
  expect(await countPairs(ctx)).toBe(100_000);
}, 120_000);

test("the authors' rows bring their prompts when all five may be drawn", async () => {
  const ctx = await makeMember(db);
  const pattern = await makePattern(db, ctx.member);
  const tails = ["", " now", " now here", " now here again", " now here again today"];
  const good = { A: "lynx", B: "sofa", prompt: tails.map((tail) => `a lynx on a sofa${tail}`) };
  const bad = { A: "owl", B: "desk", prompt: ["an owl on a desk"] };
  const text = JSON.stringify([good, bad]);
  const { lines } = await previewImport(ctx, { text, patternId: pattern.id });
  expect(lines[1]!.note).toContain("Its prompts are left out: 1 prompts; 5 are needed");

  await bringIn(ctx, text, 2, pattern.id);
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
  await bringIn(ctx, text, 1, pattern.id);

  const { pairs: found } = await listPairs(ctx, {});
  expect(found).toMatchObject([{ a: "=SUM(A1) sign", b: 'say "hi", jug' }]);
});
