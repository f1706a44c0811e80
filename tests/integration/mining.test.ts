import { and, asc, count, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { DbHandle } from "@/db/client";
import { batches, decisions, exchanges, pairs, promptSets, prompts, proposals } from "@/db/schema";
import { addExamplePatterns } from "@/server/mining/add-example-patterns";
import { addPairs } from "@/server/mining/add-pairs";
import { decideDuplicate } from "@/server/mining/decide-duplicate";
import { decidePair } from "@/server/mining/decide-pair";
import { editPair } from "@/server/mining/edit-pair";
import { listPairs } from "@/server/mining/list-pairs";
import { listPatterns } from "@/server/mining/list-patterns";
import { proposePairs } from "@/server/mining/propose-pairs";
import { recordProposals } from "@/server/mining/record-proposals";
import { requestBatch } from "@/server/mining/request-batch";
import { reviewQueue } from "@/server/mining/review/review-queue";
import { savePromptSet } from "@/server/mining/save-prompt-set";
import { writePairPrompts } from "@/server/mining/write-pair-prompts";
import type { MemberContext } from "@/server/trpc/context";
import { startFakeLlm } from "../support/fake-llm";
import { makeMember } from "../support/make/member";
import { makePattern } from "../support/make/pattern";
import { clearLlm, miningJob, setUpLlm } from "../support/mining-job";
import { testDatabase } from "../support/test-database";

let db: DbHandle["db"];
let ctx: MemberContext;

beforeAll(async () => {
  process.env.AUTH_SECRET ??= "a secret of the tests, long enough for all";
  process.env.APP_URL ??= "http://localhost:3000";
  ({ db } = await testDatabase());
  ctx = await makeMember(db);
});

type Proposed = { a: string; b: string; latent?: string };

async function runningBatch(proposed: Proposed[], projectCtx = ctx) {
  const pattern = await makePattern(db, projectCtx.member);
  const { batchId } = await requestBatch(projectCtx, {
    patternId: pattern.id,
    n: proposed.length,
  });
  await db.update(batches).set({ state: "running" }).where(eq(batches.id, batchId));
  const batch = { id: batchId, projectId: projectCtx.member.projectId, patternId: pattern.id };
  return { batch, pattern, answer: { pairs: proposed } };
}

async function record(proposed: Proposed[], projectCtx = ctx) {
  const { batch, pattern, answer } = await runningBatch(proposed, projectCtx);
  await recordProposals(db, batch, pattern, { value: answer, exchangeId: null });
  const kept = await db
    .select()
    .from(proposals)
    .where(eq(proposals.batchId, batch.id))
    .orderBy(asc(proposals.ordinal));
  return { batch, kept };
}

async function typed(a: string, b: string, latent: string | null = null, projectCtx = ctx) {
  const pattern = await makePattern(db, projectCtx.member);
  const { pairIds } = await addPairs(projectCtx, {
    patternId: pattern.id,
    pairs: [{ a, b, latent }],
  });
  return pairIds[0]!;
}

const pairOf = async (id: string) => (await db.select().from(pairs).where(eq(pairs.id, id)))[0]!;

describe("proposals", () => {
  test("are all kept, each with its outcome, its twin and the step that found it", async () => {
    const twinId = await typed("glass of red wine", "fish bowl");
    const { batch, kept } = await record([
      { a: "hedgehog", b: "knitted jumper", latent: "fur" },
      { a: "a fishbowl", b: "glasses of red wine" },
      { a: "wine of red glass", b: "fish bowl" },
      { a: "knitted jumpers", b: "the hedgehog" },
      { a: "milk", b: "the milk" },
    ]);

    expect(kept.map(({ outcome, step }) => [outcome, step])).toEqual([
      ["new", null],
      ["duplicate", "exact"],
      ["duplicate", "lexical"],
      ["duplicate", "exact"],
      ["invalid", null],
    ]);
    expect(kept[1]).toMatchObject({ twinId, similarity: 1, pairId: null });
    expect(kept[3]!.twinId).toBe(kept[0]!.pairId);
    expect(kept[4]!.reason).toBe("A and B are the same concept");
    expect(await pairOf(kept[0]!.pairId!)).toMatchObject({
      state: "proposed",
      origin: "llm",
      phase: 2,
      latent: "fur",
    });
    const [stored] = await db.select().from(batches).where(eq(batches.id, batch.id));
    expect(stored).toMatchObject({ state: "done", returned: 5, fresh: 1 });
  });

  test("of one batch are recorded once, however often the job runs", async () => {
    const { batch, pattern, answer } = await runningBatch([{ a: "lynx", b: "bathtub" }]);
    await recordProposals(db, batch, pattern, { value: answer, exchangeId: null });
    await recordProposals(db, batch, pattern, { value: answer, exchangeId: null });

    const kept = await db.select().from(proposals).where(eq(proposals.batchId, batch.id));
    expect(kept).toMatchObject([{ outcome: "new" }]);
  });

  test("two batches that propose the same pair at once make one pair and one duplicate", async () => {
    for (let round = 0; round < 20; round += 1) {
      const crossing = [
        { a: `otter ${round}`, b: "tea cup" },
        { a: `badger ${round}`, b: "tea cup" },
      ];
      const one = await runningBatch(crossing);
      const two = await runningBatch(crossing.toReversed());
      await Promise.all(
        [one, two].map(({ batch, pattern, answer }) =>
          recordProposals(db, batch, pattern, { value: answer, exchangeId: null }),
        ),
      );

      const kept = await db
        .select({ key: proposals.key, outcome: proposals.outcome })
        .from(proposals)
        .where(eq(proposals.key, `${`otter${round}`}|teacup`));
      expect(kept.map(({ outcome }) => outcome).sort()).toEqual(["duplicate", "new"]);
    }
  });

  test("a pair typed while a batch is recorded is found by one of the two", async () => {
    for (let round = 0; round < 20; round += 1) {
      const { batch, pattern, answer } = await runningBatch([{ a: `heron ${round}`, b: "sofa" }]);
      const outcomes = await Promise.allSettled([
        recordProposals(db, batch, pattern, { value: answer, exchangeId: null }),
        typed(`the herons ${round}`, "sofa"),
      ]);
      expect(outcomes[0].status).toBe("fulfilled");
      const same = await db
        .select()
        .from(pairs)
        .where(and(eq(pairs.projectId, ctx.member.projectId), eq(pairs.key, `heron${round}|sofa`)));
      expect(same).toHaveLength(1);
    }
  });

  test("the same pair in another project is new there", async () => {
    const other = await makeMember(db);
    await typed("raven", "office desk");

    expect((await record([{ a: "raven", b: "office desk" }], other)).kept[0]!.outcome).toBe("new");
  });
});

describe("the offline proposer", () => {
  test("takes the same road as an LLM and proposes what its lexicon holds", async () => {
    const own = await makeMember(db);
    const pattern = await makePattern(db, { ...own.member, name: "Animal and incorrect place" });
    const { batchId } = await requestBatch(own, { patternId: pattern.id, n: 12 });
    await proposePairs({ batchId }, miningJob(db));

    const [batch] = await db.select().from(batches).where(eq(batches.id, batchId));
    expect(batch).toMatchObject({ state: "done", returned: 12 });
    expect(batch!.proposer).toContain("offline-lexicon");
    const said = await db.select().from(exchanges).where(eq(exchanges.batchId, batchId));
    expect(said).toMatchObject([{ model: "offline-lexicon", outcome: "parsed", tokensIn: null }]);
  });

  test("says that it does not know a pattern, and nothing is stored", async () => {
    const pattern = await makePattern(db, { ...ctx.member, name: "Animal and incorrect covering" });
    const { batchId } = await requestBatch(ctx, { patternId: pattern.id, n: 5 });
    await proposePairs({ batchId }, miningJob(db));

    const [batch] = await db.select().from(batches).where(eq(batches.id, batchId));
    expect(batch!.state).toBe("waiting");
    expect(batch!.reason).toContain("knows only four families");
    const kept = await db.select().from(proposals).where(eq(proposals.batchId, batchId));
    expect(kept).toEqual([]);
  });

  test("a job that died between question and answer is taken up, the open question closed", async () => {
    const pattern = await makePattern(db, { ...ctx.member, name: "Fruit and incorrect tree" });
    const { batchId } = await requestBatch(ctx, { patternId: pattern.id, n: 3 });
    await db.update(batches).set({ state: "running" }).where(eq(batches.id, batchId));
    await db.insert(exchanges).values({
      projectId: ctx.member.projectId,
      batchId,
      purpose: "expand_pattern",
      templateVersion: "expand-pattern/1",
      model: "offline-lexicon",
      parameters: {},
      messages: [],
    });
    await proposePairs({ batchId }, miningJob(db));

    const said = await db
      .select()
      .from(exchanges)
      .where(eq(exchanges.batchId, batchId))
      .orderBy(asc(exchanges.id));
    expect(said.map(({ outcome }) => outcome)).toEqual(["failed", "parsed"]);
    expect(said[0]!.reason).toContain("stopped before the answer arrived");
  });

  test("a job that died between answer and insert reads the stored answer and asks nobody", async () => {
    const pattern = await makePattern(db, { ...ctx.member, name: "Item and wrong tool" });
    const { batchId } = await requestBatch(ctx, { patternId: pattern.id, n: 1 });
    await db.update(batches).set({ state: "running" }).where(eq(batches.id, batchId));
    await db.insert(exchanges).values({
      projectId: ctx.member.projectId,
      batchId,
      purpose: "expand_pattern",
      templateVersion: "expand-pattern/1",
      model: "offline-lexicon",
      parameters: {},
      messages: [],
      answer: '{"pairs": [{"a": "stored moose", "b": "library"}]}',
      outcome: "parsed",
    });
    await proposePairs({ batchId }, miningJob(db));
    await proposePairs({ batchId }, miningJob(db));

    const [said] = await db
      .select({ exchanges: count() })
      .from(exchanges)
      .where(eq(exchanges.batchId, batchId));
    expect(said!.exchanges).toBe(1);
    const kept = await db.select().from(proposals).where(eq(proposals.batchId, batchId));
    expect(kept).toMatchObject([{ conceptA: "stored moose", outcome: "new" }]);
  });
});

describe("a person's word", () => {
  const proposedPair = async (a: string, b = "kitchen sink") =>
    (await record([{ a, b }])).kept[0]!.pairId!;
  const lastAction = async (subjectId: string) =>
    (
      await db
        .select({ action: decisions.action })
        .from(decisions)
        .where(eq(decisions.subjectId, subjectId))
        .orderBy(asc(decisions.id))
    ).map(({ action }) => action);

  test("accepting asks for five prompts, and the job writes them once", async () => {
    const pairId = await proposedPair("iguana");
    await decidePair(ctx, { pairId, decision: "accept" });
    expect(await pairOf(pairId)).toMatchObject({ state: "accepted", promptsState: "queued" });
    await writePairPrompts({ pairId }, miningJob(db));
    await writePairPrompts({ pairId }, miningJob(db));

    expect(await pairOf(pairId)).toMatchObject({ promptsState: "done" });
    expect(await db.select().from(promptSets).where(eq(promptSets.pairId, pairId))).toHaveLength(1);
    expect(await db.select().from(prompts).where(eq(prompts.pairId, pairId))).toHaveLength(5);
    expect(await lastAction(pairId)).toEqual(["pair.accept", "prompts.record"]);
  });

  test("rejecting keeps its reason, and an undo takes both back", async () => {
    const pairId = await proposedPair("jackal");
    await decidePair(ctx, {
      pairId,
      decision: "reject",
      reason: "other",
      reasonText: "too abstract",
    });
    expect(await pairOf(pairId)).toMatchObject({
      state: "rejected",
      reason: "other",
      reasonText: "too abstract",
      decidedBy: ctx.viewer.accountId,
    });

    await decidePair(ctx, { pairId, decision: "undo" });
    expect(await pairOf(pairId)).toMatchObject({
      state: "proposed",
      reason: null,
      decidedBy: null,
    });
    expect(await lastAction(pairId)).toEqual(["pair.reject", "pair.undo"]);
  });

  test("prompts asked for by a decision that was taken back are not written", async () => {
    const pairId = await proposedPair("koala");
    await decidePair(ctx, { pairId, decision: "accept" });
    await decidePair(ctx, { pairId, decision: "undo" });
    await writePairPrompts({ pairId }, miningJob(db));
    expect(await pairOf(pairId)).toMatchObject({ promptsState: "cancelled" });
    // Nobody was asked, so it cost nothing.
    const asked = () => db.select().from(exchanges).where(eq(exchanges.pairId, pairId));
    expect(await asked()).toEqual([]);

    await decidePair(ctx, { pairId, decision: "accept" });
    await writePairPrompts({ pairId }, miningJob(db));
    expect(await pairOf(pairId)).toMatchObject({ promptsState: "done" });
    expect(await asked()).toHaveLength(1);
  });

  test("prompts that were asked for before the decision was taken back are kept for the next one", async () => {
    const pairId = await proposedPair("wombat");
    await decidePair(ctx, { pairId, decision: "accept" });
    const llm = await startFakeLlm();
    await setUpLlm(db, llm.baseUrl);
    llm.onAsked = () => decidePair(ctx, { pairId, decision: "undo" });
    await writePairPrompts({ pairId }, miningJob(db));
    await clearLlm(db);
    await llm.close();
    expect(await pairOf(pairId)).toMatchObject({ state: "proposed", promptsState: "done" });

    await decidePair(ctx, { pairId, decision: "accept" });
    await writePairPrompts({ pairId }, miningJob(db));
    expect(await db.select().from(exchanges).where(eq(exchanges.pairId, pairId))).toHaveLength(1);
    expect(await db.select().from(promptSets).where(eq(promptSets.pairId, pairId))).toHaveLength(1);
  });

  test("an edit changes the words and the key, and cannot become a pair that exists", async () => {
    const pairId = await proposedPair("lemming");
    await typed("walrus", "piano");
    await editPair(ctx, { pairId, a: "lemming", b: "grand piano", latent: "tundra" });
    expect(await pairOf(pairId)).toMatchObject({
      conceptB: "grand piano",
      latent: "tundra",
      key: "grandpiano|lemming",
    });

    await expect(
      editPair(ctx, { pairId, a: "pianos", b: "walruses", latent: null }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("a likely duplicate can be kept, confirmed and taken back; a very twin cannot be kept", async () => {
    await typed("bowl of warm soup", "bicycle");
    const { kept } = await record([
      { a: "soup of warm bowl", b: "bicycle" },
      { a: "bicycle", b: "bowls of warm soup" },
    ]);
    const [alike, same] = kept.map(({ id }) => id);
    const waiting = async () =>
      (await reviewQueue(ctx, {})).items.filter(({ proposalId }) => proposalId === alike);
    expect(await waiting()).toMatchObject([{ kind: "duplicate", step: "lexical" }]);

    await decideDuplicate(ctx, { proposalId: alike!, decision: "confirm" });
    expect(await waiting()).toEqual([]);
    await decideDuplicate(ctx, { proposalId: alike!, decision: "undo" });
    const { pairId } = await decideDuplicate(ctx, { proposalId: alike!, decision: "keep" });
    expect(await waiting()).toMatchObject([{ kind: "pair", pairId }]);
    await expect(
      decideDuplicate(ctx, { proposalId: same!, decision: "keep" }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("prompts written by hand make the next set, and keep the rules", async () => {
    const pairId = await typed("moose", "escalator", "forest");
    await writePairPrompts({ pairId }, miningJob(db));
    const texts = ["", " now", " now here", " now here again", " now here again today"].map(
      (tail) => `a moose on an escalator${tail}`,
    );
    await savePromptSet(ctx, { pairId, prompts: texts });
    const sets = await db.select().from(promptSets).where(eq(promptSets.pairId, pairId));
    expect(sets.map(({ number }) => number).sort()).toEqual([1, 2]);

    const bad = texts.with(4, "a moose on an escalator in a green forest today");
    await expect(savePromptSet(ctx, { pairId, prompts: bad })).rejects.toMatchObject({
      code: "INVALID",
      message: "Prompt 5: it names the latent concept “forest”",
    });
  });

  test.each([
    [
      "deciding",
      (id: string, stranger: MemberContext) =>
        decidePair(stranger, { pairId: id, decision: "accept" }),
    ],
    [
      "editing",
      (id: string, stranger: MemberContext) =>
        editPair(stranger, { pairId: id, a: "x", b: "y", latent: null }),
    ],
  ])("%s a pair of another project finds nothing", async (_, act) => {
    const pairId = await typed(`newt ${_}`, "throne");
    const stranger = await makeMember(db);

    await expect(act(pairId, stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("typing and listing", () => {
  test("a typed pair that exists is refused and names its twin; nothing of the list is added", async () => {
    await typed("parrot", "aquarium");
    const pattern = await makePattern(db, ctx.member);
    const list = [
      { a: "quail", b: "elevator", latent: null },
      { a: "the parrots", b: "aquarium", latent: null },
    ];

    await expect(addPairs(ctx, { patternId: pattern.id, pairs: list })).rejects.toMatchObject({
      message: "the parrots × aquarium: already here as parrot × aquarium",
    });
    // The form that one pair is typed into names it itself.
    const [, alone] = list;
    await expect(addPairs(ctx, { patternId: pattern.id, pairs: [alone!] })).rejects.toMatchObject({
      message: "already here as parrot × aquarium",
    });
    const { pairs: found } = await listPairs(ctx, { search: "quail" });
    expect(found).toEqual([]);
  });

  test("pages follow each other without a gap or a repeat, and filters hold", async () => {
    const own = await makeMember(db);
    const pattern = await makePattern(db, own.member);
    const many = Array.from({ length: 120 }, (_, at) => ({
      a: `tern ${at}`,
      b: "crane",
      latent: null,
    }));
    await addPairs(own, { patternId: pattern.id, pairs: many });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listPairs>> = await listPairs(own, { cursor });
      seen.push(...page.pairs.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);

    expect(new Set(seen).size).toBe(120);
    expect(seen).toHaveLength(120);
    expect((await listPairs(own, { search: "TERN 11" })).pairs).toHaveLength(11);
    expect((await listPairs(own, { search: "tern_1" })).pairs).toEqual([]);
    expect((await listPairs(own, { state: "rejected" })).pairs).toEqual([]);
    expect((await listPairs(own, { level: 5 })).pairs).toEqual([]);
  });

  test("the example has two of the four families, its pairs accepted and their prompts asked for", async () => {
    const own = await makeMember(db);
    await db.transaction((tx) =>
      addExamplePatterns(tx, { projectId: own.member.projectId, accountId: own.viewer.accountId }),
    );

    const found = await listPatterns(own);
    expect(found.map(({ name, accepted }) => [name, accepted])).toEqual([
      ["Beverage and incorrect container", 12],
      ["Animal and incorrect place", 12],
    ]);
    const { pairs: rows } = await listPairs(own, {});
    expect(new Set(rows.map(({ origin, promptsState }) => `${origin} ${promptsState}`))).toEqual(
      new Set(["human queued"]),
    );
  });
});
