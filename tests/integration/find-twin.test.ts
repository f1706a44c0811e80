import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { DbHandle } from "@/db/client";
import { comparePairs, type PairWords } from "@/server/mining/domain/compare-pairs";
import { conceptKey } from "@/server/mining/domain/concept";
import { pairKey } from "@/server/mining/domain/pair-key";
import { createTwinIndex } from "@/server/mining/domain/twin-index";
import { insertPairs } from "@/server/mining/insert-pairs";
import { lookUpPair } from "@/server/mining/look-up-pair";
import { makePattern } from "../support/make/pattern";
import { makeProject } from "../support/make/project";
import { testDatabase } from "../support/test-database";

let db: DbHandle["db"];

beforeAll(async () => {
  ({ db } = await testDatabase());
});

/** A project of its own that holds these pairs, asked for the twins of others. */
async function askAmong(known: readonly PairWords[], asked: readonly PairWords[]) {
  const { id: projectId } = await makeProject(db);
  const { id: patternId } = await makePattern(db, { projectId });
  const of = { projectId, patternId, phase: 1, origin: "human", state: "proposed" } as const;
  return db.transaction(async (tx) => {
    await insertPairs(
      tx,
      known.map(({ a, b }) => ({ ...of, a, b })),
    );
    const found = [];
    for (const pair of asked) found.push((await lookUpPair(tx, projectId, pair)).twin);
    return found;
  });
}

const summary = (twin: { pair: PairWords; step: string; similarity: number } | null) =>
  twin && {
    key: pairKey(twin.pair.a, twin.pair.b),
    step: twin.step,
    similarity: twin.similarity,
  };

// Words that are alike, that share beginnings, that no trigram of plain letters covers, and very short ones.
const WORDS = [
  ..."tea teas cup cups coke coca cola iced ice ices glass glasses cube cubes of with the a".split(
    " ",
  ),
  ..."strawberry strawberries strawbery raspberry blueberry marmalade marmelade café cafe jalapeño".split(
    " ",
  ),
  ..."чай чашка чашки 茶 茶碗 x y z ab ba refrigerator refrigerators t-shirt electroencephalograph".split(
    " ",
  ),
];
const concept = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 11 })
  .map((words) => words.join(" "));
const pair = fc
  .record({ a: concept, b: concept })
  .filter(
    ({ a, b }) => conceptKey(a) !== conceptKey(b) && conceptKey(a) !== "" && conceptKey(b) !== "",
  );

/** The same pair, worded a little otherwise. */
const reworded = (known: readonly PairWords[]) =>
  fc
    .record({
      from: fc.constantFrom(...known),
      isTurned: fc.boolean(),
      word: fc.constantFrom(...WORDS),
      at: fc.nat({ max: 12 }),
      change: fc.constantFrom("add", "drop", "swap", "letter"),
    })
    .map(({ from, isTurned, word, at, change }): PairWords => {
      const words = from.a.split(" ");
      const place = at % words.length;
      if (change === "add") words.splice(place, 0, word);
      if (change === "drop" && words.length > 1) words.splice(place, 1);
      if (change === "swap") words.push(words.shift() ?? "");
      if (change === "letter") words[place] = `${words[place]}r`;
      const a = words.join(" ");
      return isTurned ? { a: from.b, b: a } : { a, b: from.b };
    });

const scene = fc
  .uniqueArray(pair, { selector: ({ a, b }) => pairKey(a, b), minLength: 1, maxLength: 25 })
  .chain((known) =>
    fc.record({
      known: fc.constant(known),
      asked: fc.array(fc.oneof(pair, reworded(known)), { minLength: 4, maxLength: 12 }),
    }),
  );

test("the database finds the twin that comparing with each known pair would find", async () => {
  await fc.assert(
    fc.asyncProperty(scene, async ({ known, asked }) => {
      const inMemory = createTwinIndex(known);
      expect((await askAmong(known, asked)).map(summary)).toEqual(
        asked.map((one) => summary(inMemory.find(one))),
      );
    }),
    { numRuns: 40 },
  );
}, 120_000);

test("concept by concept: words that only changed sides are no twin", async () => {
  const [crossed, turned, plural] = await askAmong(
    [{ a: "tea cup", b: "iced coke" }],
    [
      { a: "coke cup", b: "iced tea" },
      { a: "an iced coke", b: "teacup" },
      { a: "tea-cups", b: "iced cokes" },
    ],
  );
  expect(crossed).toBeNull();
  expect(turned).toMatchObject({ step: "exact", pair: { a: "tea cup" } });
  expect(plural).toMatchObject({ step: "exact" });
});

test("another project's pairs are no twins", async () => {
  await askAmong([{ a: "polar bear", b: "zebra coat" }], []);
  const [twin] = await askAmong([], [{ a: "polar bear", b: "zebra coat" }]);
  expect(twin).toBeNull();
});

test("one long word that differs does not hide a twin of five words", async () => {
  const known = { a: "an ox on a big red bus", b: "umbrella" };
  const asked = { a: "ox on big red bus electroencephalograph", b: "umbrella" };
  expect(comparePairs(known, asked)).toMatchObject({ step: "lexical" });
  expect(await askAmong([known], [asked])).toMatchObject([{ step: "lexical" }]);
});
