import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { DbHandle } from "@/db/client";
import { batches, decisions, pairs, proposals } from "@/db/schema";
import { addPairs } from "@/server/mining/add-pairs";
import { decideDuplicate } from "@/server/mining/decide-duplicate";
import { decidePair } from "@/server/mining/decide-pair";
import { embedConcepts } from "@/server/mining/embed-concepts";
import { builtInEmbedder, meaningOf } from "@/server/mining/open-embedder";
import { recordProposals } from "@/server/mining/record-proposals";
import { requestBatch } from "@/server/mining/request-batch";
import { reviewCase } from "@/server/mining/review/review-case";
import { reviewQueue } from "@/server/mining/review/review-queue";
import type { MemberContext } from "@/server/trpc/context";
import { makeMember } from "../support/make/member";
import { makePattern } from "../support/make/pattern";
import { makeReviewQueue } from "../support/make/review-queue";
import { miningJob } from "../support/mining-job";
import { testDatabase } from "../support/test-database";

let db: DbHandle["db"];

beforeAll(async () => {
  ({ db } = await testDatabase());
});

type Words = { a: string; b: string };

/** A project with one typed pair, in which these were proposed and compared by all three steps. */
async function proposed(known: Words, words: Words[]) {
  const ctx = await makeMember(db);
  const pattern = await makePattern(db, ctx.member);
  await addPairs(ctx, { patternId: pattern.id, pairs: [{ ...known, latent: null }] });
  const { batchId } = await requestBatch(ctx, { patternId: pattern.id, n: words.length });
  await db.update(batches).set({ state: "running" }).where(eq(batches.id, batchId));
  const { projectId } = ctx.member;
  const wait = async () => {};
  await embedConcepts({ ...miningJob(db), wait }, builtInEmbedder, projectId, words);
  const meaning = await meaningOf(db, builtInEmbedder);
  const batch = { id: batchId, projectId, patternId: pattern.id };
  const answered = { value: { pairs: words }, exchangeId: null, meaning };
  await recordProposals(db, batch, pattern, answered);
  return { ctx, batchId };
}

async function wholeQueue(ctx: MemberContext) {
  const items = [];
  let pages = 0;
  for (let cursor: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof reviewQueue>> = await reviewQueue(ctx, { cursor });
    items.push(...page.items);
    pages += 1;
    cursor = page.nextCursor;
    if (cursor === null) return { items, pages };
  }
}

test("a thousand come in pages, each once and in the order of the batch", async () => {
  const ctx = await makeMember(db);
  const pattern = await makePattern(db, ctx.member);
  const { names } = await makeReviewQueue(db, pattern, 1000);
  const { items, pages } = await wholeQueue(ctx);
  expect(items.map(({ a }) => a)).toEqual(names);
  expect(pages).toBe(4);
  expect(items[9]).toMatchObject({ step: "embedding", batchNumber: 1 });
});

test("pairs and likely repeats of one batch stand in the order they were proposed; exact repeats do not wait", async () => {
  const { ctx } = await proposed({ a: "iced coke", b: "tea cup" }, [
    { a: "walrus", b: "piano" },
    { a: "cola with ice", b: "teacup" },
    { a: "iced cokes", b: "a tea cup" },
    { a: "moose", b: "escalator" },
  ]);
  const { items } = await wholeQueue(ctx);
  expect(items.map(({ kind, a }) => [kind, a])).toEqual([
    ["pair", "walrus"],
    ["duplicate", "cola with ice"],
    ["pair", "moose"],
  ]);
});

describe("beside its twin", () => {
  test("a proposal shows all three steps with their numbers, whichever caught it", async () => {
    const { ctx } = await proposed({ a: "iced coke", b: "tea cup" }, [
      { a: "teacup", b: "cola with ice" },
    ]);
    const [item] = (await wholeQueue(ctx)).items;
    const found = await reviewCase(ctx, item!);
    expect(found.twin).toMatchObject({ a: "iced coke", b: "tea cup", level: null, imageIds: [] });
    expect(found.compared).toMatchObject({
      caughtBy: "embedding",
      isSameKey: false,
      meaning: { flag: 0.84 },
    });
    expect(found.compared!.meaning!.similarity).toBeCloseTo(1);
    expect(found.compared!.wording).toBeGreaterThan(0);
    expect(found.compared!.wording).toBeLessThan(0.8);
  });

  test("what wording caught shows its meaning as well", async () => {
    const { ctx } = await proposed({ a: "bowl of warm soup", b: "bicycle" }, [
      { a: "soup of warm bowl", b: "bicycle" },
    ]);
    const [item] = (await wholeQueue(ctx)).items;
    const { compared } = await reviewCase(ctx, item!);
    expect(compared).toMatchObject({ caughtBy: "lexical", wording: 1 });
    expect(compared!.meaning).not.toBeNull();
  });
});

describe("kept as a variant", () => {
  const pairOf = async (id: string) => (await db.select().from(pairs).where(eq(pairs.id, id)))[0]!;

  test("an overruled repeat is accepted and names what it rewords; the log says so", async () => {
    const { ctx } = await proposed({ a: "iced coke", b: "tea cup" }, [
      { a: "teacup", b: "cola with ice" },
    ]);
    const [item] = (await wholeQueue(ctx)).items;
    const { pairId } = await decideDuplicate(ctx, { proposalId: item!.id, decision: "keep" });
    await decidePair(ctx, { pairId: pairId!, decision: "accept", asVariant: true });
    expect(await pairOf(pairId!)).toMatchObject({
      state: "accepted",
      variantOfA: null,
      variantOfB: "iced coke",
    });
    const logged = await db.select().from(decisions).where(eq(decisions.subjectId, pairId!));
    expect(logged.find(({ action }) => action === "pair.accept")?.payload).toMatchObject({
      variantOfB: "iced coke",
    });
  });

  test("a pair without a twin cannot be one", async () => {
    const { ctx } = await proposed({ a: "iced coke", b: "tea cup" }, [{ a: "owl", b: "sauna" }]);
    const [item] = (await wholeQueue(ctx)).items;
    await expect(
      decidePair(ctx, { pairId: item!.pairId!, decision: "accept", asVariant: true }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await pairOf(item!.pairId!)).toMatchObject({ state: "proposed" });
  });
});

test("a case of another project is not found", async () => {
  const { batchId } = await proposed({ a: "iced coke", b: "tea cup" }, [{ a: "yak", b: "sauna" }]);
  const [kept] = await db.select().from(proposals).where(eq(proposals.batchId, batchId));
  const stranger = await makeMember(db);
  await expect(reviewCase(stranger, { id: kept!.pairId!, kind: "pair" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
