import { expect, test } from "vitest";
import { batches, pairs, patterns, proposals } from "@/db/schema";
import { projectBoard } from "@/server/project/project-board";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { rateNextGrid } from "@/tests/support/make/rated-grid";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

const countsOf = (figures: { funnel: { label: string; count: number }[] }) =>
  Object.fromEntries(figures.funnel.map((row) => [row.label, row.count]));

test("an empty project's board asks for pairs and shows no estimate", async () => {
  const board = await projectBoard(await makeMember(db));

  expect(board).toMatchObject({ rated: 0, level5: 0, simulated: null, next: "addPairs" });
  expect(board.seeds.yield).toBeNull();
  expect(board.finds).toEqual([]);
});

test("rendered and rated pairs are counted once, and the finds show an image", async () => {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  const first = await makeGrid(db, { projectId, conceptA: "iced coke" });
  await makeGrid(db, { projectId, conceptA: "orange juice" });
  await makeGrid(db, { projectId, conceptA: "milk" });
  await rateNextGrid(owner, 0);
  await rateNextGrid(owner, 12);

  const board = await projectBoard(owner);

  expect(countsOf(board.seeds)).toMatchObject({
    Typed: 3,
    Imported: 0,
    Accepted: 3,
    Rated: 2,
    "Level 5": 1,
  });
  expect(board.seeds.yield).toMatchObject({ count: 1, total: 2, share: 0.5 });
  expect(board).toMatchObject({ rated: 2, level5: 1, next: "render" });
  expect(board.waiting.toRate).toBe(1);
  expect(board.finds).toMatchObject([{ phase: 1, simulated: false }]);
  expect(first.imageIds).toHaveLength(20);
  expect(board.spend).toMatchObject({ tokens: 0, images: 60, raterMs: 84_000 });
  expect(board.activity.filter((item) => item.kind === "level")).toHaveLength(2);
});

test("Levels of the simulated rater are counted apart from those of people", async () => {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  const robot = await makeMember(db, { projectId, role: "expert", isSimulated: true });
  await makeGrid(db, { projectId });
  await rateNextGrid(robot, 0);

  const board = await projectBoard(owner);

  expect(board).toMatchObject({ rated: 0, level5: 0, simulated: { count: 1, total: 1 } });
  expect(board.seeds.yield).toBeNull();
  expect(board.finds).toMatchObject([{ simulated: true }]);
});

test("repeated proposals count as proposed and not as new", async () => {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  const [pattern] = await db
    .insert(patterns)
    .values({
      projectId,
      name: "Drinks",
      nameKey: "drinks",
      category: "lcmis",
      returned: 2,
      fresh: 1,
    })
    .returning();
  const [pair] = await db
    .insert(pairs)
    .values({
      projectId,
      patternId: pattern!.id,
      conceptA: "beer",
      conceptB: "baby bottle",
      key: "baby bottle|beer",
      phase: 2,
      origin: "llm",
      state: "proposed",
    })
    .returning();
  const [batch] = await db
    .insert(batches)
    .values({
      projectId,
      patternId: pattern!.id,
      number: 1,
      proposer: "test",
      state: "done",
      asked: 2,
      returned: 2,
      fresh: 1,
      seed: 1,
    })
    .returning();
  const said = { projectId, batchId: batch!.id, conceptA: "beer", conceptB: "baby bottle" };
  await db.insert(proposals).values([
    { ...said, ordinal: 1, key: pair!.key, outcome: "new", pairId: pair!.id },
    { ...said, ordinal: 2, key: pair!.key, outcome: "duplicate", step: "exact", twinId: pair!.id },
  ]);

  const board = await projectBoard(owner);

  expect(countsOf(board.expand)).toMatchObject({ Proposed: 2, New: 1, Accepted: 0 });
  expect(board).toMatchObject({ next: "review", waiting: { toReview: 1 } });
  expect(board.batchYield).toMatchObject({
    pattern: "Drinks",
    batches: [{ number: 1, returned: 2, fresh: 1 }],
  });
});
