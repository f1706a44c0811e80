import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { decisions, gridImages, pairs, runs } from "@/db/schema";
import { listLooks } from "@/server/generation/list-looks";
import { previewRun } from "@/server/generation/preview-run";
import { startRun } from "@/server/generation/start-run";
import { undoLook } from "@/server/generation/undo-look";
import { decidePair } from "@/server/mining/decide-pair";
import { pairDetail } from "@/server/mining/pair-detail";
import { countWaiting } from "@/server/project/count-waiting";
import { type LookProject, makeLookProject } from "@/tests/support/look-project";
import { makeMember } from "@/tests/support/make/member";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
storageHome();
let project: LookProject;

beforeEach(async () => {
  project = await makeLookProject(db, 2);
});

const waitingLooks = async () => {
  const { projectId, ctx } = project;
  const waiting = await countWaiting(db, { projectId, accountId: ctx.viewer.accountId });
  return waiting.quickLooks;
};

test("a pre-check draws the plain prompt of each pair at four seeds, and no grid comes of it", async () => {
  expect(await project.precheck(project.pairIds)).toEqual({ number: 1, added: 2 });
  expect(await project.stages()).toEqual(["precheck", "precheck"]);
  const [render] = await project.renders();
  expect(render?.input).toMatchObject({
    prompt: "iced coke, tea cup",
    concepts: [{ text: "iced coke" }, { text: "tea cup" }],
  });
  expect((render!.input as { seeds: number[] }).seeds).toHaveLength(4);

  await project.draw();
  expect(await project.stages()).toEqual(["quick_look", "quick_look"]);
  expect((await project.looks()).map((look) => look.state)).toEqual(["ready", "ready"]);
  expect(await db.select().from(gridImages)).toEqual([]);
  const { ready } = await listLooks(db, project.projectId);
  expect(ready.map(({ a, b, imageIds }) => [a, b, imageIds.length])).toEqual([
    ["iced coke", "tea cup", 4],
    ["red wine", "coffee mug", 4],
  ]);
  expect(await waitingLooks()).toBe(2);
});

test("asking again changes nothing, for whatever state the look is in", async () => {
  await project.precheck(project.pairIds);
  expect(await project.precheck(project.pairIds)).toEqual({ number: null, added: 0 });
  await project.draw();
  expect(await project.precheck(project.pairIds)).toEqual({ number: null, added: 0 });
  const [first, second] = await project.looks();
  await project.judge(first!.id, "fine");
  await project.judge(second!.id, "wrong");
  const before = [await project.pairs(), await project.looks(), await project.renders()];

  expect(await project.precheck(project.pairIds)).toEqual({ number: null, added: 0 });
  expect([await project.pairs(), await project.looks(), await project.renders()]).toEqual(before);
});

test("what names no generator is drawn by the one under test, however many are newer", async () => {
  const [drawn, waiting] = project.pairIds;
  await startRun(project.ctx, { pairIds: [drawn!] });
  const newer = await project.revise();
  const underTest = project.generatorRevisionId;
  expect(newer.id).not.toBe(underTest);

  await project.precheck([waiting!]);
  await project.capability({ pairIds: [waiting!] });
  const asked = (await project.looks()).map((look) => look.generatorRevisionId);
  expect(new Set(asked)).toEqual(new Set([underTest]));
  const { looks } = await pairDetail(project.ctx, waiting!);
  expect(looks.map((look) => look.generatorRevisionId)).toEqual([underTest]);
});

test("two people who ask at once have each pair drawn once", async () => {
  for (let round = 0; round < 5; round += 1) {
    project = await makeLookProject(db, 2);
    const both = await Promise.all([
      project.precheck(project.pairIds),
      project.precheck(project.pairIds),
    ]);

    expect(both.map(({ added }) => added).sort()).toEqual([0, 2]);
    expect(await project.renders()).toHaveLength(2);
    expect(await project.looks()).toHaveLength(2);
  }
});

test("without names, the accepted pairs that nobody has looked at are taken", async () => {
  await project.precheck([project.pairIds[0]!]);

  expect(await project.precheck()).toEqual({ number: 2, added: 1 });
  expect(await project.precheck()).toEqual({ number: null, added: 0 });
});

test("a pair that is not accepted, or whose grid is drawn, is refused with all others", async () => {
  const [one, two] = project.pairIds;
  await startRun(project.ctx, { pairIds: [one!] });
  await db.update(pairs).set({ stage: "rating" }).where(eq(pairs.id, one!));
  await expect(project.precheck([one!, two!])).rejects.toMatchObject({ code: "CONFLICT" });
  await db.update(pairs).set({ state: "proposed" }).where(eq(pairs.id, one!));
  await expect(project.precheck([one!, two!])).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await project.looks()).toEqual([]);
});

