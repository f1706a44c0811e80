import { llmDatabase } from "../support/llm-database";
import "../support/web-environment";
import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import {
  batches,
  budgets,
  decisions,
  exchanges,
  inquiries,
  pairs,
  patterns,
  promptSets,
  proposals,
} from "@/db/schema";
import { addPairs } from "@/server/mining/add-pairs";
import { cancelPrompts } from "@/server/mining/cancel-prompts";
import { inquire } from "@/server/mining/inquire";
import { proposePairs } from "@/server/mining/propose-pairs";
import { requestBatch } from "@/server/mining/request-batch";
import { requestInquiry } from "@/server/mining/request-inquiry";
import { requestPrompts } from "@/server/mining/request-prompts";
import { cancelBatch } from "@/server/mining/retry-batch";
import { cancelInquiry } from "@/server/mining/retry-inquiry";
import { writePairPrompts } from "@/server/mining/write-pair-prompts";
import { replay } from "@/server/replay/replay";
import type { MemberContext } from "@/server/trpc/context";
import { say } from "../support/fake-llm";
import { makeExampleProject } from "../support/make/example-project";
import { miningJob } from "../support/mining-job";

const { db, llm } = await llmDatabase();
let ctx: MemberContext;
let patternId: string;

beforeEach(async () => {
  ctx = await makeExampleProject(db, { withPairs: false });
  const { projectId } = ctx.member;
  const [pattern] = await db.select().from(patterns).where(eq(patterns.projectId, projectId));
  patternId = pattern!.id;
  llm.script(say.good);
  llm.onAsked = null;
});

/** One kind of work of the LLM: asked for, run by its job, given up by a person, and what may never come of it. */
type Work = {
  begin: () => Promise<string>;
  run: (id: string) => Promise<void>;
  giveUp: (id: string) => Promise<unknown>;
  put: (id: string, state: "running" | "waiting") => Promise<unknown>;
  stateOf: (id: string) => Promise<string | null>;
  came: (id: string) => Promise<number>;
};

const WORK: Record<string, Work> = {
  "a batch": {
    begin: async () => (await requestBatch(ctx, { patternId, n: 4 })).batchId,
    run: (batchId) => proposePairs({ batchId }, miningJob(db)),
    giveUp: (batchId) => cancelBatch(ctx, { batchId }),
    put: (id, state) =>
      db.update(batches).set({ state, reason: "No answer" }).where(eq(batches.id, id)),
    stateOf: async (id) => (await db.select().from(batches).where(eq(batches.id, id)))[0]!.state,
    came: (id) => db.$count(proposals, eq(proposals.batchId, id)),
  },
  "a question": {
    begin: async () => {
      const { projectId } = ctx.member;
      const asked = {
        projectId,
        actorId: null,
        purpose: "propose_patterns",
        parameters: {},
      } as const;
      return (await db.transaction((tx) => requestInquiry(tx, asked))).inquiryId;
    },
    run: (inquiryId) => inquire({ inquiryId }, miningJob(db)),
    giveUp: (inquiryId) => cancelInquiry(ctx, { inquiryId }),
    put: (id, state) =>
      db.update(inquiries).set({ state, reason: "No answer" }).where(eq(inquiries.id, id)),
    stateOf: async (id) =>
      (await db.select().from(inquiries).where(eq(inquiries.id, id)))[0]!.state,
    came: () =>
      db.$count(
        patterns,
        and(eq(patterns.projectId, ctx.member.projectId), eq(patterns.state, "proposed")),
      ),
  },
  "a pair's prompts": {
    begin: async () => {
      const words = { a: "copper kettle", b: "snow drift", latent: null };
      return (await addPairs(ctx, { patternId, pairs: [words] })).pairIds[0]!;
    },
    run: (pairId) => writePairPrompts({ pairId }, miningJob(db)),
    giveUp: (pairId) => cancelPrompts(ctx, { pairIds: [pairId] }),
    put: (id, promptsState) =>
      db.update(pairs).set({ promptsState, promptsReason: "No answer" }).where(eq(pairs.id, id)),
    stateOf: async (id) => (await db.select().from(pairs).where(eq(pairs.id, id)))[0]!.promptsState,
    came: (id) => db.$count(promptSets, eq(promptSets.pairId, id)),
  },
};

const tokens = async () => {
  const { projectId } = ctx.member;
  const ofTokens = and(eq(budgets.projectId, projectId), eq(budgets.kind, "tokens"));
  return (await db.select().from(budgets).where(ofTokens))[0]!;
};
const said = () => db.select().from(exchanges).where(eq(exchanges.projectId, ctx.member.projectId));

describe.each(Object.entries(WORK))("%s", (_, work) => {
  test.each(["queued", "running", "waiting"] as const)(
    "is given up while it is %s, once, and its job then asks nothing",
    async (state) => {
      const id = await work.begin();
      if (state !== "queued") await work.put(id, state);

      await work.giveUp(id);
      await work.run(id);

      expect(await work.stateOf(id)).toBe("cancelled");
      expect(await work.came(id)).toBe(0);
      expect(llm.asked).toEqual([]);
      await expect(work.giveUp(id)).rejects.toThrow(/done|given up|waits|written/);
    },
  );

  test("is given up with the answer on its way: that comes late, is paid for and kept, and nothing comes of it", async () => {
    const id = await work.begin();
    llm.onAsked = async () => {
      await work.giveUp(id);
    };

    await work.run(id);

    expect(await work.stateOf(id)).toBe("cancelled");
    expect(await work.came(id)).toBe(0);
    expect(await said()).toMatchObject([{ outcome: "parsed", tokensIn: 120, tokensOut: 80 }]);
    expect(await tokens()).toMatchObject({ reserved: 0, settled: 200 });
    expect((await replay(db, ctx.member.projectId)).difference).toBeNull();
  });

  test("given up, is not sent back to be repaired when the late answer is of no use", async () => {
    const id = await work.begin();
    llm.script(say.notJson);
    llm.onAsked = async () => {
      llm.onAsked = null;
      await work.giveUp(id);
    };

    await work.run(id);

    expect(llm.asked).toHaveLength(1);
    expect(await work.stateOf(id)).toBe("cancelled");
    expect(await tokens()).toMatchObject({ reserved: 0, settled: 200 });
  });
});

test("prompts that were given up are written when a person asks for them again", async () => {
  const work = WORK["a pair's prompts"]!;
  const pairId = await work.begin();
  await work.giveUp(pairId);

  await requestPrompts(ctx, { pairId });
  await work.run(pairId);

  expect(await work.stateOf(pairId)).toBe("done");
  const told = await db.select().from(decisions).where(eq(decisions.subjectId, pairId));
  expect(told.map(({ action }) => action)).toContain("prompts.cancel");
});
