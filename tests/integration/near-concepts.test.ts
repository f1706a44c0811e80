import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import type { DbHandle } from "@/db/client";
import { concepts } from "@/db/schema";
import { conceptRow } from "@/server/mining/domain/concept";
import { bandsOf } from "@/server/mining/domain/meaning/bands";
import { builtInVector } from "@/server/mining/domain/meaning/built-in-vector";
import { cosine } from "@/server/mining/domain/meaning/compare-meaning";
import { BUILT_IN_LIMITS } from "@/server/mining/domain/meaning/limits";
import { findNearConcepts } from "@/server/mining/find-near-concepts";
import { storeVectors } from "@/server/mining/store-vectors";
import { makeProject } from "../support/make/project";
import { testDatabase } from "../support/test-database";

let db: DbHandle["db"];

beforeAll(async () => {
  ({ db } = await testDatabase());
});

const labelled = JSON.parse(readFileSync("tests/fixtures/duplicate-pairs.json", "utf8")) as {
  x: [string, string];
  y: [string, string];
}[];
const meaning = { embedder: "near concepts' own", limits: BUILT_IN_LIMITS };

/** A project that has these concepts; what the embedder says of all that it was ever asked is shared. */
async function projectWith(texts: readonly string[]) {
  const { id: projectId } = await makeProject(db);
  const rows = [...new Map(texts.map((text) => [conceptRow("", text).key, text])).values()].map(
    (text) => conceptRow(projectId, text),
  );
  await db.insert(concepts).values(rows);
  const vectors = rows.map(({ text }) => builtInVector(text));
  await storeVectors(db, meaning.embedder, rows, vectors);
  return { projectId, all: rows.map((row, at) => ({ ...row, vector: vectors[at]! })) };
}

const shareABand = (x: Float32Array, y: Float32Array) => {
  const bands = new Set(bandsOf(x));
  return bandsOf(y).some((band) => bands.has(band));
};

test("the database finds all of the labelled list that comparing each with each finds, and nothing else", async () => {
  const { projectId, all } = await projectWith(labelled.flatMap(({ x, y }) => [...x, ...y]));
  let near = 0;
  for (const asked of all) {
    const [found = []] = await db.transaction((tx) =>
      findNearConcepts(tx, projectId, [asked.text], meaning),
    );
    const likely = all
      .map(({ key, vector }) => ({ key, vector, cosine: cosine(asked.vector, vector) ?? -1 }))
      .filter((one) => one.cosine >= BUILT_IN_LIMITS.flag && shareABand(asked.vector, one.vector));
    near += likely.length - 1;
    expect(new Map(found.map((one) => [one.key, one.cosine]))).toEqual(
      new Map(likely.map((one) => [one.key, one.cosine])),
    );
  }
  expect(near).toBeGreaterThan(100);
}, 120_000);

test("both sides of a pair are asked for at once, each in its own place", async () => {
  const { projectId } = await projectWith(["iced coke", "kangaroo", "umbrella"]);
  await projectWith(["cola with ice", "roo"]);
  const [a = [], b = [], unknown] = await db.transaction((tx) =>
    findNearConcepts(tx, projectId, ["cola with ice", "kangaroo", "never asked for"], meaning),
  );
  expect(a.map(({ text }) => text)).toEqual(["iced coke"]);
  expect(b.map(({ text }) => text)).toEqual(["kangaroo"]);
  expect(unknown).toEqual([]);
});
