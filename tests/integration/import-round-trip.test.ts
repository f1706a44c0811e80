import { readFile } from "node:fs/promises";
import { asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { gridImages, grids, pairs, patterns, reportedLevels } from "@/db/schema";
import { readPromptSets } from "@/server/mining/pair/read-prompt-sets";
import { exportPath } from "@/server/release/export-path";
import { requestExport } from "@/server/release/request-export";
import { writeExport } from "@/server/release/write-export";
import { replay } from "@/server/replay/replay";
import type { MemberContext } from "@/server/trpc/context";
import { bringIn, lookAt } from "@/tests/support/bring-in";
import { makeExampleProject } from "@/tests/support/make/example-project";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { rateNextGrid } from "@/tests/support/make/rated-grid";
import { readZip } from "@/tests/support/read-zip";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();

/** Two rated pairs, a rejected one and one that waits, in patterns of their own. */
async function project() {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  const rater = await makeMember(db, { projectId, role: "expert", name: "Ann" });
  const robot = await makeMember(db, { projectId, role: "expert", isSimulated: true });
  await makeGrid(db, { projectId, withFiles: true });
  await rateNextGrid(rater, 7);
  await makeGrid(db, { projectId, conceptA: "milk", conceptB: "fish bowl", withFiles: true });
  await rateNextGrid(robot, 0);
  const [pattern] = await db
    .insert(patterns)
    .values({
      projectId,
      name: "Jewelry, odd storage",
      nameKey: "jewelry odd storage",
      definition: "Kept where it is not.",
      category: "traditional",
      phase: 3,
    })
    .returning();
  const common = { projectId, patternId: pattern!.id, phase: 3, origin: "llm" } as const;
  await db.insert(pairs).values([
    {
      ...common,
      conceptA: "ring",
      conceptB: "jug",
      key: "jug|ring",
      state: "rejected",
      reason: "unclear",
      reasonText: "which ring?",
    },
    {
      ...common,
      conceptA: "=SUM(A1)",
      conceptB: 'a "lid", tin',
      key: "x",
      state: "proposed",
      rationale: "seldom seen",
    },
  ]);
  return owner;
}

async function exported(owner: MemberContext) {
  const { exportId } = await requestExport(owner);
  await writeExport({ exportId }, { db, signal: new AbortController().signal });
  const archive = await readFile(exportPath(exportId));
  return { archive, files: readZip(archive) };
}

/** What must come back: pairs with their pattern, state and texts. */
async function contentsOf({ member }: MemberContext) {
  const rows = await db
    .select({ pair: pairs, pattern: patterns })
    .from(pairs)
    .innerJoin(patterns, eq(patterns.id, pairs.patternId))
    .where(eq(pairs.projectId, member.projectId));
  const contents = rows.map(async ({ pair, pattern }) => {
    const sets = await readPromptSets(db, { projectId: member.projectId, pairId: pair.id });
    const { conceptA, conceptB, latent, phase, state, reason, reasonText, rationale } = pair;
    const { name, definition, category } = pattern;
    return {
      pair: { conceptA, conceptB, latent, phase, state, reason, reasonText, rationale },
      pattern: { name, definition, category, phase: pattern.phase },
      prompts: sets.map((set) => set.prompts.map(({ text }) => text)),
    };
  });
  return (await Promise.all(contents)).sort((x, y) => (x.pair.conceptA < y.pair.conceptA ? -1 : 1));
}

const reportsOf = ({ member }: MemberContext) =>
  db
    .select()
    .from(reportedLevels)
    .where(eq(reportedLevels.projectId, member.projectId))
    .orderBy(asc(reportedLevels.correct));

test("pairs.jsonl of an export comes into an empty project as the same pairs, patterns, states, prompts and Levels", async () => {
  const owner = await project();
  const { files } = await exported(owner);
  const other = await makeMember(db);
  const content = files.get("pairs.jsonl")!;
  const { leftOut, format } = await lookAt(other, content, { fileName: "pairs.jsonl" });
  const row = await bringIn(other, content, { fileName: "pairs.jsonl" });

  expect(format).toBe("export");
  expect(row).toMatchObject({
    state: "done",
    result: { pairs: 4, promptSets: 2, prompts: 0, reported: 2 },
  });
  expect(await contentsOf(other)).toEqual(await contentsOf(owner));
  expect(leftOut).toContain("40 images: bring the whole archive to have them too");
  const generator = "Sketch simulator, revision 1";
  expect(await reportsOf(other)).toMatchObject([
    { generator, level: 5, correct: 0, rated: 20, raters: expect.stringMatching(/^simulated, r-/) },
    {
      generator,
      level: 3,
      correct: 7,
      rated: 20,
      raters: expect.stringMatching(/^human, rater, r-/),
    },
  ]);
});

test("the whole archive of an export brings its images too, as grids of a generator that was imported", async () => {
  const owner = await project();
  const { archive } = await exported(owner);
  const other = await makeMember(db);
  const row = await bringIn(other, archive, { fileName: "export.zip" });

  expect(row).toMatchObject({ state: "done", result: { pairs: 4, images: 40, grids: 2 } });
  const seen = await db
    .select({ position: gridImages.position })
    .from(gridImages)
    .innerJoin(grids, eq(grids.id, gridImages.gridId))
    .where(eq(grids.projectId, other.member.projectId));
  expect(seen).toHaveLength(40);
  // Rated here by somebody else, it is a Level of ours, beside what was reported.
  const rater = await makeMember(db, { projectId: other.member.projectId, role: "expert" });
  await rateNextGrid(rater, 1);

  const again = await exported(other);
  const images = [...files(again.files)].filter((name) =>
    name.includes("sketch-simulator-revision-1-imported-r1"),
  );
  expect(images).toHaveLength(40);
});

const files = (found: Map<string, Buffer>) => found.keys();

test("what an import brought in is rebuilt from the log like everything else", async () => {
  const { archive } = await exported(await project());
  const other = await makeExampleProject(db, { withPairs: false });
  await bringIn(other, archive, { fileName: "export.zip" });

  expect((await replay(db, other.member.projectId)).difference).toBeNull();
});

test("importing the same archive again changes nothing", async () => {
  const owner = await project();
  const { archive } = await exported(owner);
  const other = await makeMember(db);
  await bringIn(other, archive, { fileName: "export.zip" });
  const before = await contentsOf(other);
  const row = await bringIn(other, archive, { fileName: "export.zip" });

  expect(row).toMatchObject({ state: "done", result: { pairs: 0, duplicates: 4, reported: 0 } });
  expect(await contentsOf(other)).toEqual(before);
  expect(
    await db.select().from(grids).where(eq(grids.projectId, other.member.projectId)),
  ).toHaveLength(2);
});

test("levels.csv of an export brings each rater's Level, those of people and simulators apart", async () => {
  const owner = await project();
  const exportedFiles = (await exported(owner)).files;
  const other = await makeMember(db);
  const row = await bringIn(other, exportedFiles.get("levels.csv")!, { fileName: "levels.csv" });

  expect(row).toMatchObject({ state: "done", result: { pairs: 2, reported: 2 } });
  expect((await reportsOf(other)).map(({ raters }) => raters?.split(",")[0])).toEqual([
    "simulated",
    "human",
  ]);
});
