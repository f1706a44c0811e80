import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { decisions, gridImages, pairLevels, pairs, prompts, quickLooks, runs } from "@/db/schema";
import { cancelRun } from "@/server/generation/cancel-run";
import { countLooks } from "@/server/generation/count-looks";
import { judgeLook } from "@/server/generation/judge-look";
import { listLooks } from "@/server/generation/list-looks";
import { previewRun } from "@/server/generation/preview-run";
import { reaskLooks } from "@/server/generation/reask-looks";
import { retryFailed } from "@/server/generation/retry-renders";
import { StartCapability } from "@/server/generation/schemas";
import { startCapability } from "@/server/generation/start-capability";
import { startPrecheck } from "@/server/generation/start-precheck";
import { startRun } from "@/server/generation/start-run";
import { undoLook } from "@/server/generation/undo-look";
import { decidePair } from "@/server/mining/decide-pair";
import { pairKey } from "@/server/mining/domain/pair-key";
import { pairDetail } from "@/server/mining/pair-detail";
import { countWaiting } from "@/server/project/count-waiting";
import { type LookProject, makeLookProject } from "@/tests/support/look-project";
import { makeMember } from "@/tests/support/make/member";
import { rateNextGrid } from "@/tests/support/make/rated-grid";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
storageHome();
let project: LookProject;

beforeEach(async () => {
  project = await makeLookProject(db, 2);
});

const stages = async () => (await project.pairs()).map((pair) => pair.stage);
const waitingLooks = async () => {
  const { projectId, ctx } = project;
  const waiting = await countWaiting(db, { projectId, accountId: ctx.viewer.accountId });
  return waiting.quickLooks;
};
const precheck = (pairIds?: string[]) => startPrecheck(project.ctx, { pairIds });
const capability = (asked: Partial<StartCapability>) =>
  startCapability(project.ctx, StartCapability.parse(asked));

/** Pre-checks both pairs and has them drawn. */
async function drawnLooks() {
  await precheck(project.pairIds);
  await project.draw();
  const [first, second] = await project.looks();
  return { first: first!, second: second! };
}

const judge = (lookId: string, verdict: "fine" | "wrong", ctx = project.ctx) =>
  judgeLook(ctx, { kind: "precheck", lookId, verdict });

test("a pre-check draws the plain prompt of each pair at four seeds, and no grid comes of it", async () => {
  expect(await precheck(project.pairIds)).toEqual({ number: 1, added: 2 });
  expect(await stages()).toEqual(["precheck", "precheck"]);
  const [render] = await project.renders();
  expect(render?.input).toMatchObject({
    prompt: "iced coke, tea cup",
    concepts: [{ text: "iced coke" }, { text: "tea cup" }],
  });
  expect((render!.input as { seeds: number[] }).seeds).toHaveLength(4);

  await project.draw();
  expect(await stages()).toEqual(["quick_look", "quick_look"]);
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
  await precheck(project.pairIds);
  expect(await precheck(project.pairIds)).toEqual({ number: null, added: 0 });
  await project.draw();
  expect(await precheck(project.pairIds)).toEqual({ number: null, added: 0 });
  const [first, second] = await project.looks();
  await judge(first!.id, "fine");
  await judge(second!.id, "wrong");
  const before = [await project.pairs(), await project.looks(), await project.renders()];

  expect(await precheck(project.pairIds)).toEqual({ number: null, added: 0 });
  expect([await project.pairs(), await project.looks(), await project.renders()]).toEqual(before);
});

test("what names no generator is drawn by the one under test, however many are newer", async () => {
  const [drawn, waiting] = project.pairIds;
  await startRun(project.ctx, { pairIds: [drawn!] });
  const newer = await project.revise();
  const underTest = project.generatorRevisionId;
  expect(newer.id).not.toBe(underTest);

  await precheck([waiting!]);
  await capability({ pairIds: [waiting!] });
  const asked = (await project.looks()).map((look) => look.generatorRevisionId);
  expect(new Set(asked)).toEqual(new Set([underTest]));
  const { looks } = await pairDetail(project.ctx, waiting!);
  expect(looks.map((look) => look.generatorRevisionId)).toEqual([underTest]);
});

