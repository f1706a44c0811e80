import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { inquiries, pairs } from "@/db/schema";
import { addPairs } from "@/server/mining/add-pairs";
import { countMissingAnswers } from "@/server/mining/count-missing-answers";
import { decidePair } from "@/server/mining/decide-pair";
import type { PairQuestion } from "@/server/mining/domain/inquiry-input";
import { editMethodInput } from "@/server/mining/edit-method-input";
import { inquire } from "@/server/mining/inquire";
import { listWaiting } from "@/server/mining/list-waiting";
import { pairDetail } from "@/server/mining/pair-detail";
import { requestAboutPair } from "@/server/mining/request-about-pair";
import { requestMissingAnswers } from "@/server/mining/request-missing-answers";
import { cancelInquiry } from "@/server/mining/retry-inquiry";
import { savePromptSet } from "@/server/mining/save-prompt-set";
import { writePairPrompts } from "@/server/mining/write-pair-prompts";
import type { MemberContext } from "@/server/trpc/context";
import { say } from "@/tests/support/fake-llm";
import { llmDatabase } from "@/tests/support/llm-database";
import { makeMember } from "@/tests/support/make/member";
import { makePattern } from "@/tests/support/make/pattern";
import { miningJob } from "@/tests/support/mining-job";

const { db, llm } = await llmDatabase();
let ctx: MemberContext;

beforeEach(async () => {
  ctx = await makeMember(db);
  llm.script(say.good);
});

async function typed(count: number, latent: string | null = null, b = "pond") {
  const { id: patternId } = await makePattern(db, ctx.member);
  const { pairIds } = await addPairs(ctx, {
    patternId,
    pairs: Array.from({ length: count }, (_, n) => ({ a: `brass lamp ${n}`, b, latent })),
  });
  return { patternId, pairIds, pairId: pairIds[0]! };
}
async function ask(pairId: string, purpose: PairQuestion) {
  const { inquiryId } = await requestAboutPair(ctx, { pairId, purpose });
  await inquire({ inquiryId }, miningJob(db));
  return inquiryId;
}
const guesses = () =>
  db
    .select()
    .from(inquiries)
    .where(
      and(
        eq(inquiries.projectId, ctx.member.projectId),
        eq(inquiries.purpose, "guess_latent"),
        eq(inquiries.state, "queued"),
      ),
    );

const OF_CONCEPTS = ["guess_latent", "drawing_order", "describe_concepts"] as const;

