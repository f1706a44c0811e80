import { randomUUID } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { exchanges, proposals } from "@/db/schema";
import { addGenerator } from "@/server/generation/add-generator";
import { bridgeHello } from "@/server/generation/bridge-hello";
import { proposePairs } from "@/server/mining/propose-pairs";
import { requestBatch } from "@/server/mining/request-batch";
import { createCaller } from "@/server/trpc/router";
import { lookAt } from "@/tests/support/bring-in";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { makeMember } from "@/tests/support/make/member";
import { makePattern } from "@/tests/support/make/pattern";
import { miningJob } from "@/tests/support/mining-job";
import { testDatabase } from "@/tests/support/test-database";
import "@/tests/support/web-environment";

const { db } = await testDatabase();
const CONCEPTS = ["iced coke", "milk", "tea cup", "milk bottle"];
const SETTINGS = {
  negative_prompt: "",
  steps: 20,
  guidance_scale: 5,
  width: 64,
  height: 64,
  scheduler: "",
  method_params: {},
};
let ctx: Awaited<ReturnType<typeof makeMember>>;
let endpointName: string;

beforeEach(async () => {
  ctx = await makeMember(db, {});
  endpointName = `small-${randomUUID()}`;
});

const told = async (vocabulary: unknown) => {
  const plain = { name: "plain", version: "1", title: "Plain", parameters: null };
  const description = { methods: [plain], settings: null, vocabulary };
  const state = { contractVersion: 1, health: "ready", concurrency: 1 } as const;
  const report = { name: endpointName, ...state, description };
  await bridgeHello(await makeBridgeRow(db), { endpoints: [report] });
};
const draws = () =>
  addGenerator(ctx, { name: "Small", endpointName, method: "plain", parameters: SETTINGS });
const shown = () =>
  createCaller({ db, viewer: ctx.viewer, bearerToken: null, address: null }).generation.vocabulary({
    project: ctx.member.slug,
  });

test("a project is shown what its generator under test can draw, as the endpoint's bridge brought it", async () => {
  await told({ concepts: CONCEPTS });
  expect(await shown()).toBeNull();

  await draws();
  expect(await shown()).toEqual({ generator: "Small", concepts: CONCEPTS, words: null });
});

test.each([[null], [undefined], [{ concepts: [] }], [{ concepts: "all" }]])(
  "an endpoint that tells %j may draw anything",
  async (vocabulary) => {
    await told(vocabulary);
    await draws();
    expect(await shown()).toBeNull();
  },
);

test("of several servers with one name, the one heard of last tells", async () => {
  await told({ concepts: ["milk"] });
  await told({ concepts: CONCEPTS });
  await draws();
  expect((await shown())?.concepts).toEqual(CONCEPTS);
});

test("an import says before it is confirmed which of its concepts lie outside, and how many pairs that are", async () => {
  await told({ concepts: CONCEPTS });
  await draws();
  const file = "a,b\nsamovar,tea cup\nmilk,an Iced Coke\nopal,samovars\n";

  const { id: patternId } = await makePattern(db, ctx.member);
  const { strange } = await lookAt(ctx, file, { options: { patternId } });
  expect(strange).toEqual({ pairs: 2, examples: ["samovar", "opal"], generator: "Small" });
});

async function proposed() {
  const name = "Beverage and incorrect container";
  const { id: patternId } = await makePattern(db, { ...ctx.member, name });
  const { batchId } = await requestBatch(ctx, { patternId, n: 12 });
  await proposePairs({ batchId }, miningJob(db));
  const [asked] = await db
    .select()
    .from(exchanges)
    .where(eq(exchanges.batchId, batchId))
    .orderBy(desc(exchanges.id));
  const kept = await db.select().from(proposals).where(eq(proposals.batchId, batchId));
  return { asked: asked!, pairs: new Set(kept.map((row) => `${row.conceptA} × ${row.conceptB}`)) };
}

test("a proposer is told what can be drawn, and the offline one proposes nothing else", async () => {
  await told({ concepts: CONCEPTS });
  await draws();

  const { asked, pairs } = await proposed();
  expect([...pairs].sort()).toEqual([
    "iced coke × milk bottle",
    "iced coke × tea cup",
    "milk × tea cup",
  ]);
  expect(JSON.stringify(asked.messages)).toContain("take every concept from it");
});

test("where nothing is told, the question says nothing of it", async () => {
  await told(null);
  await draws();

  const { asked, pairs } = await proposed();
  expect(pairs.size).toBeGreaterThan(5);
  expect(JSON.stringify(asked.messages)).not.toContain("take every concept");
});
