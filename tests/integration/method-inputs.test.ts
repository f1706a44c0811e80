import "@/tests/support/web-environment";
import { and, asc, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { decisions, methodInputs, renders } from "@/db/schema";
import { repairChoices } from "@/server/comparison/repair-choices";
import { editMethodInput } from "@/server/mining/edit-method-input";
import { pairDetail } from "@/server/mining/pair-detail";
import { beginLogs } from "@/server/replay/begin-logs";
import { replay } from "@/server/replay/replay";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { makeMember } from "@/tests/support/make/member";
import { makeRepairProject } from "@/tests/support/repair-project";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();
let driver: LoopDriver;
beforeAll(async () => {
  driver = await openLoopDriver(db);
});

type RepairProject = Awaited<ReturnType<typeof makeRepairProject>>;

/** A person has said that B comes first and how both look; then the method draws. */
async function conceptsToldTo({ ctx, pairIds, methodId, start }: RepairProject): Promise<unknown> {
  const [pairId] = pairIds as [string];
  await editMethodInput(ctx, { pairId, kind: "moce_order", first: "b" });
  await editMethodInput(ctx, { pairId, kind: "descriptions", a: "dark", b: "small" });
  await start();
  const [drawn] = await db.select().from(renders).where(eq(renders.generatorRevisionId, methodId));
  return (drawn!.input as { concepts: unknown }).concepts;
}

test.each([
  ["best_of", true],
  ["probe", true],
  ["plain", false],
])(
  "what %s is told of a pair: order and descriptions %s, for who judges by them as MoCE does",
  async (method, isTold) => {
    const told = await conceptsToldTo(await makeRepairProject(db, driver, 1, method));
    expect(told).toEqual(
      isTold
        ? [
            { text: "tea cup", description: "small" },
            { text: "iced coke", description: "dark" },
          ]
        : [{ text: "iced coke" }, { text: "tea cup" }],
    );
  },
);

test("a prompt that names the first concept names the one that is drawn first; descriptions do not enter into it", async () => {
  const project = await makeRepairProject(db, driver, 1, "plain", { template: "first_and_second" });
  expect(await conceptsToldTo(project)).toEqual([{ text: "tea cup" }, { text: "iced coke" }]);
});

test("MoCE is told the concepts in drawing order with their descriptions, the baseline as ever; an edit makes other renders", async () => {
  const project = await makeRepairProject(db, driver, 1);
  await beginLogs(db);
  const { ctx, projectId } = project;
  const [pairId] = project.pairIds as [string];
  const told = async (revisionId: string) => {
    const rows = await db
      .select()
      .from(renders)
      .where(and(eq(renders.projectId, projectId), eq(renders.generatorRevisionId, revisionId)))
      .orderBy(asc(renders.id));
    const { input, inputHash } = rows.at(-1)!;
    return { concepts: (input as { concepts: unknown }).concepts, inputHash };
  };
  const drawAll = async () => {
    await project.start();
    await driver.draw();
    await driver.draw(project.methodEndpoint);
  };
  await drawAll();
  expect((await told(project.methodId)).concepts).toEqual([
    { text: "iced coke" },
    { text: "tea cup" },
  ]);

  await editMethodInput(ctx, { pairId, kind: "moce_order", first: "b" });
  await editMethodInput(ctx, {
    pairId,
    kind: "descriptions",
    a: "dark brown liquid with ice cubes",
    b: "small ceramic vessel with a handle",
  });
  await drawAll();
  const before = await told(project.methodId);
  expect(before.concepts).toEqual([
    { text: "tea cup", description: "small ceramic vessel with a handle" },
    { text: "iced coke", description: "dark brown liquid with ice cubes" },
  ]);
  expect((await told(project.baselineId)).concepts).toEqual([
    { text: "iced coke" },
    { text: "tea cup" },
  ]);

  expect(await editMethodInput(ctx, { pairId, kind: "moce_order", first: "a" })).toEqual({
    number: 2,
  });
  await drawAll();
  expect((await told(project.methodId)).inputHash).not.toBe(before.inputHash);
  const kept = await db.select().from(methodInputs).where(eq(methodInputs.pairId, pairId));
  expect(kept.map(({ kind, number, source }) => `${kind} ${number} ${source}`).toSorted()).toEqual([
    "descriptions 1 human",
    "moce_order 1 human",
    "moce_order 2 human",
  ]);
  expect((await pairDetail(ctx, pairId)).added.sources).toEqual({
    order: "human",
    descriptions: "human",
    phrases: "default",
    rewording: "default",
  });
  const said = await db
    .select()
    .from(decisions)
    .where(and(eq(decisions.projectId, projectId), eq(decisions.action, "method_input.edit")));
  expect(said).toHaveLength(3);
  expect((await replay(db, projectId)).difference).toBeNull();
});

test("before a comparison starts it is known which generators draw one concept first, and of which pairs nobody said which", async () => {
  const { ctx, projectId, baselineId, methodId, pairIds } = await makeRepairProject(db, driver, 2);
  const [pairId] = pairIds as [string, string];
  await editMethodInput(ctx, { pairId, kind: "moce_order", first: "b" });

  const { generators, pairs } = await repairChoices(db, projectId, {});
  expect(new Map(generators.map(({ id, drawsOneFirst }) => [id, drawsOneFirst]))).toEqual(
    new Map([
      [baselineId, false],
      [methodId, true],
    ]),
  );
  expect(new Map(pairs.map((pair) => [pair.pairId, pair.hasOrder]))).toEqual(
    new Map(pairIds.map((id) => [id, id === pairId])),
  );
});

test("a pair of another project has no drawing order to be edited", async () => {
  const project = await makeRepairProject(db, driver, 1);
  const stranger = await makeMember(db);

  await expect(
    editMethodInput(stranger, { pairId: project.pairIds[0]!, kind: "moce_order", first: "b" }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
});
