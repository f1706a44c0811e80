import { expect, test } from "vitest";
import { batches } from "@/db/schema";
import { projectPlots } from "@/server/project/project-plots";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { makePattern } from "@/tests/support/make/pattern";
import { rateNextGrid } from "@/tests/support/make/rated-grid";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

test("yields, Levels and diversity are those of people, and of the simulated rater when asked", async () => {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  const robot = await makeMember(db, { projectId, role: "expert", isSimulated: true });
  for (const conceptA of ["milk", "wine", "tea"]) await makeGrid(db, { projectId, conceptA });
  await rateNextGrid(owner, 0);
  await rateNextGrid(owner, 12);
  await rateNextGrid(robot, 0);

  const people = await projectPlots(owner, { judge: "human" });
  const simulated = await projectPlots(owner, { judge: "simulated" });

  expect(people.rated).toEqual({ human: 2, simulated: 1 });
  expect(people.levels!.distribution).toEqual([
    { level: 1, pairs: 0 },
    { level: 2, pairs: 1 },
    { level: 3, pairs: 0 },
    { level: 4, pairs: 0 },
    { level: 5, pairs: 1 },
    { level: 0, pairs: 0 },
  ]);
  expect(people.levels!.yields.map(({ count, total }) => [count, total])).toEqual([
    [1, 1],
    [0, 1],
  ]);
  expect(people.levels!.diversity).toMatchObject({ pairs: 1, headsA: 1, vendi: 1 });
  expect(simulated.levels!.yields.map(({ count, total }) => [count, total])).toEqual([[1, 1]]);
});

test("the batches of a pattern come in their order, each with its bound", async () => {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  const { id: patternId } = await makePattern(db, { projectId });
  const batch = {
    projectId,
    patternId,
    proposer: "test",
    state: "done",
    asked: 20,
    seed: 1,
  } as const;
  await db.insert(batches).values([
    { ...batch, number: 2, returned: 20, fresh: 6, judged: 20 },
    { ...batch, number: 1, returned: 20, fresh: 19, judged: 20 },
  ]);

  const { novelty } = await projectPlots(owner, { judge: "human" });

  expect(novelty).toHaveLength(1);
  expect(novelty[0]!.batches.map(({ number, share }) => [number, share])).toEqual([
    [1, 0.95],
    [2, 0.3],
  ]);
  expect(novelty[0]!.batches[1]!.atMost).toBeCloseTo(0.442, 3);
});