test("two people who ask at once have each pair drawn once", async () => {
  for (let round = 0; round < 5; round += 1) {
    project = await makeLookProject(db, 2);
    const both = await Promise.all([precheck(project.pairIds), precheck(project.pairIds)]);

    expect(both.map(({ added }) => added).sort()).toEqual([0, 2]);
    expect(await project.renders()).toHaveLength(2);
    expect(await project.looks()).toHaveLength(2);
  }
});

test("without names, the accepted pairs that nobody has looked at are taken", async () => {
  await precheck([project.pairIds[0]!]);

  expect(await precheck()).toEqual({ number: 2, added: 1 });
  expect(await precheck()).toEqual({ number: null, added: 0 });
});

test("a pair that is not accepted, or whose grid is drawn, is refused with all others", async () => {
  const [one, two] = project.pairIds;
  await startRun(project.ctx, { pairIds: [one!] });
  await db.update(pairs).set({ stage: "rating" }).where(eq(pairs.id, one!));
  await expect(precheck([one!, two!])).rejects.toMatchObject({ code: "CONFLICT" });
  await db.update(pairs).set({ state: "proposed" }).where(eq(pairs.id, one!));
  await expect(precheck([one!, two!])).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await project.looks()).toEqual([]);
});

test("a pair that is plainly fine is set aside with its reason; a wrong one goes on to its grid", async () => {
  const { first, second } = await drawnLooks();
  await judge(first.id, "fine");
  await judge(second.id, "wrong");

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
  const { first, second } = await drawnLooks();
  for (const [look, verdict] of [
    [first, "fine"],
    [second, "wrong"],
  ] as const) {
    await judge(look.id, verdict);
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
  const { first } = await drawnLooks();
  await judge(first.id, "wrong");
  await db.update(pairs).set({ stage: "rating" }).where(eq(pairs.id, first.pairId!));

  await expect(undoLook(project.ctx, { lookId: first.id })).rejects.toMatchObject({
    code: "CONFLICT",
    message: "Its grid is asked for already: set the pair aside instead.",
  });
});

test("a pair that a person accepts again although its look was fine goes on", async () => {
  const { first } = await drawnLooks();
  await judge(first.id, "fine");
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
    const { first, second } = await drawnLooks();
    const said = await Promise.allSettled([
      judge(first.id, "fine"),
      judge(first.id, "wrong", other),
    ]);
    await Promise.all([judge(second.id, "wrong"), judge(second.id, "wrong", other)]);

    expect(said.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const [one] = await project.pairs();
    const [look] = await project.looks();
    expect(one?.state).toBe(look?.correct === 4 ? "set_aside" : "accepted");
    const log = await db.select().from(decisions).where(eq(decisions.subjectId, second.id));
    expect(log.filter(({ action }) => action === "look.judge")).toHaveLength(1);
  }
});

test("a look at a pair that was set aside meanwhile cannot be judged, and is not offered", async () => {
  const { first } = await drawnLooks();
  await decidePair(project.ctx, { pairId: first.pairId!, decision: "set_aside" });

  await expect(judge(first.id, "wrong")).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await waitingLooks()).toBe(1);
  expect((await listLooks(db, project.projectId)).ready).toHaveLength(1);
});

test("a pair that was set aside while it was drawn is looked at once it is accepted again", async () => {
  const [pairId] = project.pairIds;
  await precheck([pairId!]);
  await decidePair(project.ctx, { pairId: pairId!, decision: "set_aside" });
  await project.draw();
  await decidePair(project.ctx, { pairId: pairId!, decision: "accept" });

  expect((await project.pairs())[0]).toMatchObject({ state: "accepted", stage: "quick_look" });
  expect(await waitingLooks()).toBe(1);
});

test("the simulated rater's glance is marked as such", async () => {
  const simulated = await makeMember(db, { projectId: project.projectId, isSimulated: true });
  const { first } = await drawnLooks();
  await judge(first.id, "wrong", simulated);

  expect((await project.looks())[0]).toMatchObject({ judge: "simulated" });
});