test("a pair that is plainly fine is set aside with its reason; a wrong one goes on to its grid", async () => {
  const { first, second } = await project.drawnLooks();
  await project.judge(first.id, "fine");
  await project.judge(second.id, "wrong");

  expect(await project.pairs()).toMatchObject([
    { state: "set_aside", reason: "plainly_fine", stage: "grid" },
    { state: "accepted", reason: null, stage: "grid" },
  ]);
  expect(await project.looks()).toMatchObject([
    { state: "judged", rated: 4, correct: 4, judge: "human" },
    { state: "judged", rated: 4, correct: 0 },
  ]);
  expect(await waitingLooks()).toBe(0);
});

test("a judgement is taken back: the look waits again and its pair is accepted", async () => {
  const { first, second } = await project.drawnLooks();
  for (const [look, verdict] of [
    [first, "fine"],
    [second, "wrong"],
  ] as const) {
    await project.judge(look.id, verdict);
    await undoLook(project.ctx, { lookId: look.id });
    await undoLook(project.ctx, { lookId: look.id });
  }

  expect(await project.pairs()).toMatchObject([
    { state: "accepted", reason: null, stage: "quick_look" },
    { state: "accepted", reason: null, stage: "quick_look" },
  ]);
  expect((await project.looks()).every((look) => look.state === "ready" && !look.judge)).toBe(true);
});

test("a pair whose grid was asked for does not come back to its look", async () => {
  const { first } = await project.drawnLooks();
  await project.judge(first.id, "wrong");
  await db.update(pairs).set({ stage: "rating" }).where(eq(pairs.id, first.pairId!));

  await expect(undoLook(project.ctx, { lookId: first.id })).rejects.toMatchObject({
    code: "CONFLICT",
    message: "Its grid is asked for already: set the pair aside instead.",
  });
});

test("a pair that a person accepts again although its look was fine goes on", async () => {
  const { first } = await project.drawnLooks();
  await project.judge(first.id, "fine");
  await decidePair(project.ctx, { pairId: first.pairId!, decision: "accept" });

  expect((await project.pairs())[0]).toMatchObject({ state: "accepted", stage: "grid" });
  await expect(undoLook(project.ctx, { lookId: first.id })).rejects.toMatchObject({
    code: "CONFLICT",
  });
});

test("of two people who judge at once one is heard, and the other is told; the same word is one word", async () => {
  for (let round = 0; round < 5; round += 1) {
    project = await makeLookProject(db, 2);
    const other = await makeMember(db, { projectId: project.projectId });
    const { first, second } = await project.drawnLooks();
    const said = await Promise.allSettled([
      project.judge(first.id, "fine"),
      project.judge(first.id, "wrong", other),
    ]);
    await Promise.all([
      project.judge(second.id, "wrong"),
      project.judge(second.id, "wrong", other),
    ]);

    expect(said.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const [one] = await project.pairs();
    const [look] = await project.looks();
    expect(one?.state).toBe(look?.correct === 4 ? "set_aside" : "accepted");
    const log = await db.select().from(decisions).where(eq(decisions.subjectId, second.id));
    expect(log.filter(({ action }) => action === "look.judge")).toHaveLength(1);
  }
});

test("a look at a pair that was set aside meanwhile cannot be judged, and is not offered", async () => {
  const { first } = await project.drawnLooks();
  await decidePair(project.ctx, { pairId: first.pairId!, decision: "set_aside" });

  await expect(project.judge(first.id, "wrong")).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await waitingLooks()).toBe(1);
  expect((await listLooks(db, project.projectId)).ready).toHaveLength(1);
});

test("a pair that was set aside while it was drawn is looked at once it is accepted again", async () => {
  const [pairId] = project.pairIds;
  await project.precheck([pairId!]);
  await decidePair(project.ctx, { pairId: pairId!, decision: "set_aside" });
  await project.draw();
  await decidePair(project.ctx, { pairId: pairId!, decision: "accept" });

  expect((await project.pairs())[0]).toMatchObject({ state: "accepted", stage: "quick_look" });
  expect(await waitingLooks()).toBe(1);
});

test("the simulated rater's glance is marked as such", async () => {
  const simulated = await makeMember(db, { projectId: project.projectId, isSimulated: true });
  const { first } = await project.drawnLooks();
  await project.judge(first.id, "wrong", simulated);

  expect((await project.looks())[0]).toMatchObject({ judge: "simulated" });
});

test("pairs that wait for a look are not drawn by a run that names none", async () => {
  await project.precheck([project.pairIds[0]!]);

  expect(await previewRun(db, project.projectId, {})).toMatchObject({ ready: 1, pairs: 1 });
  expect(await startRun(project.ctx, { pairIds: project.pairIds })).toMatchObject({
    pairsAdded: 2,
  });
});

test("a look's run lists what it draws, pair or concept", async () => {
  await project.precheck(project.pairIds);
  await project.capability({ concepts: ["owl"] });

  const made = await db.select().from(runs).where(eq(runs.projectId, project.projectId));
  expect(made.map(({ purpose }) => purpose)).toEqual(["precheck", "capability"]);
});
