import { expect, test } from "vitest";
import type { MemberContext } from "@/server/trpc/context";
import { createCaller } from "@/server/trpc/router";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { rateNextGrid } from "@/tests/support/make/rated-grid";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
const callerOf = ({ viewer }: MemberContext) =>
  createCaller({ db, viewer, bearerToken: null, address: null });

const owner = await makeMember(db);
const stranger = await makeMember(db);
const project = owner.member.slug;
const { mining } = callerOf(owner);

test("a pattern is named, changed, retired and taken up again", async () => {
  const { id: patternId } = await mining.createPattern({
    project,
    name: "Beverage and incorrect container",
    category: "lcmis",
  });
  await mining.updatePattern({
    project,
    patternId,
    name: "Drink and wrong vessel",
    definition: "A drink in a vessel it is never served in.",
    category: "traditional",
  });
  const stateOf = async () =>
    (await mining.listPatterns({ project })).find((pattern) => pattern.id === patternId);

  expect(await stateOf()).toMatchObject({
    name: "Drink and wrong vessel",
    category: "traditional",
    state: "approved",
  });
  await mining.retirePattern({ project, patternId, retired: true });
  expect(await stateOf()).toMatchObject({ state: "retired" });
  await mining.retirePattern({ project, patternId, retired: false });
  expect(await stateOf()).toMatchObject({ state: "approved" });
});

test("a name that differs by case or spacing alone is refused, also when renaming", async () => {
  await mining.createPattern({ project, name: "Animal coats", category: "lcmis" });
  const { id: patternId } = await mining.createPattern({
    project,
    name: "Jewellery storage",
    category: "lcmis",
  });
  const taken = { name: " animal  COATS ", category: "lcmis" } as const;

  await expect(mining.createPattern({ project, ...taken })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  await expect(
    mining.updatePattern({ project, patternId, definition: "", ...taken }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
});

test("a foreign pattern is not found, not even through a project of one's own", async () => {
  const { id: patternId } = await mining.createPattern({
    project,
    name: "Ours alone",
    category: "lcmis",
  });
  const theirs = callerOf(stranger).mining;
  const change = { patternId, name: "Theirs", definition: "", category: "lcmis" } as const;

  for (const slug of [project, stranger.member.slug]) {
    await expect(theirs.updatePattern({ project: slug, ...change })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(
      theirs.retirePattern({ project: slug, patternId, retired: true }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
});

test("the share at Level 5 of a pattern counts people's Levels alone", async () => {
  const lab = await makeMember(db);
  const { projectId, slug } = lab.member;
  const robot = await makeMember(db, { projectId, role: "expert", isSimulated: true });
  await makeGrid(db, { projectId });
  await rateNextGrid(lab, 0);
  await makeGrid(db, { projectId, conceptA: "milk" });
  await rateNextGrid(robot, 0);

  const listed = await callerOf(lab).mining.listPatterns({ project: slug });

  expect(listed.map((pattern) => pattern.level5?.total ?? 0).sort()).toEqual([0, 1]);
});
