import "@/tests/support/web-environment";
import { and, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { accounts, grids, sittings, verdicts } from "@/db/schema";
import { repairChoices } from "@/server/comparison/repair-choices";
import { showComparedPair } from "@/server/comparison/show-compared-pair";
import { showComparison } from "@/server/comparison/show-comparison";
import { makeMember } from "@/tests/support/make/member";
import { makeRatedComparison, type RatedComparison } from "@/tests/support/rated-comparison";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();
let project: RatedComparison;

beforeAll(async () => {
  project = await makeRatedComparison(db);
}, 60_000);

test("the Levels of each generator are counted over the comparison's own grids", async () => {
  const comparison = (await project.show())!;

  expect(comparison.repairs).toMatchObject([{ number: 1, pairs: 4, generators: 2 }]);
  expect(
    comparison.generators.map(({ revisionId, isBaseline }) => [revisionId, isBaseline]),
  ).toEqual([
    [project.baselineId, true],
    [project.methodId, false],
  ]);
  const [baseline, method] = comparison.generators;
  expect(baseline!.levels).toMatchObject({ rated: 4, counts: [0, 0, 0, 1, 3], meanLevel: 19 / 4 });
  expect(method!.levels).toMatchObject({ rated: 4, counts: [1, 0, 1, 1, 1], meanLevel: 13 / 4 });
  // Wilson: 3 of 4 and 1 of 4.
  expect(baseline!.levels.five).toMatchObject({ share: 0.75 });
  expect(baseline!.levels.five!.low).toBeCloseTo(0.3006, 4);
  expect(baseline!.levels.five!.high).toBeCloseTo(0.9544, 4);
});

test("at the mining seeds all pairs were at Level 5, which is why they are here and no evidence", async () => {
  const [baseline, method] = (await project.show())!.generators;

  expect(baseline!.mining.counts).toEqual([0, 0, 0, 0, 4]);
  expect(method!.mining.rated).toBe(0);
});

test("table, McNemar and signed ranks are those of the four pairs by hand", async () => {
  const { two, methods } = (await project.show())!;

  expect([two.firstId, two.secondId]).toEqual([project.baselineId, project.methodId]);
  const table = Array.from({ length: 5 }, () => [0, 0, 0, 0, 0]);
  table[4]![4] = 1;
  table[4]![2] = 1;
  table[4]![0] = 1;
  table[3]![3] = 1;
  expect(two.table).toEqual(table);
  // Two left Level 5 and none came: 2 x (1/2)^2 = .5.
  expect(two.mcnemar).toMatchObject({ onlyFirst: 2, onlySecond: 0, exact: 0.5 });
  expect([two.better, two.same, two.worse]).toEqual([2, 2, 0]);
  // Gains 0 2 4 0: Pratt's ranks of 2 and 4 are 3 and 4, both positive: 2 of 4 sign patterns lie so far out.
  expect(two.signedRanks).toMatchObject({ positive: 7, negative: 0, p: 0.5, rankBiserial: 1 });
  expect(two.levelsGained.value).toBe(1.5);
  expect(two.fiveDifference.value).toBe(-0.5);
  // One method: Holm leaves p as it is.
  expect(methods).toMatchObject([
    { revisionId: project.methodId, holm: { mcnemar: 0.5, signedRanks: 0.5 } },
  ]);
});

test("what was substituted is a share of the images that raters were asked about in detail", async () => {
  expect((await project.show())!.generators.map(({ substituted }) => substituted)).toEqual([
    null,
    null,
  ]);
  const judged = await db
    .select({ sittingId: verdicts.sittingId, imageId: verdicts.imageId })
    .from(verdicts)
    .innerJoin(sittings, eq(sittings.id, verdicts.sittingId))
    .innerJoin(grids, eq(grids.id, sittings.gridId))
    .where(
      and(
        eq(grids.projectId, project.projectId),
        eq(grids.purpose, "repair"),
        eq(grids.generatorRevisionId, project.baselineId),
      ),
    )
    .orderBy(verdicts.imageId);
  for (const [at, { sittingId, imageId }] of judged.slice(0, 11).entries()) {
    const detail = { aSeen: true, bSeen: at >= 6 && at < 10, latentSeen: at < 8 || at === 10 };
    await db
      .update(verdicts)
      // The last one was flagged after it was looked at: nobody judged it.
      .set(at === 10 ? { detail, verdict: "broken" } : { detail })
      .where(and(eq(verdicts.sittingId, sittingId), eq(verdicts.imageId, imageId)));
  }
  // Two of them show the other concept beside B: that is no substitution.
  const [baseline, method] = (await project.show())!.generators;
  expect(baseline!.substituted).toMatchObject({ asked: 10, substituted: 6, share: 0.6 });
  expect(baseline!.substituted!.low).toBeCloseTo(0.3127, 4);
  expect(method!.substituted).toBeNull();
});

test("an image's evals and seconds are those that the endpoints told", async () => {
  const [baseline, method] = (await project.show())!.generators;

  // 20 renders of 4 images each; a total counts alone, phases follow each other.
  expect(baseline!.cost).toMatchObject({ images: 80, evals: 40, seconds: 0.5 });
  expect(method!.cost).toMatchObject({ images: 80, evals: 107.5, seconds: 1.5 });
  const { generators } = await repairChoices(db, project.projectId, {});
  expect(generators.find(({ id }) => id === project.methodId)!.cost).toMatchObject({
    evals: 107.5,
  });
});

test("the patterns' parts add up to the whole, and one pattern can be asked for alone", async () => {
  const { byPattern, patterns } = (await project.show())!;

  expect(byPattern).toMatchObject([{ pairs: 4, generators: [{ rated: 4 }, { rated: 4 }] }]);
  const alone = await project.show({ patternId: patterns[0]!.id });
  expect(alone!.two.pairs).toBe(4);
  const foreign = await project.show({ patternId: crypto.randomUUID() });
  expect(foreign!.two).toMatchObject({ pairs: 0, mcnemar: { exact: null } });
});

test("people and the simulated rater are never in one figure", async () => {
  const simulated = (await project.show({ judge: "simulated" }))!;

  expect(simulated.generators.map(({ levels }) => levels.rated)).toEqual([0, 0]);
  expect(simulated.ratedByOthers).toBe(8);
});

test("before any comparison there is none to show, and a strange number or generator is refused", async () => {
  const owner = await makeMember(db);
  expect(await showComparison(owner, { judge: "human" })).toBeNull();
  await expect(project.show({ repair: 9 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(project.show({ secondId: crypto.randomUUID() })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(
    showComparedPair(owner, { repair: 1, pairId: project.pairIds[0]! }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(
    await db.select().from(accounts).where(eq(accounts.id, owner.viewer.accountId)),
  ).toHaveLength(1);
});
