import { and, asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import {
  conceptSets,
  decisions,
  exchanges,
  inquiries,
  methodInputs,
  pairs,
  patternParents,
  patterns,
} from "@/db/schema";
import { addPairs } from "@/server/mining/add-pairs";
import { inquire } from "@/server/mining/inquire";
import { type NewInquiry, requestInquiry } from "@/server/mining/request-inquiry";
import { cancelInquiry, retryInquiry } from "@/server/mining/retry-inquiry";
import { writePairPrompts } from "@/server/mining/write-pair-prompts";
import type { MemberContext } from "@/server/trpc/context";
import { broken, say } from "../support/fake-llm";
import { llmDatabase } from "../support/llm-database";
import { makeMember } from "../support/make/member";
import { makePattern } from "../support/make/pattern";
import { miningJob } from "../support/mining-job";

const { db, llm } = await llmDatabase();
let ctx: MemberContext;

beforeEach(async () => {
  ctx = await makeMember(db);
  llm.script(say.good);
});

type Asked = Pick<NewInquiry, "purpose" | "patternId" | "otherPatternId" | "pairId"> &
  Partial<Pick<NewInquiry, "parameters">>;

async function request(asked: Asked): Promise<string> {
  const { inquiryId } = await db.transaction((tx) =>
    requestInquiry(tx, {
      parameters: {},
      ...asked,
      projectId: ctx.member.projectId,
      actorId: ctx.viewer.accountId,
    }),
  );
  return inquiryId;
}

async function ask(asked: Asked) {
  const inquiryId = await request(asked);
  await inquire({ inquiryId }, miningJob(db));
  return look(inquiryId);
}

async function look(inquiryId: string) {
  const [inquiry] = await db.select().from(inquiries).where(eq(inquiries.id, inquiryId));
  const said = await db
    .select()
    .from(exchanges)
    .where(eq(exchanges.inquiryId, inquiryId))
    .orderBy(asc(exchanges.id));
  return { inquiry: inquiry!, said };
}

const named = async (name: string) => makePattern(db, { ...ctx.member, name });
async function typedPair() {
  const { id } = await named("Lamps");
  const pair = { a: "brass lamp", b: "fish pond", latent: null };
  const { pairIds } = await addPairs(ctx, { patternId: id, pairs: [pair] });
  return { patternId: id, pairId: pairIds[0]! };
}
const proposed = () =>
  db
    .select()
    .from(patterns)
    .where(and(eq(patterns.projectId, ctx.member.projectId), eq(patterns.state, "proposed")))
    .orderBy(asc(patterns.id));

describe("an answer that can be used", () => {
  test("to “propose patterns” becomes patterns of phase 3 that wait for a person", async () => {
    await named("Beverage and wrong container");
    const { inquiry, said } = await ask({ purpose: "propose_patterns", parameters: { n: 2 } });

    expect(inquiry).toMatchObject({ state: "done", reason: null, finishedAt: expect.any(Date) });
    const found = await proposed();
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({ phase: 3, exchangeId: said[0]!.id, category: "lcmis" });
    expect(found[0]!.examples).toHaveLength(3);
  });

  test("to “cross two patterns” becomes two patterns of phase 4 that know their parents", async () => {
    const [one, other] = [await named("One"), await named("Other")];
    await ask({ purpose: "merge_patterns", patternId: one.id, otherPatternId: other.id });

    const found = await proposed();
    expect(found.map(({ phase }) => phase)).toEqual([4, 4]);
    const parents = await db
      .select()
      .from(patternParents)
      .where(eq(patternParents.childId, found[0]!.id));
    expect(parents.map(({ parentId }) => parentId).sort()).toEqual([one.id, other.id].sort());
  });

  test("to “name the patterns” keeps the seeds that show each", async () => {
    await typedPair();
    await ask({ purpose: "name_patterns" });

    const example = { a: "brass lamp", b: "fish pond" };
    expect(await proposed()).toMatchObject([{ phase: 1, examples: [example] }]);
  });

  test("to “two sets” becomes the pattern's next two sets of twenty", async () => {
    const { id } = await named("Two sets");
    await ask({ purpose: "concept_sets", patternId: id });
    await ask({ purpose: "concept_sets", patternId: id });

    const sets = await db.select().from(conceptSets).where(eq(conceptSets.patternId, id));
    expect(sets.map(({ number }) => number).sort()).toEqual([1, 2]);
    expect(sets[0]!.conceptsA).toHaveLength(20);
    expect(sets[0]!.conceptsB).toHaveLength(20);
  });

  test("to “guess C” fills in what nobody wrote, and overwrites nothing", async () => {
    const { pairId } = await typedPair();
    const latentOf = async () =>
      (await db.select().from(pairs).where(eq(pairs.id, pairId)))[0]!.latent;
    await ask({ purpose: "guess_latent", pairId });
    expect(await latentOf()).toBe("its usual place");

    llm.script(say.json({ latent: "a frog", reason: "Ponds have frogs." }));
    await ask({ purpose: "guess_latent", pairId });
    expect(await latentOf()).toBe("its usual place");
    const guesses = await db
      .select()
      .from(decisions)
      .where(and(eq(decisions.subjectId, pairId), eq(decisions.action, "pair.guess")));
    expect(guesses.map(({ payload }) => payload)).toMatchObject([
      { latent: "its usual place", isTaken: true },
      { latent: "a frog", isTaken: false },
    ]);
  });

  test("about a pair becomes its next method input, a later one the next number", async () => {
    const { pairId } = await typedPair();
    await ask({ purpose: "drawing_order", pairId });
    await ask({ purpose: "describe_concepts", pairId });
    await ask({ purpose: "drawing_order", pairId });

    const kept = await db.select().from(methodInputs).where(eq(methodInputs.pairId, pairId));
    const inWords = kept.map(({ kind, number }) => `${kind} ${number}`).sort();
    expect(inWords).toEqual(["descriptions 1", "moce_order 1", "moce_order 2"]);
  });
});

test("a description that uses the concept's own noun is sent back", async () => {
  const { pairId } = await typedPair();
  const naming = { a: "a small brass lamp alight", b: "flat blue water with reeds" };
  llm.script(say.json(naming), say.good);
  const { said } = await ask({ purpose: "describe_concepts", pairId });

  expect(said.map(({ outcome }) => outcome)).toEqual(["invalid", "parsed"]);
  expect(said[0]!.reason).toContain("uses “lamp”");
});

describe("an inquiry that cannot be answered", () => {
  test("waits with its reason, leaves nothing, and is asked again by a person", async () => {
    llm.script(say.notJson);
    const { inquiry, said } = await ask({ purpose: "propose_patterns" });
    expect(inquiry).toMatchObject({ state: "waiting" });
    expect(inquiry.reason).toContain("cannot be used");
    expect(said).toHaveLength(3);
    expect(await proposed()).toEqual([]);

    llm.script(say.good);
    await retryInquiry(ctx, { inquiryId: inquiry.id });
    await inquire({ inquiryId: inquiry.id }, miningJob(db));
    expect((await look(inquiry.id)).inquiry).toMatchObject({ state: "done", reason: null });
    expect(await proposed()).toHaveLength(3);
  });

  test("can be given up, and then nothing is asked any more", async () => {
    llm.script(broken);
    const { inquiry } = await ask({ purpose: "propose_patterns" });
    await cancelInquiry(ctx, { inquiryId: inquiry.id });
    llm.script(say.good);
    await inquire({ inquiryId: inquiry.id }, miningJob(db));

    expect((await look(inquiry.id)).inquiry.state).toBe("cancelled");
    expect(llm.asked).toEqual([]);
    await expect(retryInquiry(ctx, { inquiryId: inquiry.id })).rejects.toThrow(
      "waits under this id",
    );
  });
});

test("a second run of the job records nothing twice", async () => {
  const { inquiry } = await ask({ purpose: "propose_patterns", parameters: { n: 1 } });
  await db.update(inquiries).set({ state: "running" }).where(eq(inquiries.id, inquiry.id));
  llm.script(say.good);
  await db.delete(patterns).where(eq(patterns.projectId, ctx.member.projectId));
  await inquire({ inquiryId: inquiry.id }, miningJob(db));
  await inquire({ inquiryId: inquiry.id }, miningJob(db));

  expect(llm.asked).toEqual([]);
  expect(await proposed()).toHaveLength(1);
});

test("the question is kept with the settings it was sent with, which the server gets too", async () => {
  const parameters = { n: 1, temperature: 0.2, seed: 7 };
  const { said } = await ask({ purpose: "propose_patterns", parameters });

  expect(said[0]!.parameters).toMatchObject({ temperature: 0.2, input: { n: 1, seed: 7 } });
  expect(llm.asked[0]).toMatchObject({ temperature: 0.2 });
  expect(llm.asked[0]).not.toHaveProperty("input");
});

test("questions about a pair stay out of the conversation about its prompts", async () => {
  const { pairId } = await typedPair();
  await ask({ purpose: "guess_latent", pairId });
  await db.update(pairs).set({ promptsState: "running" }).where(eq(pairs.id, pairId));
  await writePairPrompts({ pairId }, miningJob(db));

  const said = await db
    .select()
    .from(exchanges)
    .where(eq(exchanges.pairId, pairId))
    .orderBy(asc(exchanges.id));
  expect(said.map(({ purpose, outcome }) => [purpose, outcome])).toEqual([
    ["guess_latent", "parsed"],
    ["write_prompts", "parsed"],
  ]);
});
