import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { and, asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { levels, methodInputs, pairs, prompts, reportedLevels } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { bringIn, lookAt } from "@/tests/support/bring-in";
import { makeMember } from "@/tests/support/make/member";
import { makePattern } from "@/tests/support/make/pattern";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();

const fixture = (name: string) => readFile(join(import.meta.dirname, "../fixtures/import", name));

/** Brings a golden file into a project of its own. */
async function fromFixture(fileName: string, options: Parameters<typeof bringIn>[2] = {}) {
  const ctx = await makeMember(db);
  const pattern = await makePattern(db, ctx.member);
  const given = { fileName, options: { patternId: pattern.id, ...options.options } };
  const content = await fixture(fileName);
  const preview = await lookAt(ctx, content, given);
  return { ctx, preview, row: await bringIn(ctx, content, given) };
}

const textsOf = ({ member }: MemberContext, kind: "free" | "scene") =>
  db
    .select({ text: prompts.text, pairId: prompts.pairId })
    .from(prompts)
    .where(and(eq(prompts.projectId, member.projectId), eq(prompts.kind, kind)))
    .orderBy(asc(prompts.id));

const reportsOf = ({ member }: MemberContext) =>
  db
    .select()
    .from(reportedLevels)
    .where(eq(reportedLevels.projectId, member.projectId))
    .orderBy(asc(reportedLevels.id));

const DATASET = "173_level5_experiment_data_6patterns.json";

test.each([DATASET, "viewer-rows.json"])(
  "%s: five prompts that may be drawn are a set, others are kept and said to be none",
  async (fileName) => {
    const { ctx, preview, row } = await fromFixture(fileName);

    expect(preview.format).toBe("rows");
    expect(preview.lines.map(({ note }) => note)).toEqual([
      null,
      "Its prompts are kept, but not as a set: 2 prompts; 5 are needed",
      "Its prompts are kept, but not as a set: 1 prompts; 5 are needed",
    ]);
    expect(row).toMatchObject({ state: "done", result: { pairs: 3, promptSets: 1, prompts: 3 } });
    expect(await textsOf(ctx, "scene")).toHaveLength(5);
    expect((await textsOf(ctx, "free")).every(({ pairId }) => pairId !== null)).toBe(true);
  },
);

test("a file's name only suggests its Levels; without a person's word nothing is reported", async () => {
  const { ctx, preview } = await fromFixture(DATASET);

  expect(preview.suggested).toMatchObject({
    level: 5,
    generator: "Midjourney",
    ratedOn: "2023-10-01",
  });
  expect(await reportsOf(ctx)).toEqual([]);
});

test("what a person confirms is reported of every pair, unknown raters stay unknown, and no Level of ours appears", async () => {
  const reported = { level: 5, generator: "Midjourney", ratedOn: "2023-10-01", raters: null };
  const { ctx } = await fromFixture(DATASET, { options: { reported } });

  const found = await reportsOf(ctx);
  expect(found).toHaveLength(3);
  expect(found[0]).toMatchObject({ ...reported, correct: null, rated: null, sourceFile: DATASET });
  expect(await db.select().from(levels).where(eq(levels.projectId, ctx.member.projectId))).toEqual(
    [],
  );
});

test("the authors' prompt.json brings the pair, its prompt, the order and the descriptions", async () => {
  const { ctx, row } = await fromFixture("prompt.json");

  expect(row.result).toMatchObject({ pairs: 1, prompts: 1, methodInputs: 2 });
  expect(await textsOf(ctx, "free")).toMatchObject([{ text: "a tea cup of iced coke" }]);
  const inputs = await db
    .select()
    .from(methodInputs)
    .where(eq(methodInputs.projectId, ctx.member.projectId))
    .orderBy(asc(methodInputs.id));
  expect(inputs).toMatchObject([
    { kind: "moce_order", source: "human", content: { first: "a" } },
    {
      kind: "descriptions",
      content: {
        a: "Small, handle-equipped ceramic vessel.",
        b: "A dark brown liquid containing ice cubes.",
      },
    },
  ]);
});

test("a plain list is prompts without a pair, each once", async () => {
  const { ctx, preview, row } = await fromFixture("prompts.txt");

  expect(preview.format).toBe("prompts");
  expect(preview.lines.map(({ line, outcome }) => [line, outcome])).toEqual([
    [1, "prompt"],
    [3, "prompt"],
    [4, "duplicate"],
  ]);
  expect(row.result).toMatchObject({ pairs: 0, prompts: 2 });
  expect(await textsOf(ctx, "free")).toMatchObject([{ pairId: null }, { pairId: null }]);
});

test("the same list is pairs when a person says so, and a line that is none is named", async () => {
  const { preview, row } = await fromFixture("pairs.txt", { options: { lines: "pairs" } });

  expect(preview.counts).toMatchObject({ pairs: 3, wrong: 1 });
  expect(row.reason).toContain("Line 4: “milk, jug, table” is not two concepts");
});

test("a table's Levels come with their generator, date and raters, all of one pair together", async () => {
  const { ctx, row } = await fromFixture("levels.csv");

  expect(row.result).toMatchObject({ pairs: 2, reported: 2 });
  const none = { correct: null, rated: null };
  expect(await reportsOf(ctx)).toMatchObject([
    { generator: "Midjourney", ratedOn: "2023-10-01", raters: "3 experts", level: 5, ...none },
    { generator: "Midjourney 6", ratedOn: null, raters: null, level: 4, correct: 3, rated: 20 },
  ]);
});

test("Levels of a pair that is there are added to it, and importing them again adds none", async () => {
  const { ctx } = await fromFixture("levels.csv");
  const content = await fixture("levels.csv");
  const again = await lookAt(ctx, content, { fileName: "levels.csv" });
  expect(again.counts).toMatchObject({ pairs: 0, duplicates: 2, reported: 0 });

  const more = "A,B,pattern,generator,level\niced coke,tea cup,Vessels,SDXL,3\n";
  expect((await bringIn(ctx, more)).result).toMatchObject({ pairs: 0, reported: 1 });
  expect(await reportsOf(ctx)).toHaveLength(3);
});

test("headers first and second with another delimiter name a pair too", async () => {
  const { ctx, row } = await fromFixture("first-second.csv");

  expect(row.result).toMatchObject({ pairs: 1 });
  const found = await db.select().from(pairs).where(eq(pairs.projectId, ctx.member.projectId));
  expect(found).toMatchObject([
    { conceptA: "lynx", conceptB: "sofa", latent: "cat", stage: "prompts" },
  ]);
});
