import "@/tests/support/web-environment";
import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { decisions, patterns, phases } from "@/db/schema";
import { addPhases } from "@/server/loop/add-phases";
import { openPhase } from "@/server/loop/phases";
import { projectBoard } from "@/server/project/project-board";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { rateNextGrid } from "@/tests/support/make/rated-grid";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

/** Three grids, each of a pattern of its own, in a project with its four phases. */
async function makeSite() {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  await db.transaction((tx) => addPhases(tx, projectId));
  for (const conceptA of ["milk", "wine", "tea"]) await makeGrid(db, { projectId, conceptA });
  const four = async () => {
    const isFourth = and(eq(phases.projectId, projectId), eq(phases.number, 4));
    return (await db.select().from(phases).where(isFourth))[0]!;
  };
  return { owner, projectId, four };
}

test("phase 4 is offered once two approved patterns have a Level 5, with its reason in the log", async () => {
  const { owner, four } = await makeSite();
  await openPhase(owner, { number: 3 });
  await rateNextGrid(owner, 0);
  await rateNextGrid(owner, 3);
  expect((await four()).state).toBe("closed");

  await rateNextGrid(owner, 0);

  const offered = await four();
  expect(offered).toMatchObject({ state: "offered", openedBy: null });
  expect(offered.reason).toMatch(/^“.+” and “.+” have 1 and 1 at Level 5 and can be crossed\.$/);
  const [told] = await db.select().from(decisions).where(eq(decisions.subjectId, offered.id));
  expect(told).toMatchObject({ action: "phase.offer", actorId: null, payload: { number: 4 } });
  expect((await projectBoard(owner)).phases[4]).toMatchObject({ reason: offered.reason });
});

test("it waits for phase 3: opened after the finds, that brings the offer with it", async () => {
  const { owner, four } = await makeSite();
  await rateNextGrid(owner, 0);
  await rateNextGrid(owner, 0);
  expect((await four()).state).toBe("closed");

  await openPhase(owner, { number: 3 });

  expect((await four()).state).toBe("offered");
});

test("a retired pattern and the simulated rater's Levels bring no offer", async () => {
  const { owner, projectId, four } = await makeSite();
  await openPhase(owner, { number: 3 });
  const robot = await makeMember(db, { projectId, name: "Simulated", isSimulated: true });
  await rateNextGrid(robot, 0);
  await rateNextGrid(owner, 0);
  expect((await four()).state).toBe("closed");

  await db.update(patterns).set({ state: "retired" }).where(eq(patterns.projectId, projectId));
  await rateNextGrid(owner, 0);

  expect((await four()).state).toBe("closed");
});
