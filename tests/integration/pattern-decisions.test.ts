import { and, asc, eq, inArray } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { batches, decisions, pairs, patterns, proposals } from "@/db/schema";
import { addPairs } from "@/server/mining/add-pairs";
import { approvePattern } from "@/server/mining/approve-pattern";
import { mergePattern } from "@/server/mining/merge-pattern";
import { patternDetail } from "@/server/mining/pattern-detail";
import { reconsiderPattern, rejectPattern } from "@/server/mining/reject-pattern";
import { requestBatch } from "@/server/mining/request-batch";
import { retirePattern } from "@/server/mining/retire-pattern";
import { setPatternLoop } from "@/server/mining/set-pattern-loop";
import { makeMember } from "@/tests/support/make/member";
import { makePattern } from "@/tests/support/make/pattern";
import { makeProposedPattern } from "@/tests/support/make/proposed-pattern";
import { testDatabase } from "@/tests/support/test-database";
import "@/tests/support/web-environment";

const { db } = await testDatabase();
const ROUNDS = 25;

const patternOf = async (id: string) =>
  (await db.select().from(patterns).where(eq(patterns.id, id)))[0]!;
const pairsOf = (patternId: string) =>
  db.select().from(pairs).where(eq(pairs.patternId, patternId)).orderBy(asc(pairs.id));
const logOf = (...subjectIds: string[]) =>
  db
    .select({ action: decisions.action, payload: decisions.payload })
    .from(decisions)
    .where(inArray(decisions.subjectId, subjectIds))
    .orderBy(asc(decisions.seq));

async function project() {
  const ctx = await makeMember(db);
  const { projectId } = ctx.member;
  const colleague = await makeMember(db, { projectId, role: "researcher", name: "Jonas" });
  return { ctx, colleague, projectId };
}

const COKE = { a: "iced coke", b: "tea cup", latent: "glass" };
const WINE = { a: "red wine", b: "milk bottle", latent: null };

