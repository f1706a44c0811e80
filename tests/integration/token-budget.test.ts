import { and, eq, isNull } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import {
  batches,
  budgetEntries,
  budgets,
  exchanges,
  inquiries,
  pairs,
  proposals,
  waiting,
} from "@/db/schema";
import { setBudget } from "@/server/budget/set-budget";
import { addPairs } from "@/server/mining/add-pairs";
import { inquire } from "@/server/mining/inquire";
import { proposePairs } from "@/server/mining/propose-pairs";
import { requestBatch } from "@/server/mining/request-batch";
import { requestInquiry } from "@/server/mining/request-inquiry";
import { rescueStranded } from "@/server/mining/rescue-stranded";
import { writePairPrompts } from "@/server/mining/write-pair-prompts";
import { readEvidence } from "@/server/replay/read-log";
import type { MemberContext } from "@/server/trpc/context";
import { broken, say } from "../support/fake-llm";
import { llmDatabase } from "../support/llm-database";
import { makeMember } from "../support/make/member";
import { makePattern } from "../support/make/pattern";
import { miningJob, setUpLlm } from "../support/mining-job";
import "../support/web-environment";

const { db, sql, llm } = await llmDatabase();
let ctx: MemberContext;

beforeEach(async () => {
  ctx = await makeMember(db);
  llm.script(say.good);
  llm.onAsked = null;
});

const ofTokens = () => and(eq(budgets.projectId, ctx.member.projectId), eq(budgets.kind, "tokens"));
const limitTo = (limit: number | null) => db.update(budgets).set({ limit }).where(ofTokens());
const budget = async () => (await db.select().from(budgets).where(ofTokens()))[0]!;

/** What a replay takes the tokens to be, by the exchanges alone. */
const loggedCost = async () => (await readEvidence(db, ctx.member.projectId)).spent.tokens;

async function ask(n = 4) {
  const pattern = await makePattern(db, ctx.member);
  const { batchId } = await requestBatch(ctx, { patternId: pattern.id, n });
  await proposePairs({ batchId }, miningJob(db));
  return batchId;
}
const batchOf = async (id: string) =>
  (await db.select().from(batches).where(eq(batches.id, id)))[0]!;
const saidIn = (batchId: string) =>
  db.select().from(exchanges).where(eq(exchanges.batchId, batchId));
const openWaits = () =>
  db
    .select()
    .from(waiting)
    .where(and(eq(waiting.projectId, ctx.member.projectId), isNull(waiting.endedAt)));

describe("what a question costs", () => {
  test("is set aside before it is sent, and settled as the server counted", async () => {
    let during: Awaited<ReturnType<typeof budget>> | undefined;
    llm.onAsked = async () => {
      during = await budget();
    };
    await ask();

    const bytes = llm.asked[0]!.messages.reduce((sum, m) => sum + Buffer.byteLength(m.content), 0);
    expect(during!.reserved).toBe(bytes + 64 + 4096);
    expect(llm.asked[0]).toMatchObject({ max_tokens: 4096 });
    expect(await budget()).toMatchObject({ reserved: 0, settled: 200 });
  });

  test("is what was set aside when the server counts nothing", async () => {
    llm.script((asked) => ({ ...say.good(asked), usage: null }));
    const [exchange] = await saidIn(await ask());

    const { reserved } = exchange!.parameters as { reserved: number };
    expect(await budget()).toMatchObject({ reserved: 0, settled: reserved });
  });

  test.each(["hang", "hang up", { status: 504 }] as const)(
    "is what was set aside when the server had the question and gave no answer (%o)",
    async (step) => {
      await setUpLlm(db, llm.baseUrl, 1);
      llm.script(step, say.good);
      const said = await saidIn(await ask());
      await setUpLlm(db, llm.baseUrl);

      const lost = said.find(({ outcome }) => outcome === "failed")!;
      const { reserved } = lost.parameters as { reserved: number };
      expect(reserved).toBeGreaterThan(4096);
      expect(lost).toMatchObject({ tokensIn: null, tokensCharged: reserved });
      expect(await budget()).toMatchObject({ reserved: 0, settled: reserved + 200 });
      expect(await loggedCost()).toEqual({ reserved: 0, settled: reserved + 200 });
    },
  );

  test("is nothing when the server cannot be reached or says that it failed", async () => {
    llm.script(broken);
    await ask();

    expect(await budget()).toMatchObject({ reserved: 0, settled: 0 });
    const entries = await db
      .select()
      .from(budgetEntries)
      .where(eq(budgetEntries.projectId, ctx.member.projectId));
    expect(entries.map(({ settled }) => settled)).toEqual([0, 0, 0, 0]);
  });

  test("is what was set aside when the process died with the question open", async () => {
    const dying = new AbortController();
    llm.script("hang");
    llm.onAsked = async () => dying.abort();
    const pattern = await makePattern(db, ctx.member);
    const { batchId } = await requestBatch(ctx, { patternId: pattern.id, n: 4 });
    const job = { ...miningJob(db), signal: dying.signal };
    await expect(proposePairs({ batchId }, job)).rejects.toThrow();
    const { reserved } = await budget();
    expect(reserved).toBeGreaterThan(4096);
    await sql`update pgboss.job set state = 'failed' where state < 'completed'`;
    await rescueStranded({}, miningJob(db));

    expect(await batchOf(batchId)).toMatchObject({ state: "waiting", heldBy: null });
    expect(await budget()).toMatchObject({ reserved: 0, settled: reserved });
    expect(await loggedCost()).toEqual({ reserved: 0, settled: reserved });
    expect(await saidIn(batchId)).toMatchObject([{ outcome: "failed" }]);
  });
});

