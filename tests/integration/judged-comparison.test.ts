import "@/tests/support/web-environment";
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { ScoredSubject } from "@/server/scoring/schemas";
import { showScoring } from "@/server/scoring/show-scoring";
import { startScoring } from "@/server/scoring/start-scoring";
import { openLoopDriver } from "@/tests/support/loop-driver";
import { makeRepairProject } from "@/tests/support/repair-project";
import { storageHome } from "@/tests/support/storage-home";
import { tellOfJudge } from "@/tests/support/tell-of-judge";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();

test("a comparison shows what was scored of its runs by itself and what a person asked for it, and nothing of other runs", async () => {
  const model = `model-${randomUUID()}`;
  const { name: endpoint } = await tellOfJudge(db, { scorers: ["oracle"], judges: [model] });
  const driver = await openLoopDriver(db);
  const compared = await makeRepairProject(db, driver, 1);
  await compared.start();
  const method = { name: "plain", version: "1", mode: "plain", parameters: {} };
  const told = { model: { name: model, revision: "1" }, method };
  await driver.draw("sketch", told);
  await driver.draw(compared.methodEndpoint, told);
  await driver.settle();
  const of = { kind: "repair", number: 1 } as const;
  const asked = async (what: ScoredSubject = of) =>
    (await showScoring(db, compared.projectId, { of: what })).asked;

  const byItself = { endpoint, isUnasked: true, open: 5 };
  expect(await asked()).toMatchObject([
    { number: 2, run: 3, ...byItself },
    { number: 1, run: 2, ...byItself },
  ]);
  expect(await asked({ kind: "run", number: 3 })).toMatchObject([{ number: 2, run: 3 }]);
  expect(await asked({ kind: "run", number: 1 })).toEqual([]);

  const { name: other } = await tellOfJudge(db, { scorers: ["clipscore"], judges: [] });
  const ask = (what: ScoredSubject) =>
    startScoring(compared.ctx, { of: what, endpoint: other, scorers: ["clipscore"] });
  await ask(of);
  await ask({ kind: "run", number: 1 });
  expect(await asked()).toMatchObject([
    { number: 3, run: null, endpoint: other, isUnasked: false, open: 10 },
    { number: 2, run: 3 },
    { number: 1, run: 2 },
  ]);
});
