import "@/tests/support/web-environment";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { repairChoices } from "@/server/comparison/repair-choices";
import { bridgeHello } from "@/server/generation/bridge-hello";
import type { Offer } from "@/server/generation/domain/method/offer";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { MOCE_OFFER } from "@/tests/support/moce-offer";
import { makeRepairProject, type RepairProject } from "@/tests/support/repair-project";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();
let driver: LoopDriver;
let project: RepairProject;
beforeAll(async () => {
  driver = await openLoopDriver(db);
});
beforeEach(async () => {
  project = await makeRepairProject(db, driver, 2);
});

/** A bridge says what an endpoint offers: the method's, unless another is named. */
const tellOffer = async (description: Offer, name = project.methodEndpoint) => {
  const said = { contractVersion: 1, health: "ready" as const, concurrency: 1 };
  await bridgeHello(await makeBridgeRow(db), {
    endpoints: [{ ...said, name, description }],
  });
};

test("what a method takes that has drawn nothing yet is its endpoint's own plan", async () => {
  const plan = { steps: 20, guided: false, least: 20, most: 57, backwards: 0, backwards_most: 0 };
  const methods = MOCE_OFFER.methods.map((method) => ({ ...method, plan }));
  await tellOffer({ ...MOCE_OFFER, methods });

  const { generators } = await repairChoices(db, project.projectId, {});
  const [method, baseline] = [project.methodId, project.baselineId].map((wanted) =>
    generators.find(({ id }) => id === wanted),
  );
  // The revision has twice the plan's steps.
  expect(method).toMatchObject({ cost: null, planned: { least: 40, most: 114, backwards: 0 } });
  expect(baseline!.planned).toBeNull();
});

test("a comparison names a method by its endpoint's title, and by its id until that was told", async () => {
  const named = async () => {
    const { generators } = await repairChoices(db, project.projectId, {});
    return generators.find(({ id }) => id === project.methodId)?.method;
  };
  expect(await named()).toBe("moce");

  await tellOffer(MOCE_OFFER);

  expect(await named()).toBe("Mixture of Concept Experts");
});

test("a pair is offered with its concepts that the baseline, not another generator, does not know", async () => {
  const unknown = async () => {
    const { pairs: offered } = await repairChoices(db, project.projectId, {});
    const byId = new Map(offered.map((pair) => [pair.pairId, pair.unknown]));
    return project.pairIds.map((id) => byId.get(id));
  };
  const knows = (concepts: string[]): Offer => ({ ...MOCE_OFFER, vocabulary: { concepts } });
  await tellOffer(knows(["milk"]));
  expect(await unknown()).toEqual([[], []]);

  await tellOffer(knows(["An Iced Coke", "tea cup", "wine"]), "sketch");
  expect(await unknown()).toEqual([[], ["red wine", "coffee mug"]]);
});