describe("when the budget does not cover a question", () => {
  test("a batch waits and says so, nothing is sent or stored, and raising the budget lets it go on", async () => {
    await limitTo(1000);
    const batchId = await ask();

    expect(await batchOf(batchId)).toMatchObject({ state: "waiting", heldBy: "tokens" });
    expect((await batchOf(batchId)).reason).toMatch(
      /^The LLM token budget of 1,000 has 1,000 left and this may take \d,\d{3}: raise it to go on\.$/,
    );
    expect(llm.asked).toEqual([]);
    expect(await saidIn(batchId)).toEqual([]);
    expect(await openWaits()).toMatchObject([{ kind: "budget", patternId: null }]);

    await setBudget(ctx, { kind: "tokens", limit: 100_000 });
    expect(await openWaits()).toEqual([]);
    expect(await batchOf(batchId)).toMatchObject({ state: "queued", reason: null, heldBy: null });
    await proposePairs({ batchId }, miningJob(db));
    expect(await batchOf(batchId)).toMatchObject({ state: "done", fresh: 4 });
  });

  test("prompts and questions wait in the same way", async () => {
    const pattern = await makePattern(db, ctx.member);
    const typed = { a: "copper kettle", b: "snow drift", latent: null };
    const { pairIds } = await addPairs(ctx, { patternId: pattern.id, pairs: [typed] });
    const pairId = pairIds[0]!;
    const { projectId } = ctx.member;
    const asked = {
      projectId,
      actorId: null,
      purpose: "propose_patterns",
      parameters: {},
    } as const;
    const { inquiryId } = await db.transaction((tx) => requestInquiry(tx, asked));
    await limitTo(10);
    const work = async () => {
      await writePairPrompts({ pairId }, miningJob(db));
      await inquire({ inquiryId }, miningJob(db));
      const [pair] = await db.select().from(pairs).where(eq(pairs.id, pairId));
      const [inquiry] = await db.select().from(inquiries).where(eq(inquiries.id, inquiryId));
      return { pair, inquiry };
    };
    expect(await work()).toMatchObject({
      pair: { promptsState: "waiting", promptsHeldBy: "tokens" },
      inquiry: { state: "waiting", heldBy: "tokens" },
    });

    await setBudget(ctx, { kind: "tokens", limit: null });
    expect(await work()).toMatchObject({
      pair: { promptsState: "done" },
      inquiry: { state: "done" },
    });
  });

  test("a repair that it does not cover leaves the batch waiting, without a single proposal", async () => {
    const [good] = await saidIn(await ask());
    const { reserved } = good!.parameters as { reserved: number };
    llm.script(say.notJson);
    await limitTo(200 + reserved + 100);
    const batchId = await ask();

    expect(await batchOf(batchId)).toMatchObject({ state: "waiting", heldBy: "tokens" });
    expect(await saidIn(batchId)).toMatchObject([{ outcome: "unparsable" }]);
    expect(await db.select().from(proposals).where(eq(proposals.batchId, batchId))).toEqual([]);
  });

  test("what waits for another reason is left alone", async () => {
    llm.script(say.notJson);
    const batchId = await ask();
    await limitTo(1);
    await setBudget(ctx, { kind: "tokens", limit: 100_000 });

    expect(await batchOf(batchId)).toMatchObject({ state: "waiting", heldBy: null });
  });

  test("ten questions at once never pass it together", async () => {
    await limitTo(20_000);
    const ids = await Promise.all(Array.from({ length: 10 }, () => ask(2)));
    const states = await Promise.all(ids.map(batchOf));

    const { reserved, settled } = await budget();
    expect(reserved).toBe(0);
    expect(settled).toBeLessThanOrEqual(20_000);
    expect(states.filter(({ state }) => state === "done").length).toBe(settled / 200);
  });

  test("the offline proposer, which costs nothing, goes on", async () => {
    await sql`delete from setting where name = 'llm'`;
    await limitTo(0);
    const pattern = await makePattern(db, { ...ctx.member, name: "Animal and wrong habitat" });
    const { batchId } = await requestBatch(ctx, { patternId: pattern.id, n: 3 });
    await proposePairs({ batchId }, miningJob(db));
    await setUpLlm(db, llm.baseUrl);

    expect(await batchOf(batchId)).toMatchObject({ state: "done", returned: 3 });
  });
});
