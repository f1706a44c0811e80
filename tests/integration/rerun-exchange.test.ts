import { and, count, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { exchanges, inquiries, pairs, proposals } from "@/db/schema";
import { exchangeDetail } from "@/server/mining/exchange-detail";
import { inquire } from "@/server/mining/inquire";
import { listExchanges } from "@/server/mining/list-exchanges";
import { proposePairs } from "@/server/mining/propose-pairs";
import { requestBatch } from "@/server/mining/request-batch";
import { rerunExchange } from "@/server/mining/rerun-exchange";
import { retryInquiry } from "@/server/mining/retry-inquiry";
import { setGuidance } from "@/server/mining/set-guidance";
import type { MemberContext } from "@/server/trpc/context";
import { broken, say } from "../support/fake-llm";
import { dataOf } from "../support/good-answers";
import { llmDatabase } from "../support/llm-database";
import { makeMember } from "../support/make/member";
import { makePattern } from "../support/make/pattern";
import { miningJob } from "../support/mining-job";

const { db, llm } = await llmDatabase();
let ctx: MemberContext;
let exchangeId: string;

beforeEach(async () => {
  ctx = await makeMember(db);
  llm.script(say.good);
  const pattern = await makePattern(db, ctx.member);
  await setGuidance(ctx, { patternId: pattern.id, text: "Prefer metal." });
  const { batchId } = await requestBatch(ctx, { patternId: pattern.id, n: 2 });
  await proposePairs({ batchId }, miningJob(db));
  const [asked] = await db.select().from(exchanges).where(eq(exchanges.batchId, batchId));
  exchangeId = asked!.id;
});

const rerun = async (settings: object, id = exchangeId) => {
  const { inquiryId } = await rerunExchange(ctx, { exchangeId: id, ...settings });
  await inquire({ inquiryId }, miningJob(db));
  return inquiryId;
};
const pairsNow = async () =>
  (await db.select({ n: count() }).from(pairs).where(eq(pairs.projectId, ctx.member.projectId)))[0]!
    .n;

test("the same question goes out with other settings, and its answer changes nothing", async () => {
  const before = await pairsNow();
  const proposed = await db.$count(proposals);
  llm.script(say.pairs("other"));
  await rerun({ temperature: 1.5, model: "another", guidance: "Prefer wood." });

  const [sent] = llm.asked;
  expect(sent).toMatchObject({ temperature: 1.5, model: "another" });
  expect(dataOf(sent!).guidance).toEqual(["Prefer wood."]);
  expect([await pairsNow(), await db.$count(proposals)]).toEqual([before, proposed]);
  const { reruns } = await exchangeDetail(ctx, { exchangeId });
  expect(reruns).toMatchObject([{ state: "done", outcome: "parsed", model: "another" }]);
  expect(reruns[0]!.answer).toContain("other");
});

test("without changes it is asked in the very words of the first time", async () => {
  const { messages } = await exchangeDetail(ctx, { exchangeId });
  llm.script(say.good);
  await rerun({});

  expect(llm.asked[0]!.messages).toEqual(messages);
});

test("an answer that cannot be used is shown all the same, and nobody is asked to mend it", async () => {
  llm.script(say.notJson);
  const inquiryId = await rerun({ temperature: 2 });

  const [inquiry] = await db.select().from(inquiries).where(eq(inquiries.id, inquiryId));
  expect(inquiry).toMatchObject({ state: "done" });
  expect(llm.asked).toHaveLength(1);
  const { reruns } = await exchangeDetail(ctx, { exchangeId });
  expect(reruns).toMatchObject([{ outcome: "unparsable", answer: expect.any(String) }]);
});

test("no answer at all waits for a person, who can ask again", async () => {
  llm.script(broken);
  const inquiryId = await rerun({});
  const state = async () =>
    (await db.select().from(inquiries).where(eq(inquiries.id, inquiryId)))[0]!.state;
  expect(await state()).toBe("waiting");

  llm.script(say.good);
  await retryInquiry(ctx, { inquiryId });
  await inquire({ inquiryId }, miningJob(db));
  expect(await state()).toBe("done");
});

test("a run of a run stands beside the first one of all", async () => {
  await rerun({ temperature: 0.1 });
  const { reruns } = await exchangeDetail(ctx, { exchangeId });
  await rerun({ temperature: 0.9 }, reruns[0]!.exchangeId!);

  expect((await exchangeDetail(ctx, { exchangeId })).reruns).toHaveLength(2);
});

test("a question whose wording has changed since cannot be asked again", async () => {
  const { projectId } = ctx.member;
  const [old] = await db
    .insert(exchanges)
    .values({
      ...{ projectId, purpose: "expand_pattern", templateVersion: "expand-pattern/1", model: "m" },
      ...{ parameters: {}, messages: [], outcome: "parsed" },
    })
    .returning();

  await expect(rerunExchange(ctx, { exchangeId: old!.id })).rejects.toThrow("wording");
  expect((await exchangeDetail(ctx, { exchangeId: old!.id })).canRerun).toBe(false);
});

test("all exchanges are listed, the newest first, page by page, by purpose and outcome", async () => {
  const { projectId } = ctx.member;
  const many = Array.from({ length: 120 }, (_, index) => ({
    ...{ projectId, templateVersion: "1", model: "m", parameters: {}, messages: [] },
    purpose: index % 2 ? ("write_prompts" as const) : ("guess_latent" as const),
    outcome: index % 3 ? ("parsed" as const) : ("refused" as const),
  }));
  await db.insert(exchanges).values(many);

  const seen: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await listExchanges(ctx, { cursor });
    seen.push(...page.exchanges.map(({ id }) => id));
    cursor = page.nextCursor;
    if (!cursor) break;
  }
  expect(seen).toHaveLength(121);
  expect(seen).toEqual([...new Set(seen)].toSorted().toReversed());
  const refused = await listExchanges(ctx, { purpose: "write_prompts", outcome: "refused" });
  const matching = and(
    eq(exchanges.projectId, projectId),
    eq(exchanges.outcome, "refused"),
    eq(exchanges.purpose, "write_prompts"),
  );
  expect(refused.exchanges).toHaveLength(await db.$count(exchanges, matching));
});