test("pairs that wait for a look are not drawn by a run that names none", async () => {
  await precheck([project.pairIds[0]!]);

  expect(await previewRun(db, project.projectId, {})).toMatchObject({ ready: 1, pairs: 1 });
  expect(await startRun(project.ctx, { pairIds: project.pairIds })).toMatchObject({
    pairsAdded: 2,
  });
});

test("a render that fails for good says so on its look, and a retry lets it wait again", async () => {
  await precheck([project.pairIds[0]!]);
  await project.fail();
  expect((await project.looks())[0]).toMatchObject({ state: "failed", reason: "cannot draw 'X'" });
  await expect(judge((await project.looks())[0]!.id, "fine")).rejects.toMatchObject({
    message: "These images are not drawn yet.",
  });

  await retryFailed(project.ctx, { number: 1 });
  expect((await project.looks())[0]).toMatchObject({ state: "drawing", reason: null });
  await project.draw();
  expect((await project.looks())[0]).toMatchObject({ state: "ready" });
});

test("a cancelled run cancels its looks, and asking again takes the same ones up", async () => {
  await precheck(project.pairIds);
  const before = await project.looks();
  await cancelRun(project.ctx, { number: 1 });
  expect(await project.looks()).toMatchObject([
    { state: "cancelled", reason: "Run 1 was cancelled" },
    { state: "cancelled" },
  ]);

  expect(await precheck(project.pairIds)).toEqual({ number: 2, added: 2 });
  await project.draw();
  expect((await project.looks()).map(({ id, state }) => [id, state])).toEqual(
    before.map(({ id }) => [id, "ready"]),
  );
});

test("a cancelled run gives its pairs back to where they stood, and they are to rate no more", async () => {
  const { ctx, projectId, pairIds } = project;
  const { first } = await drawnLooks();
  await judge(first.id, "wrong");
  const ofSecond = eq(quickLooks.pairId, pairIds[1]!);
  await db.delete(quickLooks).where(ofSecond);
  const asked = { pairIds };
  const { number } = await startRun(ctx, asked);
  expect(await stages()).toEqual(["rating", "rating"]);

  await cancelRun(ctx, { number });

  expect(await stages()).toEqual(["grid", "prompts"]);
  expect(await countLooks(db, projectId)).toMatchObject({ unseen: 1, drawing: 0, toLook: 0 });
  const waiting = await countWaiting(db, { projectId, accountId: ctx.viewer.accountId });
  expect(waiting).toMatchObject({ toRender: 2, toRate: 0 });
});

test("a cancelled run leaves at their rating what another run draws and what has its grid", async () => {
  const { ctx, pairIds } = project;
  const [one, two] = pairIds;
  const { number } = await startRun(ctx, { pairIds: [one!] });
  await project.draw();
  await startRun(ctx, { pairIds: [two!] });
  const other = await project.revise();
  const both = await startRun(ctx, { generatorRevisionId: other.id });
  await cancelRun(ctx, { number: both.number });
  expect(await stages()).toEqual(["rating", "rating"]);

  await cancelRun(ctx, { number: number + 1 });
  expect(await stages()).toEqual(["rating", "prompts"]);
});

test("a capability check draws a concept alone at twenty seeds, once for a revision", async () => {
  expect(await capability({ pairIds: project.pairIds, concepts: ["Tea cups", "owl"] })).toEqual({
    number: 1,
    added: 5,
  });
  const inputs = (await project.renders()).map((render) => render.input as never) as {
    prompt: string;
    seeds: number[];
    concepts: { text: string }[];
  }[];
  expect(inputs.map(({ prompt }) => prompt).sort()).toEqual([
    "a photo of a coffee mug",
    "a photo of a tea cup",
    "a photo of an owl",
    "a photo of iced coke",
    "a photo of red wine",
  ]);
  expect(inputs.every(({ seeds, concepts }) => seeds.length === 20 && concepts.length === 1)).toBe(
    true,
  );
  expect(await capability({ concepts: ["an owl"] })).toEqual({ number: null, added: 0 });

  const { id: generatorRevisionId } = await project.revise();
  expect(await capability({ concepts: ["owls"], generatorRevisionId })).toMatchObject({ added: 1 });
  const written = await db.select().from(prompts).where(eq(prompts.kind, "concept"));
  expect(written.filter(({ text }) => text === "a photo of an owl")).toHaveLength(1);
});

