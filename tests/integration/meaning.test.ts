import { asc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { DbHandle } from "@/db/client";
import { batches, conceptVectors, decisions, pairs, proposals, settings } from "@/db/schema";
import { addPairs } from "@/server/mining/add-pairs";
import { proposePairs } from "@/server/mining/propose-pairs";
import { requestBatch } from "@/server/mining/request-batch";
import type { MemberContext } from "@/server/trpc/context";
import { type FakeEmbeddings, startFakeEmbeddings } from "../support/fake-embeddings";
import { type FakeLlm, say, startFakeLlm } from "../support/fake-llm";
import { makeMember } from "../support/make/member";
import { makePattern } from "../support/make/pattern";
import { miningJob, setUpLlm } from "../support/mining-job";
import { testDatabase } from "../support/test-database";

let db: DbHandle["db"];
let llm: FakeLlm;
let endpoint: FakeEmbeddings;

// Where the endpoint puts a concept, in degrees: 10 apart is a cosine of .985, 20 apart .94, 40 apart .77.
const PLACES: Record<string, number> = { "sea horse": 0, hippocampus: 10, "sea dragon": 20 };

beforeAll(async () => {
  ({ db } = await testDatabase());
  llm = await startFakeLlm();
  endpoint = await startFakeEmbeddings((text) => PLACES[text] ?? 90 + text.length * 7);
  await setUpLlm(db, llm.baseUrl);
});
afterEach(async () => {
  await db.delete(settings).where(eq(settings.name, "embeddings"));
  endpoint.script("good");
  endpoint.asked.length = 0;
});
afterAll(async () => {
  await llm.close();
  await endpoint.close();
});

async function useEndpoint() {
  const value = { baseUrl: endpoint.baseUrl, model: "places", sealedKey: null, deadlineSeconds: 5 };
  await db.insert(settings).values({ name: "embeddings", value });
}

type Words = { a: string; b: string };

/** A project that has these pairs, in which the LLM proposes those. */
async function propose(known: Words[], proposed: Words[]) {
  const ctx = await makeMember(db);
  const pattern = await makePattern(db, ctx.member);
  if (known.length > 0)
    await addPairs(ctx, {
      patternId: pattern.id,
      pairs: known.map((words) => ({ ...words, latent: null })),
    });
  const { batchId } = await requestBatch(ctx, { patternId: pattern.id, n: proposed.length });
  llm.script(say.json({ pairs: proposed.map((words) => ({ ...words, reason: "Seldom seen." })) }));
  const job = miningJob(db);
  await proposePairs({ batchId }, job);
  return { ctx, batchId, waits: job.waits, ...(await look(ctx, batchId)) };
}

async function look({ member }: MemberContext, batchId: string) {
  const [batch] = await db.select().from(batches).where(eq(batches.id, batchId));
  const kept = await db
    .select({ proposal: proposals, pair: pairs })
    .from(proposals)
    .leftJoin(pairs, eq(pairs.id, proposals.pairId))
    .where(eq(proposals.batchId, batchId))
    .orderBy(asc(proposals.ordinal));
  const pairCount = await db.$count(pairs, eq(pairs.projectId, member.projectId));
  return { batch: batch!, kept, pairCount };
}

describe("with the built-in embedder", () => {
  test("a listed synonym makes a repeat, caught by meaning; one side alone makes a variant", async () => {
    const { kept } = await propose(
      [{ a: "iced coke", b: "tea cup" }],
      [
        { a: "teacup", b: "cola with ice" },
        { a: "cola with ice", b: "submarine" },
        { a: "iced coke", b: "rowing boat" },
      ],
    );
    const [repeat, variant, same] = kept;
    expect(repeat).toMatchObject({
      proposal: { outcome: "duplicate", step: "embedding" },
      pair: null,
    });
    expect(repeat!.proposal.similarity).toBeCloseTo(1);
    expect(variant).toMatchObject({
      proposal: { outcome: "new", step: null },
      pair: { variantOfA: "iced coke", variantOfB: null },
    });
    expect(same!.pair).toMatchObject({ variantOfA: null, variantOfB: null });
  });

  test("what is near but not near enough stays a new pair, its twin beside it", async () => {
    const { kept, batch } = await propose(
      [{ a: "kangaroo", b: "ballroom" }],
      [{ a: "kangeroo", b: "ballroom" }],
    );
    expect(kept[0]).toMatchObject({
      proposal: { outcome: "new", step: "embedding" },
      pair: { state: "proposed", variantOfA: "kangaroo" },
    });
    expect(kept[0]!.proposal.twinId).not.toBeNull();
    expect(batch).toMatchObject({ state: "done", fresh: 1 });
  });

  test("the log says by which embedder and from which limits on", async () => {
    const { batchId } = await propose([], [{ a: "walrus", b: "piano" }]);
    const all = await db.select().from(decisions).where(eq(decisions.subjectId, batchId));
    expect(all.find(({ action }) => action === "batch.record")?.payload).toMatchObject({
      meaning: { embedder: "built-in 1", limits: { flag: 0.84, automatic: 0.95 } },
    });
  });
});

describe("with an embeddings endpoint", () => {
  test("its cosines decide: automatic from .95, flagged from .90, new below", async () => {
    await useEndpoint();
    const { kept } = await propose(
      [{ a: "sea horse", b: "teapot" }],
      [
        { a: "hippocampus", b: "teapot" },
        { a: "sea dragon", b: "teapot" },
        { a: "harbour crane", b: "teapot" },
      ],
    );
    expect(kept.map(({ proposal }) => [proposal.outcome, proposal.step])).toEqual([
      ["duplicate", "embedding"],
      ["new", "embedding"],
      ["new", null],
    ]);
    expect(kept[1]!.proposal.similarity).toBeCloseTo(Math.cos((20 * Math.PI) / 180), 4);
  });

  test("each concept is asked about once, and what was said is kept", async () => {
    await useEndpoint();
    const words = [{ a: "oyster", b: "cathedral" }];
    await propose([], words);
    await propose([], words);
    const texts = endpoint.asked.flatMap(({ input }) => input);
    expect(texts.toSorted()).toEqual(["cathedral", "oyster"]);
    const stored = await db.select().from(conceptVectors).where(eq(conceptVectors.key, "oyster"));
    expect(stored.map(({ embedder }) => embedder)).toEqual([
      `places at ${new URL(endpoint.baseUrl).host}`,
    ]);
  });

  test("while it is away the batch waits with its reason, and nothing is inserted", async () => {
    await useEndpoint();
    endpoint.script({ status: 503 });
    const { batch, kept, pairCount, waits } = await propose([], [{ a: "yak", b: "elevator" }]);
    expect(batch.state).toBe("waiting");
    expect(batch.reason).toContain("compared by meaning");
    expect(waits.length).toBeGreaterThan(0);
    expect(kept).toEqual([]);
    expect(pairCount).toBe(0);
  });

  test("an outage that passes is sat out", async () => {
    await useEndpoint();
    endpoint.script({ status: 503 }, "good");
    const { batch, waits } = await propose([], [{ a: "ibex", b: "elevator" }]);
    expect(batch.state).toBe("done");
    expect(waits).toHaveLength(1);
  });

  test.each([
    ["no list", '{"data": null}'],
    ["fewer vectors than texts", '{"data": [{"index": 0, "embedding": [1, 0]}]}'],
    ["words for numbers", '{"data": [{"embedding": ["a"]}, {"embedding": ["b"]}]}'],
    ["vectors without direction", '{"data": [{"embedding": [0, 0]}, {"embedding": [0, 0]}]}'],
    ["two sizes", '{"data": [{"embedding": [1, 0]}, {"embedding": [1]}]}'],
    ["no JSON", "<html>"],
  ])("an answer with %s is no answer, and nothing is inserted", async (_, body) => {
    await useEndpoint();
    endpoint.script({ body });
    const { batch, pairCount } = await propose([], [{ a: `yak of ${body.length}`, b: "quarry" }]);
    expect(batch.state).toBe("waiting");
    expect(pairCount).toBe(0);
  });

  test("an answer behind a redirect is not fetched", async () => {
    await useEndpoint();
    endpoint.script(
      { status: 307, headers: { location: `${endpoint.baseUrl}/elsewhere` } },
      "good",
    );
    const { batch } = await propose([], [{ a: "narwhal", b: "quarry" }]);
    expect(batch.reason).toContain("redirects elsewhere");
    expect(endpoint.asked).toHaveLength(1);
  });
});
