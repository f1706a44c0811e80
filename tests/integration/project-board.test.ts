import { and, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import {
  allocations,
  batches,
  generatorRevisions,
  levels,
  pairs,
  patterns,
  proposals,
} from "@/db/schema";
import { addPhases } from "@/server/loop/add-phases";
import { offerPhase } from "@/server/loop/offer-phase";
import { waitFor } from "@/server/loop/wait";
import { listPatterns } from "@/server/mining/list-patterns";
import { listProjects } from "@/server/project/list-projects";
import { projectBoard } from "@/server/project/project-board";
import { recordDecision } from "@/server/project/record-decision";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { makePattern } from "@/tests/support/make/pattern";
import { rateNextGrid } from "@/tests/support/make/rated-grid";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

const countsOf = (figures: { funnel: { label: string; count: number }[] }) =>
  Object.fromEntries(figures.funnel.map((row) => [row.label, row.count]));

test("an empty project's board asks for pairs and shows no estimate", async () => {
  const board = await projectBoard(await makeMember(db));

  expect(board).toMatchObject({ rated: 0, level5: 0, simulated: null, next: "addPairs" });
  expect(board.phases[1].figures.yield).toBeNull();
  expect(board.phases[3].state).toBe("closed");
  expect(board).toMatchObject({ gauge: null, forecast: null });
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

  expect(countsOf(board.phases[1].figures)).toMatchObject({
    Typed: 3,
    Imported: 0,
    Accepted: 3,
    Rated: 2,
    "Level 5": 1,
  });
  expect(board.phases[1].figures.yield).toMatchObject({ count: 1, total: 2, share: 0.5 });
  expect(board).toMatchObject({ rated: 2, level5: 1, next: "render" });
  expect(board.waiting.toRate).toBe(1);
  expect(board.finds).toMatchObject([{ phase: 1, simulated: false }]);
  expect(first.imageIds).toHaveLength(20);
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
  expect(board.phases[1].figures.yield).toBeNull();
  expect(board.phases[3].state).toBe("closed");
  expect(board).toMatchObject({ gauge: null, forecast: null });
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

  expect(countsOf(board.phases[2].figures)).toMatchObject({ Proposed: 2, New: 1, Accepted: 0 });
  expect(board).toMatchObject({ next: "review", waiting: { toReview: 1 } });
  expect(board.phases[2].lastBatch).toMatchObject({
    pattern: "Drinks",
    number: 1,
    returned: 2,
    fresh: 1,
  });
});

test("what the board counts equals a recount of the rows", async () => {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  for (const [index, conceptA] of ["milk", "wine", "tea", "beer", "juice"].entries()) {
    await makeGrid(db, { projectId, conceptA, conceptB: `cup ${index}` });
  }
  for (const correct of [0, 0, 3, 20]) await rateNextGrid(owner, correct);
  await db
    .update(pairs)
    .set({ state: "rejected", reason: "unclear" })
    .where(and(eq(pairs.projectId, projectId), eq(pairs.conceptA, "wine")));

  const board = await projectBoard(owner);

  const [recount] = await db
    .select({
      typed: sql<number>`count(*) filter (where origin = 'human')`.mapWith(Number),
      accepted: sql<number>`count(*) filter (where state = 'accepted')`.mapWith(Number),
    })
    .from(pairs)
    .where(eq(pairs.projectId, projectId));
  const graded = await db
    .select({ level: levels.level })
    .from(levels)
    .where(eq(levels.projectId, projectId));
  expect(countsOf(board.phases[1].figures)).toEqual({
    Typed: recount!.typed,
    Imported: 0,
    Accepted: recount!.accepted,
    Rated: graded.length,
    "Level 5": graded.filter(({ level }) => level === 5).length,
  });
  expect(recount).toEqual({ typed: 5, accepted: 4 });
});

test("the forecast is made of what people took and found, not of the simulated rater", async () => {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  const robot = await makeMember(db, { projectId, role: "expert", isSimulated: true });
  for (let i = 0; i < 6; i++) await makeGrid(db, { projectId, conceptB: `cup ${i}` });
  for (let i = 0; i < 5; i++) await rateNextGrid(robot, 0);
  expect((await projectBoard(owner)).forecast).toBeNull();

  const other = await makeMember(db);
  for (let i = 0; i < 5; i++)
    await makeGrid(db, { projectId: other.member.projectId, conceptB: `cup ${i}` });
  for (let i = 0; i < 5; i++) await rateNextGrid(other, 0);

  const { forecast } = await projectBoard(other);
  expect(forecast).toMatchObject({ grids: 5, waits: 0 });
  expect(forecast!.minutesPerGrid).toBeCloseTo(0.7, 5);
});

test("another revision may be put under test, and its Levels are its own", async () => {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  await makeGrid(db, { projectId });
  await rateNextGrid(owner, 0);
  const [used] = (await projectBoard(owner)).revisions;
  const [base] = await db
    .select()
    .from(generatorRevisions)
    .where(eq(generatorRevisions.id, used!.id));
  const [newer] = await db
    .insert(generatorRevisions)
    .values({
      ...base!,
      id: undefined,
      number: 2,
      contentHash: "b".repeat(64),
      createdAt: new Date(),
    })
    .returning();

  const ofNewer = await projectBoard(owner, { revisionId: newer!.id });
  const ofUsed = await projectBoard(owner, { revisionId: used!.id });

  expect(ofNewer).toMatchObject({ rated: 0, finds: [], revision: { number: 2 } });
  expect(ofUsed).toMatchObject({ rated: 1, level5: 1, revision: { number: 1 } });
});

test("an offered phase is what comes next once nothing else waits", async () => {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  const { pairId } = await makeGrid(db, { projectId });
  await rateNextGrid(owner, 3);
  await db.update(pairs).set({ stage: "rated" }).where(eq(pairs.id, pairId));
  await db.transaction(async (tx) => {
    await addPhases(tx, projectId);
    await offerPhase(tx, { projectId, number: 3, reason: "Drinks ran dry.", evidence: {} });
  });

  const board = await projectBoard(owner);

  expect(board.next).toBe("openPatterns");
  expect(board.phases[3]).toMatchObject({ state: "offered", reason: "Drinks ran dry." });
});

test("suggestions stand with their reasons until somebody takes them", async () => {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  const pattern = await makePattern(db, { projectId, name: `Drinks ${projectId}` });
  const of = { patternId: pattern.id, pairs: 20, share: 0.5, draw: null, reason: "Only 3 rated" };
  const [allocation] = await db
    .insert(allocations)
    .values({
      projectId,
      seed: 1,
      suggestions: [
        { ...of, strategy: "direct" },
        { ...of, strategy: "two_sets" },
      ],
    })
    .returning();
  await db.transaction((tx) =>
    recordDecision(tx, {
      projectId,
      actorId: null,
      action: "allocation.take",
      subjectId: allocation!.id,
      payload: { patternId: pattern.id, strategy: "two_sets" },
    }),
  );

  const { suggestions } = await projectBoard(owner);

  expect(suggestions).toMatchObject({
    allocationId: allocation!.id,
    items: [{ pattern: pattern.name, strategy: "direct", pairs: 20, reason: "Only 3 rated" }],
  });
});

test("what a budget holds asks for the budget, not for a look at an answer", async () => {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  const { id: patternId } = await makePattern(db, { projectId });
  const reason = "The tokens are used up.";
  await db.insert(batches).values({
    projectId,
    patternId,
    number: 1,
    proposer: "test",
    asked: 20,
    seed: 1,
    state: "waiting",
    reason,
    heldBy: "tokens",
  });
  await db.transaction((tx) =>
    waitFor(tx, { projectId, kind: "budget", budget: "tokens" }, reason),
  );
  await makeGrid(db, { projectId });

  const board = await projectBoard(owner);

  expect(board.waiting.stuck).toBe(0);
  expect(board.next).toBe("raiseBudget");
  expect(board.waits).toMatchObject([{ kind: "budget", reason }]);
});

test("a step that a pattern asks before stands on the board with its reason, and is what comes next", async () => {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  const { pairId } = await makeGrid(db, { projectId });
  const [pair] = await db.select().from(pairs).where(eq(pairs.id, pairId));
  const { patternId } = pair!;
  const reason = "1 pair accepted: have their prompts written?";
  await db.transaction(async (tx) => {
    await waitFor(tx, { projectId, kind: "prompts", patternId }, reason);
    await waitFor(tx, { projectId, kind: "rating", patternId }, "1 pair being drawn or rated");
  });

  const board = await projectBoard(owner);
  const listed = await listPatterns(owner);
  const [project] = await listProjects(owner, { archived: false });

  expect(board.asks).toMatchObject([{ step: "prompts", patternId, phase: 2, reason }]);
  expect(board.next).toBe("goOn");
  expect(listed.find(({ id }) => id === patternId)?.asks).toEqual([{ step: "prompts", reason }]);
  expect(project?.waiting).toMatchObject({ asks: 1 });
});