test("a capability check counts the images that show the concept, and is taken back", async () => {
  await capability({ concepts: ["owl"] });
  await project.draw();
  const [look] = await project.looks();
  const say = (wrong: number[]) =>
    judgeLook(project.ctx, { kind: "capability", lookId: look!.id, wrong });
  await expect(say([20])).rejects.toMatchObject({ code: "INVALID" });
  await expect(judge(look!.id, "fine")).rejects.toMatchObject({ code: "INVALID" });

  await say([0, 3, 19, 3]);
  expect((await project.looks())[0]).toMatchObject({ state: "judged", rated: 20, correct: 17 });
  const log = await db.select().from(decisions).where(eq(decisions.subjectId, look!.id));
  const said = log.find(({ action }) => action === "look.judge");
  expect(said?.payload).toMatchObject({ wrong: [0, 3, 19, 3], correct: 17, conceptKey: "owl" });
  await undoLook(project.ctx, { lookId: look!.id });
  expect((await project.looks())[0]).toMatchObject({ state: "ready", correct: null });
});

test("a Level 5 is trivial once one of its concepts cannot be drawn alone, and unknown before", async () => {
  const [pairId] = project.pairIds;
  const key = pairKey("iced coke", "tea cup");
  await db.update(pairs).set({ key }).where(eq(pairs.id, pairId!));
  await startRun(project.ctx, { pairIds: [pairId!] });
  await project.draw(5);
  await rateNextGrid(project.ctx, 0);
  const isTrivial = async () => {
    const [row] = await db.select().from(pairLevels).where(eq(pairLevels.pairId, pairId!));
    return row!.isTrivial;
  };
  expect(await isTrivial()).toBeNull();

  await capability({ pairIds: [pairId!] });
  await project.draw();
  const looks = await project.looks();
  const say = (concept: string, wrong: number) =>
    judgeLook(project.ctx, {
      kind: "capability",
      lookId: looks.find((look) => look.concept === concept)!.id,
      wrong: Array.from({ length: wrong }, (_, place) => place),
    });
  await say("iced coke", 4);
  expect(await isTrivial()).toBeNull();
  await say("tea cup", 4);
  expect(await isTrivial()).toBe(false);
  await undoLook(project.ctx, { lookId: looks[1]!.id });
  await say(looks[1]!.concept!, 5);
  expect(await isTrivial()).toBe(true);
});

test("a look whose images are there but whose job is lost is asked for again by the sweep", async () => {
  await precheck([project.pairIds[0]!]);
  await project.draw();
  await db
    .update(quickLooks)
    .set({ state: "drawing" })
    .where(eq(quickLooks.projectId, project.projectId));
  await db.execute(sql`delete from pgboss.job where name = 'generation.openGrids'`);

  expect(await db.transaction((tx) => reaskLooks(tx))).toBe(1);
  expect(await db.transaction((tx) => reaskLooks(tx))).toBe(0);
});

test("a look's run lists what it draws, pair or concept", async () => {
  await precheck(project.pairIds);
  await capability({ concepts: ["owl"] });

  const made = await db.select().from(runs).where(eq(runs.projectId, project.projectId));
  expect(made.map(({ purpose }) => purpose)).toEqual(["precheck", "capability"]);
});

test("a pair whose look failed is counted as failed, not as being drawn, until it is drawn again", async () => {
  const counts = () => countLooks(db, project.projectId);
  await precheck(project.pairIds);
  expect(await counts()).toMatchObject({ drawing: 2, failed: 0 });
  await project.draw(1);
  await project.fail();

  expect(await counts()).toMatchObject({ drawing: 0, failed: 1, toLook: 1 });
  expect(await previewRun(db, project.projectId, {})).toMatchObject({ failedLooks: 1 });

  const failed = (await project.looks()).find(({ state }) => state === "failed");
  await precheck([failed!.pairId!]);
  expect(await counts()).toMatchObject({ drawing: 1, failed: 0, toLook: 1 });
});
