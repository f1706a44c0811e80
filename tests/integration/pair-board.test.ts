import { asc, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { describe, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { batches, conceptSets, decisions, pairs, patterns, proposals } from "@/db/schema";
import { addPairs } from "@/server/mining/add-pairs";
import { insertConcepts } from "@/server/mining/insert-pairs";
import { pairBoard } from "@/server/mining/pair-board";
import { proposePicked } from "@/server/mining/propose-picked";
import { makeMember } from "@/tests/support/make/member";
import { makePattern } from "@/tests/support/make/pattern";
import { testDatabase } from "@/tests/support/test-database";
import "@/tests/support/web-environment";

const { db, sql } = await testDatabase();

/** Ten words that no other name shares. */
const familyOf = (name: string) =>
  Array.from({ length: 10 }, (_, n) => `${name}${String.fromCharCode(97 + n)}`).join(" ");

async function board(conceptsA: string[], conceptsB: string[]) {
  const ctx = await makeMember(db);
  const { projectId } = ctx.member;
  const pattern = await makePattern(db, { projectId });
  const [set] = await db
    .insert(conceptSets)
    .values({ projectId, patternId: pattern.id, number: 1, conceptsA, conceptsB })
    .returning();
  return { ctx, projectId, patternId: pattern.id, conceptSetId: set!.id };
}

const pairsOf = (projectId: string) =>
  db.select().from(pairs).where(eq(pairs.projectId, projectId)).orderBy(asc(pairs.id));

describe("the A × B board", () => {
  test("shows the newest sets and marks what the project has, in whichever order it was typed", async () => {
    const { ctx, patternId } = await board(["iced coke", "milk"], ["tea cup", "jug"]);
    await addPairs(ctx, { patternId, pairs: [{ a: "tea cups", b: "an iced coke", latent: null }] });

    const { set, cells } = await pairBoard(ctx, patternId);

    expect(set).toMatchObject({ number: 1, conceptsA: ["iced coke", "milk"] });
    expect(cells.map((row) => row.map(({ kind }) => kind))).toEqual([
      ["known", "free"],
      ["free", "free"],
    ]);
  });

  test("marks what reads like a pair we have; picked all the same, it is kept beside that twin", async () => {
    const { ctx, patternId, conceptSetId } = await board(["wine of red glass"], ["fish bowl"]);
    const twin = { a: "glass of red wine", b: "fish bowl", latent: null };
    await addPairs(ctx, { patternId, pairs: [twin] });

    const { cells } = await pairBoard(ctx, patternId);
    expect(cells[0]).toMatchObject([{ kind: "alike", twin: "glass of red wine × fish bowl" }]);
    const done = await proposePicked(ctx, { conceptSetId, picks: [{ row: 0, column: 0 }] });
    expect(done).toMatchObject({ picked: 1, accepted: 0 });
  });

  test("costs a look-up for each concept and three more, however much reads alike", async () => {
    const [rows, columns] = ["row", "column"].map((side) =>
      Array.from({ length: 20 }, (_, family) => familyOf(`${side}${family}`)),
    ) as [string[], string[]];
    const { ctx, projectId, patternId } = await board(rows, columns);
    // Of each concept 13 others that read like it: more combinations than a statement has places for.
    const alike = [...rows, ...columns].flatMap((concept) =>
      Array.from({ length: 13 }, (_, n) => ({ projectId, a: `${concept} ${n}x`, b: concept })),
    );
    await db.transaction((tx) => insertConcepts(tx, alike));
    await addPairs(ctx, {
      patternId,
      pairs: [{ a: `${rows[3]} 5x`, b: `${columns[7]} 2x`, latent: null }],
    });
    let statements = 0;
    const counted = drizzle(sql, { schema, logger: { logQuery: () => (statements += 1) } });

    const { cells } = await pairBoard({ ...ctx, db: counted }, patternId);

    expect(statements).toBe(rows.length + columns.length + 3);
    expect(cells[3]![7]).toMatchObject({ kind: "alike" });
    expect(cells.flat().filter(({ kind }) => kind === "free")).toHaveLength(399);
  });

  test("is empty before the first sets came", async () => {
    const ctx = await makeMember(db);
    const { id } = await makePattern(db, ctx.member);

    expect(await pairBoard(ctx, id)).toMatchObject({ set: null, cells: [] });
  });
});

describe("picked combinations", () => {
  test("become one batch of the two-sets way; the new ones are accepted, for a person picked them", async () => {
    const { ctx, projectId, patternId, conceptSetId } = await board(
      ["iced coke", "milk"],
      ["tea cup", "jug"],
    );
    await addPairs(ctx, { patternId, pairs: [{ a: "milk", b: "jug", latent: null }] });

    const done = await proposePicked(ctx, {
      conceptSetId,
      picks: [
        { row: 0, column: 0 },
        { row: 1, column: 1 },
      ],
    });

    expect(done).toMatchObject({ picked: 2, accepted: 1 });
    const [batch] = await db.select().from(batches).where(eq(batches.id, done.batchId));
    expect(batch).toMatchObject({ strategy: "two_sets", state: "done", returned: 2, fresh: 1 });
    const kept = await db
      .select()
      .from(proposals)
      .where(eq(proposals.batchId, done.batchId))
      .orderBy(asc(proposals.ordinal));
    expect(kept.map(({ outcome }) => outcome)).toEqual(["new", "duplicate"]);
    expect(await pairsOf(projectId)).toMatchObject([
      { conceptA: "milk", origin: "human" },
      {
        conceptA: "iced coke",
        conceptB: "tea cup",
        origin: "llm",
        state: "accepted",
        decidedBy: ctx.viewer.accountId,
      },
    ]);
  });

  test("are told in the log: what was given, which ids were drawn, and the person's word", async () => {
    const { ctx, projectId, conceptSetId } = await board(["iced coke"], ["tea cup"]);
    await proposePicked(ctx, { conceptSetId, picks: [{ row: 0, column: 0 }] });

    const [pair] = await pairsOf(projectId);
    const log = await db
      .select({ action: decisions.action, payload: decisions.payload })
      .from(decisions)
      .where(eq(decisions.projectId, projectId))
      .orderBy(asc(decisions.seq));
    expect(log.map(({ action }) => action)).toEqual([
      "batch.give",
      "batch.record",
      "batch.pick",
      "pair.accept",
    ]);
    expect(log[0]!.payload).toMatchObject({ pairs: [{ a: "iced coke", b: "tea cup" }] });
    expect(log[2]!.payload).toMatchObject({ conceptSetId, acceptedPairIds: [pair!.id] });
  });

  test("picked by two people at once become one pair", async () => {
    const { ctx, projectId, conceptSetId } = await board(["otter", "badger"], ["teapot"]);
    const colleague = await makeMember(db, { projectId, role: "researcher" });
    const picks = [
      { row: 0, column: 0 },
      { row: 1, column: 0 },
    ];
    const done = await Promise.all([
      proposePicked(ctx, { conceptSetId, picks }),
      proposePicked(colleague, { conceptSetId, picks: picks.toReversed() }),
    ]);

    expect(done.map(({ accepted }) => accepted).sort()).toEqual([0, 2]);
    expect(await pairsOf(projectId)).toHaveLength(2);
  });

  test("off the board, or of a pattern that is retired, leave nothing behind", async () => {
    const { ctx, projectId, patternId, conceptSetId } = await board(["iced coke"], ["tea cup"]);
    const off = { conceptSetId, picks: [{ row: 0, column: 7 }] };
    await expect(proposePicked(ctx, off)).rejects.toMatchObject({ code: "INVALID" });
    await db.update(patterns).set({ state: "retired" }).where(eq(patterns.id, patternId));
    const on = { conceptSetId, picks: [{ row: 0, column: 0 }] };
    await expect(proposePicked(ctx, on)).rejects.toMatchObject({ code: "CONFLICT" });

    expect(await pairsOf(projectId)).toEqual([]);
    expect(await db.select().from(batches).where(eq(batches.patternId, patternId))).toEqual([]);
  });
});
