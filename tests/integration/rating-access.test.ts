import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { MemberContext } from "@/server/trpc/context";
import { createCaller } from "@/server/trpc/router";
import { claimSitting } from "@/tests/support/claim";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { makeProject } from "@/tests/support/make/project";
import { verdictEvent } from "@/tests/support/rate";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
const project = await makeProject(db);
const grid = await makeGrid(db, { projectId: project.id });
const elsewhere = await makeProject(db);
const expert = await makeMember(db, { projectId: project.id, role: "expert" });
const foreigner = await makeMember(db, { projectId: elsewhere.id, role: "expert" });
const colleague = await makeMember(db, { projectId: project.id, role: "owner" });

const callerOf = ({ viewer }: MemberContext) =>
  createCaller({ db, viewer, bearerToken: null, address: null });
const sittingId = await claimSitting(expert);

const NOT_FOUND = { code: "NOT_FOUND" };

test("an expert of another project is told that there is no such project", async () => {
  const rating = callerOf(foreigner).rating;

  await expect(rating.next({ project: project.slug })).rejects.toMatchObject(NOT_FOUND);
  await expect(rating.sitting({ project: project.slug, sittingId })).rejects.toMatchObject(
    NOT_FOUND,
  );
});

test("a foreign sitting stays hidden behind a project of one's own", async () => {
  const rating = callerOf(foreigner).rating;
  const own = { project: elsewhere.slug, sittingId };
  const events = [verdictEvent(grid.imageIds[0]!, 1, "correct")];

  await expect(rating.locate({ sittingId })).rejects.toMatchObject(NOT_FOUND);
  await expect(rating.sitting(own)).rejects.toMatchObject(NOT_FOUND);
  await expect(rating.record({ ...own, events })).rejects.toMatchObject(NOT_FOUND);
  await expect(rating.reopen(own)).rejects.toMatchObject(NOT_FOUND);
  await expect(rating.giveBack(own)).rejects.toMatchObject(NOT_FOUND);
  await expect(rating.cannotJudge({ ...own, reason: "no" })).rejects.toMatchObject(NOT_FOUND);
});

test("a colleague's sitting is as hidden as one that does not exist", async () => {
  const rating = callerOf(colleague).rating;

  const refusals = await Promise.all(
    [sittingId, randomUUID()].map((id) =>
      rating.sitting({ project: project.slug, sittingId: id }).catch((error: Error) => error),
    ),
  );

  expect(refusals[0]).toMatchObject({ ...NOT_FOUND, message: (refusals[1] as Error).message });
});

test("an expert can read the guidelines but neither change them nor see the problems", async () => {
  const rating = callerOf(expert).rating;

  expect(await rating.guidelines({ project: project.slug })).toMatchObject({ version: 0 });
  await expect(
    rating.setGuidelines({ project: project.slug, text: "Mine", basedOn: 0 }),
  ).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(rating.problems({ project: project.slug })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
});

test("the queue counts what is open to this rater and nothing more", async () => {
  expect(await callerOf(expert).rating.queues()).toMatchObject([
    { project: project.slug, done: 0, open: 1, begun: 1, later: 0 },
  ]);
  expect(await callerOf(colleague).rating.queues()).toMatchObject([{ open: 0 }]);
});