describe("what the proposer adds to a pair", () => {
  test("stands on the pair's page: its guess, what to draw first, what one sees of A and B", async () => {
    const { pairId } = await typed(1);
    for (const purpose of OF_CONCEPTS) await ask(pairId, purpose);

    const { pair, added } = await pairDetail(ctx, pairId);
    expect(pair.latent).toBe("its usual place");
    expect(added).toMatchObject({
      guess: { latent: "its usual place", isTaken: true },
      order: { first: expect.stringMatching(/^[ab]$/) },
      descriptions: { a: expect.any(String), b: expect.any(String) },
      open: [],
    });
  });

  test("waits for the prompts where it is about them", async () => {
    const { pairId } = await typed(1);
    await expect(ask(pairId, "reword_prompts")).rejects.toThrow("Its prompts are not written yet");
  });

  test("beside what a person expects is shown and changes nothing", async () => {
    const { pairId } = await typed(1, "a frog");
    await ask(pairId, "guess_latent");

    const { pair, added } = await pairDetail(ctx, pairId);
    expect(pair.latent).toBe("a frog");
    expect(added.guess).toMatchObject({ latent: "its usual place", isTaken: false });
  });

  test("is asked for once, however often the button is pressed", async () => {
    const { pairId } = await typed(1);
    const press = () => requestAboutPair(ctx, { pairId, purpose: "guess_latent" });
    const pressed = await Promise.all([press(), press(), press()]);

    expect(new Set(pressed.map(({ inquiryId }) => inquiryId)).size).toBe(1);
    expect((await pairDetail(ctx, pairId)).added.open).toMatchObject([
      { purpose: "guess_latent", state: "queued" },
    ]);
  });

  test("waits with its reason when the answer cannot be used, on the page and in the list of work", async () => {
    const { pairId } = await typed(1);
    llm.script(say.notJson);
    const inquiryId = await ask(pairId, "drawing_order");

    const reason = expect.stringContaining("cannot be used");
    const waits = { id: inquiryId, purpose: "drawing_order", reason };
    expect((await pairDetail(ctx, pairId)).added.open).toMatchObject([
      { ...waits, state: "waiting", exchangeId: expect.any(String) },
    ]);
    const work = await listWaiting(ctx);
    expect(work.questions).toMatchObject([{ ...waits, pairId }]);

    await cancelInquiry(ctx, { inquiryId });
    expect((await pairDetail(ctx, pairId)).added.open).toEqual([]);
    expect((await listWaiting(ctx)).questions).toEqual([]);
  });

  test("is not asked of a pair that is set aside", async () => {
    const { pairId } = await typed(1);
    await decidePair(ctx, { pairId, decision: "set_aside" });

    await expect(requestAboutPair(ctx, { pairId, purpose: "guess_latent" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });
});

test("prompts that wait for a person lead to what was answered", async () => {
  const { pairId } = await typed(1);
  llm.script(say.notJson);
  await db.update(pairs).set({ promptsState: "running" }).where(eq(pairs.id, pairId));
  await writePairPrompts({ pairId }, miningJob(db));

  const { prompts } = await listWaiting(ctx);
  const { exchanges } = await pairDetail(ctx, pairId);
  expect(prompts).toMatchObject([{ id: pairId, exchangeId: exchanges[0]!.id }]);
});

describe("one question about many pairs at once", () => {
  const GUESS = { purpose: "guess_latent" } as const;
  const REWORD = { purpose: "reword_prompts" } as const;
  const lacking = async (purpose: PairQuestion) =>
    (await countMissingAnswers(ctx, { purpose })).lacking;

  test("asks a hundred in one transaction, and a pair that is asked already is not asked again", async () => {
    const { pairIds } = await typed(103);
    await requestAboutPair(ctx, { pairId: pairIds[0]!, purpose: "guess_latent" });

    expect(await lacking("guess_latent")).toBe(102);
    expect(await requestMissingAnswers(ctx, GUESS)).toEqual({ asked: 100, isMore: true });
    expect(await requestMissingAnswers(ctx, GUESS)).toEqual({ asked: 2, isMore: false });
    expect(await requestMissingAnswers(ctx, GUESS)).toEqual({ asked: 0, isMore: false });
    expect(await lacking("guess_latent")).toBe(0);
    const about = new Set((await guesses()).map(({ pairId }) => pairId));
    expect(about).toEqual(new Set(pairIds));
    expect((await listWaiting(ctx)).asking).toBe(103);
  });

  test("pressed by two people at once is asked about each pair once", async () => {
    await typed(5);
    const colleague = await makeMember(db, { ...ctx.member, role: "researcher" });
    const pressed = await Promise.all(
      [ctx, colleague].map((who) => requestMissingAnswers(who, GUESS)),
    );

    expect(pressed.map(({ asked }) => asked).sort()).toEqual([0, 5]);
    expect(await guesses()).toHaveLength(5);
  });

  test("leaves alone what is named, not accepted, or outside the filter", async () => {
    const { patternId, pairIds } = await typed(3);
    await typed(1, null, "bog");
    await db.update(pairs).set({ latent: "a frog" }).where(eq(pairs.id, pairIds[0]!));
    await decidePair(ctx, { pairId: pairIds[1]!, decision: "set_aside" });

    expect(await requestMissingAnswers(ctx, { patternId, ...GUESS })).toMatchObject({ asked: 1 });
    expect((await guesses()).map(({ pairId }) => pairId)).toEqual([pairIds[2]]);
  });

  test("asks of the pairs that are named, where any are, and of no other project's", async () => {
    const { pairIds } = await typed(3);
    const [asked, , unasked] = pairIds as [string, string, string];
    const elsewhere = await makeMember(db);

    const named = { ...GUESS, pairIds: [asked, unasked] };
    expect(await requestMissingAnswers(elsewhere, named)).toEqual({ asked: 0, isMore: false });
    expect(await requestMissingAnswers(ctx, { ...named, pairIds: [asked] })).toMatchObject({
      asked: 1,
    });
    expect(await requestMissingAnswers(ctx, { ...named, pairIds: [] })).toMatchObject({ asked: 0 });
    expect((await guesses()).map(({ pairId }) => pairId)).toEqual([asked]);
  });

  test("other words are asked for where prompts are written and have none, and again when they are written anew", async () => {
    const { pairIds } = await typed(2);
    const [pairId] = pairIds as [string];
    const write = (mark: string) =>
      savePromptSet(ctx, {
        pairId,
        prompts: [1, 2, 3, 4, 5].map(
          (n) => `${mark} ${"very ".repeat(n)}old brass lamp 0 in a pond`,
        ),
      });
    expect(await lacking("reword_prompts")).toBe(0);
    await write("first");
    expect(await requestMissingAnswers(ctx, REWORD)).toEqual({ asked: 1, isMore: false });
    expect(await requestMissingAnswers(ctx, REWORD)).toEqual({ asked: 0, isMore: false });

    const [asked] = await db
      .select()
      .from(inquiries)
      .where(and(eq(inquiries.pairId, pairId), eq(inquiries.purpose, "reword_prompts")));
    await inquire({ inquiryId: asked!.id }, miningJob(db));
    expect(await lacking("reword_prompts")).toBe(0);
    expect(await lacking("find_phrases")).toBe(1);

    await write("second");
    expect(await lacking("reword_prompts")).toBe(1);
  });

  test("a drawing order that a person wrote is not asked for", async () => {
    const { pairId } = await typed(2);
    await editMethodInput(ctx, { pairId, kind: "moce_order", first: "b" });

    expect(await lacking("drawing_order")).toBe(1);
    expect(await lacking("describe_concepts")).toBe(2);
  });
});
