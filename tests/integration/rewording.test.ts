import "@/tests/support/web-environment";
import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { methodInputs, renders } from "@/db/schema";
import { repairChoices } from "@/server/comparison/repair-choices";
import { listGenerators } from "@/server/generation/list-generators";
import { makeRevision } from "@/server/generation/make-revision";
import { GeneratorParameters, type RenderInput } from "@/server/generation/schemas";
import { startRun } from "@/server/generation/start-run";
import { countMissingAnswers } from "@/server/mining/count-missing-answers";
import { editMethodInput } from "@/server/mining/edit-method-input";
import { newestPrompts } from "@/server/mining/inquiry-input/newest-prompts";
import { standingPrompts } from "@/server/mining/inquiry-input/standing-prompts";
import { savePromptSet } from "@/server/mining/save-prompt-set";
import { openLoopDriver } from "@/tests/support/loop-driver";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import { makeRepairProject } from "@/tests/support/repair-project";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
let project: Awaited<ReturnType<typeof makeProjectWithPairs>>;
let pairId: string;
let revisionId: string;

beforeEach(async () => {
  project = await makeProjectWithPairs(db, 1);
  pairId = project.pairIds[0]!;
  const [plain] = await listGenerators(db, project.projectId);
  const { generatorId, method, endpointName, parameters } = plain!;
  const { id } = await makeRevision(project.ctx, {
    generatorId,
    method,
    endpointName,
    parameters: { ...GeneratorParameters.parse(parameters), reworded: true },
    otherWeights: false,
  });
  revisionId = id;
});

async function reword(mark: string) {
  const prompts = (await newestPrompts(db, pairId)).map((from) => ({
    from,
    to: `${mark}: ${from}`,
  }));
  await editMethodInput(project.ctx, { pairId, kind: "rewording", prompts });
}
const draw = (generatorRevisionId = revisionId) =>
  startRun(project.ctx, { generatorRevisionId, pairIds: [pairId] });
async function inputs(generatorRevisionId = revisionId) {
  const made = await db
    .select()
    .from(renders)
    .where(eq(renders.generatorRevisionId, generatorRevisionId))
    .orderBy(renders.id);
  return made.map(({ input }) => input as RenderInput);
}

test("the control draws each prompt in other words, and the plain generator draws it as it is, at the same seeds", async () => {
  await reword("seen");
  await draw();
  const [plain] = (await listGenerators(db, project.projectId)).filter(
    ({ id }) => id !== revisionId,
  );
  await draw(plain!.id);

  const [control, asWritten] = [await inputs(), await inputs(plain!.id)];
  expect(control.map(({ prompt }) => prompt)).toEqual(
    asWritten.map(({ prompt }) => `seen: ${prompt}`),
  );
  expect(control.map(({ seeds }) => seeds)).toEqual(asWritten.map(({ seeds }) => seeds));
  // No endpoint is told of it.
  expect(control[0]).not.toHaveProperty("reworded");
});

test("a pair whose prompts nobody has reworded is refused, with what to do", async () => {
  await expect(draw()).rejects.toThrow("Nobody has reworded the prompts of iced coke × tea cup");
  expect(await inputs()).toEqual([]);
});

test("an edit is a new number beside the old one", async () => {
  await reword("first");
  await reword("second");

  const kept = await db.select().from(methodInputs).where(eq(methodInputs.pairId, pairId));
  expect(kept.map(({ number, source }) => [number, source])).toEqual([
    [1, "human"],
    [2, "human"],
  ]);
  await draw();
  expect((await inputs()).every(({ prompt }) => prompt.startsWith("second: "))).toBe(true);
});

test("other words are asked for the prompts that a Level was found with, though newer ones are written", async () => {
  storageHome();
  const driver = await openLoopDriver(db);
  const repaired = await makeRepairProject(db, driver, 1, "plain", {}, true);
  const { ctx, projectId } = repaired;
  const [pair] = repaired.pairIds as [string];
  const mined = await newestPrompts(db, pair);
  const texts = [1, 2, 3, 4, 5].map((n) => `${"very ".repeat(n)}cold iced coke in a tea cup`);
  await savePromptSet(ctx, { pairId: pair, prompts: texts });
  expect(await standingPrompts(db, pair)).toEqual([...texts, ...mined]);

  const lacking = async () =>
    (await countMissingAnswers(ctx, { purpose: "reword_prompts" })).lacking;
  const keep = (prompts: readonly string[]) =>
    editMethodInput(ctx, {
      pairId: pair,
      kind: "rewording",
      prompts: prompts.map((from) => ({ from, to: `seen: ${from}` })),
    });
  const isReady = async () => (await repairChoices(db, projectId, {})).pairs[0]!.hasRewording;
  await keep(texts);
  expect([await lacking(), await isReady()]).toEqual([1, false]);
  await keep([...texts, ...mined]);
  expect([await lacking(), await isReady()]).toEqual([0, true]);
  await repaired.start();
  expect((await inputs(repaired.methodId)).map(({ prompt }) => prompt)).toEqual(
    mined.map((text) => `seen: ${text}`),
  );
});
