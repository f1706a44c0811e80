import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { generatorRevisions, renders } from "@/db/schema";
import { drawnBy } from "@/server/generation/domain/drawn-by";
import { runDetail } from "@/server/generation/run-detail";
import { addressOf, openBridgeStage, SOON } from "@/tests/support/bridge-stage";
import { makeDrawingProject } from "@/tests/support/drawing-project";
import type { FakeEndpoint, Step } from "@/tests/support/fake-endpoint";

const stage = await openBridgeStage();
const { bridgeTo, db, untilDone } = stage;
let endpoint: FakeEndpoint;

beforeEach(async () => {
  ({ endpoint } = await stage.set());
});
afterEach(() => stage.clear());
afterAll(() => stage.close());

test("other weights than the first answer's are refused for good", async () => {
  const two = await makeDrawingProject(db, { renders: 2 });
  endpoint.script(["good", "wrong-weights-hash"]);
  await bridgeTo([addressOf(two, endpoint)]);

  await vi.waitFor(async () => expect(await two.countDone()).toBe(1), SOON);
  await vi.waitFor(() => expect(endpoint.calls).toHaveLength(2), SOON);
  await vi.waitFor(async () => {
    const { slots } = await runDetail(db, two.projectId, 1);
    expect(slots.find((slot) => slot.state === "failed")).toMatchObject({
      reason: "The endpoint serves other weights: make a new revision",
      isOutdated: true,
    });
    expect(slots.find((slot) => slot.state === "done")?.isOutdated).toBe(false);
  }, SOON);
  expect(await two.images()).toHaveLength(4);
});

test.each<[Step, string]>([
  ["newer-method", "by fake, version 2"],
  ["other-method", "by plain, version 1"],
])("an answer by a %s than the first one's is refused for good", async (step, now) => {
  const two = await makeDrawingProject(db, { renders: 2 });
  endpoint.script(["good", step]);
  await bridgeTo([addressOf(two, endpoint)]);

  await vi.waitFor(async () => {
    const { slots } = await runDetail(db, two.projectId, 1);
    expect(slots.find((slot) => slot.state === "failed")).toMatchObject({
      reason: `The endpoint draws ${now}, and not by fake, version 1, any more: make a new revision`,
      isOutdated: true,
    });
  }, SOON);
  expect(await two.images()).toHaveLength(4);
});

test("what drew stands once with the revision, and with a render only what it was told otherwise", async () => {
  const two = await makeDrawingProject(db, { renders: 2 });
  await db
    .update(renders)
    .set({ input: sql`${renders.input} || '{"method_params": {"rounds": 5}}'::jsonb` })
    .where(eq(renders.projectId, two.projectId));
  endpoint.script(["good", "by-other-files"]);
  await bridgeTo([addressOf(two, endpoint)]);
  await vi.waitFor(async () => expect(await two.countDone()).toBe(2), SOON);

  const [revision] = await db
    .select()
    .from(generatorRevisions)
    .where(eq(generatorRevisions.id, two.first.generatorRevisionId));
  const mine = eq(renders.projectId, two.projectId);
  const drawn = await db.select().from(renders).where(mine).orderBy(renders.finishedAt);
  const [first, second] = drawn.filter(({ state }) => state === "done");
  expect(first).toMatchObject({ answeredModel: null, answeredMethod: null });
  expect(drawnBy(first!, revision!)).toEqual({
    model: { name: "fake", revision: "1" },
    method: {
      name: "fake",
      version: "1",
      mode: "default",
      parameters: { rounds: 5, window: 3 },
    },
  });
  expect(second?.answeredMethod).toBeNull();
  expect(drawnBy(second!, revision!).model).toEqual({
    name: "fake",
    revision: "1",
    files: { "unet.safetensors": "1".repeat(64) },
  });
});

test("how the weights were trained stands with the revision, as it was told last", async () => {
  const three = await makeDrawingProject(db, { renders: 3 });
  const training = async () =>
    (
      await db
        .select({ training: generatorRevisions.training })
        .from(generatorRevisions)
        .where(eq(generatorRevisions.id, three.first.generatorRevisionId))
    )[0]?.training;
  // Answers that are sent at once may arrive in any order: each is drawn after the one before.
  const later = await three.putOffAllButFirst();
  endpoint.script(["trained", "retrained"]);
  await bridgeTo([addressOf(three, endpoint)]);
  await vi.waitFor(async () => expect(await three.countDone()).toBe(1), SOON);
  await three.drawNow(later[0]!);
  await vi.waitFor(async () => expect(await three.countDone()).toBe(2), SOON);
  expect(await training()).toEqual({ told: { method: "CoMat, corrected" }, files: {} });
  await three.drawNow(later[1]!);
  await vi.waitFor(async () => expect(await three.countDone()).toBe(3), SOON);

  // The last answer told nothing any more.
  expect(await training()).toBeNull();
  const again = await makeDrawingProject(db, { renders: 1 });
  endpoint.script(["retrained"]);
  await bridgeTo([addressOf(again, endpoint)]);
  await untilDone(again);
  const [revision] = await db
    .select()
    .from(generatorRevisions)
    .where(eq(generatorRevisions.id, again.first.generatorRevisionId));
  expect(revision?.training).toEqual({ told: { method: "CoMat, corrected" }, files: {} });
});