describe("approving a proposed pattern", () => {
  test("lets its examples wait for review, and keeps a repeat beside its twin", async () => {
    const { ctx, projectId } = await project();
    const known = await makePattern(db, { projectId });
    await addPairs(ctx, {
      patternId: known.id,
      pairs: [{ a: "tea cups", b: "iced coke", latent: null }],
    });
    const { id: patternId } = await makeProposedPattern(db, { projectId, examples: [COKE, WINE] });
    await approvePattern(ctx, { patternId });

    expect(await patternOf(patternId)).toMatchObject({ state: "approved", phase: 3 });
    expect(await pairsOf(patternId)).toMatchObject([
      { conceptA: "red wine", state: "proposed", origin: "llm", phase: 3 },
    ]);
    const kept = await db
      .select({ outcome: proposals.outcome, step: proposals.step, proposer: batches.proposer })
      .from(proposals)
      .innerJoin(batches, eq(batches.id, proposals.batchId))
      .where(eq(batches.patternId, patternId))
      .orderBy(asc(proposals.ordinal));
    expect(kept).toEqual([
      { outcome: "duplicate", step: "exact", proposer: "scripted propose-patterns/1" },
      { outcome: "new", step: null, proposer: "scripted propose-patterns/1" },
    ]);
  });

  test("can give it another name, but not one that is taken", async () => {
    const { ctx, projectId } = await project();
    const { name: taken } = await makePattern(db, { projectId });
    const { id: patternId } = await makeProposedPattern(db, { projectId });

    await expect(approvePattern(ctx, { patternId, name: taken })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    expect(await patternOf(patternId)).toMatchObject({ state: "proposed" });
    await approvePattern(ctx, { patternId, name: "Drinks in odd vessels" });
    expect(await patternOf(patternId)).toMatchObject({
      state: "approved",
      name: "Drinks in odd vessels",
      nameKey: "drinks in odd vessels",
    });
  });

  test("without any example makes no batch", async () => {
    const { ctx, projectId } = await project();
    const { id: patternId } = await makeProposedPattern(db, { projectId });
    await approvePattern(ctx, { patternId });

    expect(await db.select().from(batches).where(eq(batches.patternId, patternId))).toEqual([]);
  });

  test("moves the seeds it names, those alone that are still where they were named", async () => {
    const { ctx, projectId } = await project();
    const [seeds, elsewhere] = [
      await makePattern(db, { projectId }),
      await makePattern(db, { projectId }),
    ];
    const typed = [COKE, WINE].map(({ a, b }) => ({ a, b, latent: null }));
    const { pairIds } = await addPairs(ctx, { patternId: seeds.id, pairs: typed });
    const [staysId, movesId] = [pairIds[0]!, pairIds[1]!];
    await db.update(pairs).set({ patternId: elsewhere.id }).where(eq(pairs.id, staysId));
    const { id: patternId } = await makeProposedPattern(db, {
      projectId,
      namedFromId: seeds.id,
      examples: [
        { ...COKE, pairId: staysId },
        { ...WINE, pairId: movesId },
      ],
    });
    await approvePattern(ctx, { patternId });

    expect(await pairsOf(patternId)).toMatchObject([{ id: movesId, phase: 1, state: "accepted" }]);
    expect(await pairsOf(elsewhere.id)).toMatchObject([{ id: staysId }]);
    expect((await logOf(patternId)).at(-1)).toMatchObject({
      action: "pattern.approve",
      payload: { movedPairIds: [movesId], batchId: null },
    });
  });

  test("is refused while a parent of the crossing is retired", async () => {
    const { ctx, projectId } = await project();
    const parents = [await makePattern(db, { projectId }), await makePattern(db, { projectId })];
    const parentIds = parents.map(({ id }) => id);
    const { id: patternId } = await makeProposedPattern(db, { projectId, parentIds });
    await retirePattern(ctx, { patternId: parentIds[1]!, retired: true });

    await expect(approvePattern(ctx, { patternId })).rejects.toThrow(/was retired meanwhile/);
    await retirePattern(ctx, { patternId: parentIds[1]!, retired: false });
    await approvePattern(ctx, { patternId });
    expect(await patternOf(patternId)).toMatchObject({ state: "approved", phase: 4 });
  });
});

describe("merging and rejecting a proposed pattern", () => {
  test("merging hands its examples to the other and leaves a pointer", async () => {
    const { ctx, projectId } = await project();
    const { id: intoId } = await makePattern(db, { projectId });
    const { id: patternId } = await makeProposedPattern(db, { projectId, examples: [COKE] });
    await mergePattern(ctx, { patternId, intoId });
    await mergePattern(ctx, { patternId, intoId });

    expect(await patternOf(patternId)).toMatchObject({ state: "merged", mergedIntoId: intoId });
    expect(await pairsOf(intoId)).toMatchObject([{ conceptA: "iced coke", phase: 2 }]);
    expect((await logOf(patternId)).map(({ action }) => action)).toEqual(["pattern.merge"]);
  });

  test("a pattern without a single pair or example is merged as well", async () => {
    const { ctx, projectId } = await project();
    const { id: intoId } = await makePattern(db, { projectId });
    const { id: patternId } = await makeProposedPattern(db, { projectId });
    await mergePattern(ctx, { patternId, intoId });

    expect(await patternOf(patternId)).toMatchObject({ state: "merged" });
    expect(await pairsOf(intoId)).toEqual([]);
  });

  test("nothing is merged into itself or into a pattern that is not approved", async () => {
    const { ctx, projectId } = await project();
    const { id: patternId } = await makeProposedPattern(db, { projectId });
    const { id: intoId } = await makeProposedPattern(db, { projectId });

    await expect(mergePattern(ctx, { patternId, intoId: patternId })).rejects.toMatchObject({
      code: "INVALID",
    });
    await expect(mergePattern(ctx, { patternId, intoId })).rejects.toThrow(/Choose an approved/);
  });

  test("a rejection can be taken back; an approval stands", async () => {
    const { ctx, projectId } = await project();
    const { id: patternId } = await makeProposedPattern(db, { projectId });
    await rejectPattern(ctx, { patternId, reason: "Too close to animals" });
    await rejectPattern(ctx, { patternId, reason: "Too close to animals" });
    await reconsiderPattern(ctx, { patternId });
    await approvePattern(ctx, { patternId });

    await expect(rejectPattern(ctx, { patternId, reason: "No" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await expect(reconsiderPattern(ctx, { patternId })).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await logOf(patternId)).map(({ action }) => action)).toEqual([
      "pattern.reject",
      "pattern.reconsider",
      "pattern.approve",
    ]);
  });

  test("a pattern that is not approved gets no pairs, no batch and no auto-mode, and cannot retire", async () => {
    const { ctx, projectId } = await project();
    const { id: patternId } = await makeProposedPattern(db, { projectId });
    const refused = { code: "CONFLICT" };
    const typed = [{ a: "milk", b: "bowl", latent: null }];
    const auto = { isAuto: true, askSteps: [], batchSize: 20 };

    await expect(addPairs(ctx, { patternId, pairs: typed })).rejects.toMatchObject(refused);
    await expect(requestBatch(ctx, { patternId, n: 5 })).rejects.toMatchObject(refused);
    await expect(setPatternLoop(ctx, { patternId, ...auto })).rejects.toMatchObject(refused);
    await expect(retirePattern(ctx, { patternId, retired: true })).rejects.toMatchObject(refused);
  });
});

describe("two people at once", () => {
  test("one word counts: the other is told, or agreed", async () => {
    const { ctx, colleague, projectId } = await project();
    const { id: intoId } = await makePattern(db, { projectId });
    for (let round = 0; round < ROUNDS; round += 1) {
      const examples = [{ a: `otter ${round}`, b: "teapot" }];
      const { id: patternId } = await makeProposedPattern(db, { projectId, examples });
      const outcomes = await Promise.allSettled([
        approvePattern(ctx, { patternId }),
        mergePattern(colleague, { patternId, intoId }),
        rejectPattern(ctx, { patternId, reason: "No" }),
        approvePattern(colleague, { patternId }),
      ]);

      const { state } = await patternOf(patternId);
      const log = await logOf(patternId);
      expect(log).toHaveLength(1);
      const isDone = outcomes.map(({ status }) => status === "fulfilled");
      expect(isDone).toEqual([
        state === "approved",
        state === "merged",
        state === "rejected",
        state === "approved",
      ]);
      for (const outcome of outcomes)
        if (outcome.status === "rejected") expect(outcome.reason.code).toBe("CONFLICT");
      const made = await db
        .select()
        .from(pairs)
        .where(and(eq(pairs.projectId, projectId), eq(pairs.conceptA, `otter ${round}`)));
      expect(made).toHaveLength(state === "rejected" ? 0 : 1);
    }
  });

  test("a crossing is never approved after the log says that its parent was retired", async () => {
    const { ctx, colleague, projectId } = await project();
    for (let round = 0; round < ROUNDS; round += 1) {
      const parents = [await makePattern(db, { projectId }), await makePattern(db, { projectId })];
      const parentIds = parents.map(({ id }) => id);
      const { id: patternId } = await makeProposedPattern(db, { projectId, parentIds });
      const [approval, retirement] = await Promise.allSettled([
        approvePattern(ctx, { patternId }),
        retirePattern(colleague, { patternId: parentIds[round % 2]!, retired: true }),
      ]);

      expect(retirement.status).toBe("fulfilled");
      const actions = (await logOf(patternId, ...parentIds)).map(({ action }) => action);
      if (approval.status === "fulfilled")
        expect(actions).toEqual(["pattern.approve", "pattern.retire"]);
      else {
        expect(approval.reason).toMatchObject({ code: "CONFLICT" });
        expect(actions).toEqual(["pattern.retire"]);
        expect(await patternOf(patternId)).toMatchObject({ state: "proposed" });
      }
    }
  });

  test("two merges into each other's targets do not wait in a circle", async () => {
    const { ctx, colleague, projectId } = await project();
    for (let round = 0; round < ROUNDS; round += 1) {
      const [one, other] = [
        await makePattern(db, { projectId }),
        await makePattern(db, { projectId }),
      ];
      const crossed = [
        await makeProposedPattern(db, { projectId, parentIds: [one.id, other.id] }),
        await makeProposedPattern(db, { projectId, parentIds: [other.id, one.id] }),
      ];
      await Promise.all([
        approvePattern(ctx, { patternId: crossed[0]!.id }),
        mergePattern(colleague, { patternId: crossed[1]!.id, intoId: one.id }),
        retirePattern(ctx, { patternId: (await makePattern(db, { projectId })).id, retired: true }),
      ]);
      expect(await patternOf(crossed[1]!.id)).toMatchObject({ state: "merged" });
    }
  });
});

test("a proposed pattern is shown beside what it may repeat, with the figures", async () => {
  const { ctx, projectId } = await project();
  const known = await makePattern(db, { projectId, name: "Drinks in odd vessels" });
  await makePattern(db, { projectId, name: "Machines under water" });
  await addPairs(ctx, {
    patternId: known.id,
    pairs: [{ a: "tea cup", b: "iced coke", latent: null }],
  });
  const { id: patternId } = await makeProposedPattern(db, { projectId, examples: [COKE, WINE] });

  const { examples, overlaps } = await patternDetail(ctx, patternId);

  expect(overlaps).toMatchObject([
    {
      pattern: { id: known.id },
      overlap: { pairs: { shared: 1, of: 2 }, concepts: { shared: 2, of: 4 }, isLikely: true },
    },
  ]);
  expect(examples.map(({ known: pair }) => pair?.pattern ?? null)).toEqual([known.name, null]);
});
