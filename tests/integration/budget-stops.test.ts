import { llmDatabase } from "../support/llm-database";
import "../support/web-environment";
import { and, eq, isNull } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { batches, budgets, inquiries, pairs, waiting } from "@/db/schema";
import { setBudget } from "@/server/budget/set-budget";
import { waitFor } from "@/server/loop/wait";
import { addPairs } from "@/server/mining/add-pairs";
import { cancelPrompts } from "@/server/mining/cancel-prompts";
import { decidePair } from "@/server/mining/decide-pair";
import { inquire } from "@/server/mining/inquire";
import { proposePairs } from "@/server/mining/propose-pairs";
import { requestBatch } from "@/server/mining/request-batch";
import { requestInquiry } from "@/server/mining/request-inquiry";
import { cancelBatch } from "@/server/mining/retry-batch";
import { cancelInquiry } from "@/server/mining/retry-inquiry";
import { savePromptSet } from "@/server/mining/save-prompt-set";
import { writePairPrompts } from "@/server/mining/write-pair-prompts";
import type { MemberContext } from "@/server/trpc/context";
import { say } from "../support/fake-llm";
import { makeMember } from "../support/make/member";
import { makePattern } from "../support/make/pattern";
import { miningJob } from "../support/mining-job";

const { db, llm } = await llmDatabase();
let ctx: MemberContext;
let patternId: string;

beforeEach(async () => {
  ctx = await makeMember(db);
  llm.script(say.good);
  ({ id: patternId } = await makePattern(db, ctx.member));
  const { projectId } = ctx.member;
  await db
    .update(budgets)
    .set({ limit: 10 })
    .where(and(eq(budgets.projectId, projectId), eq(budgets.kind, "tokens")));
  await setBudget(ctx, { kind: "renders", limit: 10 });
});

const stops = async () => {
  const { projectId } = ctx.member;
  const rows = await db
    .select({ budget: waiting.budget })
    .from(waiting)
    .where(and(eq(waiting.projectId, projectId), isNull(waiting.endedAt)));
  return rows.map(({ budget }) => budget).sort();
};

async function holdBatch(): Promise<string> {
  const { batchId } = await requestBatch(ctx, { patternId, n: 4 });
  await proposePairs({ batchId }, miningJob(db));
  return batchId;
}

async function holdQuestion(): Promise<string> {
  const { inquiryId } = await db.transaction((tx) =>
    requestInquiry(tx, {
      projectId: ctx.member.projectId,
      actorId: null,
      purpose: "propose_patterns",
      parameters: {},
    }),
  );
  await inquire({ inquiryId }, miningJob(db));
  return inquiryId;
}

const WRITTEN = ["", " now", " now here", " now here again", " now here again today"].map(
  (tail) => `a copper kettle in a snow drift${tail}`,
);
const WORDS = { a: "copper kettle", b: "snow drift", latent: null };
async function holdPrompts(): Promise<string> {
  const { pairIds } = await addPairs(ctx, { patternId, pairs: [WORDS] });
  const pairId = pairIds[0]!;
  await writePairPrompts({ pairId }, miningJob(db));
  return pairId;
}

test("raising one budget lifts its own stops: what another holds waits on, and the board says so", async () => {
  const batchId = await holdBatch();
  const { projectId } = ctx.member;
  const ofRenders = { projectId, kind: "budget", budget: "renders", patternId } as const;
  await db.transaction((tx) => waitFor(tx, ofRenders, "The renders are used up."));
  expect(await stops()).toEqual(["renders", "tokens"]);

  await setBudget(ctx, { kind: "renders", limit: 1000 });

  expect(await stops()).toEqual(["tokens"]);
  const [batch] = await db.select().from(batches).where(eq(batches.id, batchId));
  expect(batch).toMatchObject({ state: "waiting", heldBy: "tokens" });
});

describe("the stop for tokens", () => {
  test("stands while anything is held, and ends with the last of it", async () => {
    const batchId = await holdBatch();
    const inquiryId = await holdQuestion();
    const pairId = await holdPrompts();
    expect(await stops()).toEqual(["tokens"]);

    await cancelBatch(ctx, { batchId });
    await cancelInquiry(ctx, { inquiryId });
    expect(await stops()).toEqual(["tokens"]);
    await cancelPrompts(ctx, { pairIds: [pairId] });

    expect(await stops()).toEqual([]);
  });

  test.each([
    [
      "rejecting the pair",
      (pairId: string) => decidePair(ctx, { pairId, decision: "reject", reason: "unclear" }),
    ],
    [
      "writing the prompts by hand",
      (pairId: string) => savePromptSet(ctx, { pairId, prompts: WRITTEN }),
    ],
  ])("ends by %s as well", async (_, leave) => {
    const pairId = await holdPrompts();
    expect(await stops()).toEqual(["tokens"]);

    await leave(pairId);

    expect(await stops()).toEqual([]);
  });

  test("is neither lost nor left behind when work is held and given up at once, twenty times over", async () => {
    for (let round = 0; round < 20; round++) {
      const before = await holdBatch();
      const { batchId } = await requestBatch(ctx, { patternId, n: 4 });
      await Promise.all([
        cancelBatch(ctx, { batchId: before }),
        proposePairs({ batchId }, miningJob(db)),
      ]);
      expect(await stops()).toEqual(["tokens"]);

      await Promise.all([cancelBatch(ctx, { batchId }), proposePairs({ batchId }, miningJob(db))]);
      expect(await stops()).toEqual([]);
    }
  });

  test("is not begun by work that was given up before its question was asked", async () => {
    const { batchId } = await requestBatch(ctx, { patternId, n: 4 });
    await cancelBatch(ctx, { batchId });
    await proposePairs({ batchId }, miningJob(db));

    expect(await stops()).toEqual([]);
    expect(llm.asked).toEqual([]);
  });
});

test("work that leaves by a person's hand is held by nothing any more", async () => {
  const inquiryId = await holdQuestion();
  const pairId = await holdPrompts();
  await cancelInquiry(ctx, { inquiryId });
  await cancelPrompts(ctx, { pairIds: [pairId] });

  const [inquiry] = await db.select().from(inquiries).where(eq(inquiries.id, inquiryId));
  const [pair] = await db.select().from(pairs).where(eq(pairs.id, pairId));
  expect(inquiry).toMatchObject({ state: "cancelled", heldBy: null });
  expect(pair).toMatchObject({ promptsState: "cancelled", promptsHeldBy: null });
});
