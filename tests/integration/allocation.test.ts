import { and, desc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { DbHandle } from "@/db/client";
import {
  allocations,
  batches,
  decisions,
  inquiries,
  type Pattern,
  pairs,
  phases,
  saturations,
} from "@/db/schema";
import { addPhases } from "@/server/loop/add-phases";
import { expandPattern } from "@/server/mining/exchanges/expand-pattern";
import { insertBatch } from "@/server/mining/insert-batch";
import { OFFLINE_MODEL } from "@/server/mining/offline-proposer";
import { readArms } from "@/server/mining/read-arms";
import { suggestBatches } from "@/server/mining/suggest-batches";
import { takeSuggestion } from "@/server/mining/take-suggestion";
import type { MemberContext } from "@/server/trpc/context";
import { makeGrid } from "../support/make/grid";
import { makeMember } from "../support/make/member";
import { makePattern } from "../support/make/pattern";
import { rateNextGrid } from "../support/make/rated-grid";
import { testDatabase } from "../support/test-database";

let db: DbHandle["db"];
const PROPOSER = `${OFFLINE_MODEL} ${expandPattern.version}`;

beforeAll(async () => {
  process.env.AUTH_SECRET ??= "a secret of the tests, long enough for all";
  process.env.APP_URL ??= "http://localhost:3000";
  ({ db } = await testDatabase());
});

async function makeSite(): Promise<{ ctx: MemberContext; pattern: Pattern }> {
  const ctx = await makeMember(db);
  await db.transaction((tx) => addPhases(tx, ctx.member.projectId));
  return { ctx, pattern: await makePattern(db, ctx.member) };
}

/** Pairs of a batch of this pattern, rated by a person with so many correct images each. */
async function addRated(ctx: MemberContext, pattern: Pattern, correct: readonly number[]) {
  const { batchId } = await db.transaction((tx) =>
    insertBatch(tx, pattern, { actorId: null, n: 20, proposer: PROPOSER }),
  );
  await db.update(batches).set({ state: "done" }).where(eq(batches.id, batchId));
  for (const count of correct) {
    const { pairId } = await makeGrid(db, ctx.member);
    const change = { patternId: pattern.id, batchId, origin: "llm" as const };
    await db.update(pairs).set(change).where(eq(pairs.id, pairId));
    await rateNextGrid(ctx, count);
  }
}

const armsOf = ({ member }: MemberContext) =>
  db.transaction((tx) => readArms(tx, member.projectId));

describe("the arms", () => {
  test("are every approved pattern by each strategy, with Levels and minutes of people", async () => {
    const { ctx, pattern } = await makeSite();
    await addRated(ctx, pattern, [0, 0, 5]);
    const { arms } = await armsOf(ctx);
    expect(arms.find((arm) => arm.patternId === pattern.id && arm.strategy === "direct")).toEqual({
      patternId: pattern.id,
      strategy: "direct",
      rated: 3,
      found: 2,
      minutes: expect.closeTo(2.1, 9),
      underWay: 0,
      isOpen: true,
    });
    expect(arms.filter((arm) => arm.patternId === pattern.id)).toHaveLength(2);
  });

  test("do not take Levels of a simulated rater for those of people", async () => {
    const { ctx, pattern } = await makeSite();
    const { projectId } = ctx.member;
    const robot = await makeMember(db, { projectId, role: "expert", isSimulated: true });
    const { pairId } = await makeGrid(db, { projectId });
    await db.update(pairs).set({ patternId: pattern.id }).where(eq(pairs.id, pairId));
    await rateNextGrid(robot, 0);
    const { arms } = await armsOf(ctx);
    expect(arms.every(({ rated }) => rated === 0)).toBe(true);
  });

  test("of a paused phase, or dry with the proposer in use, are closed", async () => {
    const { ctx, pattern } = await makeSite();
    const { projectId } = ctx.member;
    const dry = { projectId, patternId: pattern.id, proposer: PROPOSER };
    await db.insert(saturations).values({ ...dry, isDry: true, isConfirmed: true });
    const open = async () => (await armsOf(ctx)).arms.map(({ isOpen }) => isOpen);
    expect(await open()).toEqual([false, true]);
    const second = and(eq(phases.projectId, projectId), eq(phases.number, 2));
    await db.update(phases).set({ state: "paused" }).where(second);
    expect(await open()).toEqual([false, false]);
  });

  test("hold what they asked for until it has a Level: in a batch, to review, or accepted", async () => {
    const { ctx, pattern } = await makeSite();
    const { batchId } = await db.transaction((tx) =>
      insertBatch(tx, pattern, { actorId: null, n: 20, proposer: PROPOSER }),
    );
    const direct = async () => {
      const { arms, typed } = await armsOf(ctx);
      const { rated, underWay } = arms.find(({ strategy }) => strategy === "direct")!;
      return { rated, underWay, typed: typed[pattern.id] ?? 0 };
    };
    expect(await direct()).toEqual({ rated: 0, underWay: 20, typed: 0 });
    await db
      .update(batches)
      .set({ state: "waiting", reason: "The token budget is used up", heldBy: "tokens" })
      .where(eq(batches.id, batchId));
    expect(await direct()).toMatchObject({ underWay: 20 });

    await db.update(batches).set({ state: "done", heldBy: null }).where(eq(batches.id, batchId));
    const { projectId } = ctx.member;
    const added = await db
      .insert(pairs)
      .values(
        Array.from({ length: 20 }, (_, n) => ({
          projectId,
          patternId: pattern.id,
          batchId,
          conceptA: `drink ${n}`,
          conceptB: `vessel ${n}`,
          key: `drink ${n}|vessel ${n}`,
          phase: 2,
          origin: "llm" as const,
          state: "accepted" as const,
          stage: "prompts" as const,
        })),
      )
      .returning({ id: pairs.id });
    expect(await direct()).toEqual({ rated: 0, underWay: 20, typed: 0 });
    await db
      .update(pairs)
      .set({ state: "rejected", reason: "unclear", stage: null })
      .where(eq(pairs.id, added[0]!.id));
    await db
      .update(pairs)
      .set({ state: "proposed", stage: null })
      .where(eq(pairs.id, added[1]!.id));
    expect(await direct()).toEqual({ rated: 0, underWay: 19, typed: 0 });
  });

  test("count pairs that are typed or on their way to the floor of their pattern only", async () => {
    const { ctx, pattern } = await makeSite();
    const { pairId } = await makeGrid(db, ctx.member);
    await db.update(pairs).set({ patternId: pattern.id }).where(eq(pairs.id, pairId));
    expect((await armsOf(ctx)).typed[pattern.id]).toBe(1);
    await rateNextGrid(ctx, 3);
    const { arms, typed } = await armsOf(ctx);
    expect(typed[pattern.id]).toBe(1);
    expect(arms.every(({ rated }) => rated === 0)).toBe(true);
  });
});

describe("suggestions", () => {
  test("are stored with seed and reason, told as a decision, and ask for nothing", async () => {
    const { ctx, pattern } = await makeSite();
    await addRated(ctx, pattern, [0, 0, 5]);
    const before = await db.$count(batches, eq(batches.patternId, pattern.id));
    const { allocationId, suggestions } = await suggestBatches(ctx, { batches: 2 });
    const mine = suggestions.filter(({ patternId }) => patternId === pattern.id);
    expect(mine[0]!.reason).toMatch(/^(Only 3 rated|Not one pair rated|3 of 3|2 of 3 at Level 5)/);
    expect(suggestions.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);

    const [stored] = await db.select().from(allocations).where(eq(allocations.id, allocationId));
    expect(stored!.suggestions).toEqual(suggestions);
    const [told] = await db.select().from(decisions).where(eq(decisions.subjectId, allocationId));
    expect(told).toMatchObject({
      action: "allocation.suggest",
      payload: { seed: stored!.seed, suggestions },
    });
    expect(await db.$count(batches, eq(batches.patternId, pattern.id))).toBe(before);
  });

  test("of another time have other dice", async () => {
    const { ctx } = await makeSite();
    await suggestBatches(ctx, { batches: 1 });
    await suggestBatches(ctx, { batches: 1 });
    const stored = await db
      .select({ seed: allocations.seed })
      .from(allocations)
      .where(eq(allocations.projectId, ctx.member.projectId))
      .orderBy(desc(allocations.id));
    expect(new Set(stored.map(({ seed }) => seed)).size).toBe(2);
  });

  test("are none where no pattern is open", async () => {
    const ctx = await makeMember(db);
    expect((await suggestBatches(ctx, { batches: 3 })).suggestions).toEqual([]);
  });

  test("become a batch when a person takes them, once", async () => {
    const { ctx, pattern } = await makeSite();
    const { allocationId, suggestions } = await suggestBatches(ctx, { batches: 1 });
    const [first] = suggestions;
    expect(first).toMatchObject({ patternId: pattern.id, strategy: "direct", pairs: 10 });
    const choice = { allocationId, patternId: pattern.id, strategy: "direct" as const };
    const { batchId } = await takeSuggestion(ctx, choice);
    const [batch] = await db.select().from(batches).where(eq(batches.id, batchId!));
    expect(batch).toMatchObject({ state: "queued", asked: 10, proposer: PROPOSER });
    await expect(takeSuggestion(ctx, choice)).rejects.toThrow("under way");
  });

  test("by two sets become a question for them; what was not suggested cannot be taken", async () => {
    const { ctx, pattern } = await makeSite();
    const { projectId } = ctx.member;
    const suggestion = { patternId: pattern.id, strategy: "two_sets" as const };
    const row = { ...suggestion, pairs: 10, share: 1, draw: null, reason: "Not one pair rated" };
    const [stored] = await db
      .insert(allocations)
      .values({ projectId, seed: 1, suggestions: [row] })
      .returning();
    const choice = { allocationId: stored!.id, ...suggestion };
    const { inquiryId } = await takeSuggestion(ctx, choice);
    const [inquiry] = await db.select().from(inquiries).where(eq(inquiries.id, inquiryId!));
    expect(inquiry).toMatchObject({ purpose: "concept_sets", patternId: pattern.id });
    await expect(takeSuggestion(ctx, { ...choice, strategy: "direct" })).rejects.toThrow(
      "No such suggestion",
    );
  });
});
