import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { decisions, pairLevels, pairs, prompts } from "@/db/schema";
import { judgeLook } from "@/server/generation/judge-look";
import { startRun } from "@/server/generation/start-run";
import { undoLook } from "@/server/generation/undo-look";
import { pairKey } from "@/server/mining/domain/pair-key";
import { type LookProject, makeLookProject } from "@/tests/support/look-project";
import { rateNextGrid } from "@/tests/support/make/rated-grid";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
storageHome();
let project: LookProject;

beforeEach(async () => {
  project = await makeLookProject(db, 2);
});

test("a capability check draws a concept alone at twenty seeds, once for a revision", async () => {
  expect(
    await project.capability({ pairIds: project.pairIds, concepts: ["Tea cups", "owl"] }),
  ).toEqual({
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
  expect(await project.capability({ concepts: ["an owl"] })).toEqual({ number: null, added: 0 });

  const { id: generatorRevisionId } = await project.revise();
  expect(await project.capability({ concepts: ["owls"], generatorRevisionId })).toMatchObject({
    added: 1,
  });
  const written = await db.select().from(prompts).where(eq(prompts.kind, "concept"));
  expect(written.filter(({ text }) => text === "a photo of an owl")).toHaveLength(1);
});

test("a capability check counts the images that show the concept, and is taken back", async () => {
  await project.capability({ concepts: ["owl"] });
  await project.draw();
  const [look] = await project.looks();
  const say = (wrong: number[]) =>
    judgeLook(project.ctx, { kind: "capability", lookId: look!.id, wrong });
  await expect(say([20])).rejects.toMatchObject({ code: "INVALID" });
  const asPair = { kind: "precheck", lookId: look!.id, verdict: "fine" } as const;
  await expect(judgeLook(project.ctx, asPair)).rejects.toMatchObject({ code: "INVALID" });

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

  await project.capability({ pairIds: [pairId!] });
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
