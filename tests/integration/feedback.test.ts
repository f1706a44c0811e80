import { asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { exchanges, guidance, pairLevels, pairs } from "@/db/schema";
import { addDefaultGenerators } from "@/server/generation/add-default-generators";
import { inquire } from "@/server/mining/inquire";
import { insertPairs } from "@/server/mining/insert-pairs";
import { learnedFrom } from "@/server/mining/learned-from";
import { listGuidance } from "@/server/mining/list-guidance";
import { proposePairs } from "@/server/mining/propose-pairs";
import { requestBatch } from "@/server/mining/request-batch";
import { requestInquiry } from "@/server/mining/request-inquiry";
import { setExemplar } from "@/server/mining/set-exemplar";
import { setGuidance } from "@/server/mining/set-guidance";
import { writePairPrompts } from "@/server/mining/write-pair-prompts";
import { findTestedRevision } from "@/server/project/find-tested-revision";
import type { MemberContext } from "@/server/trpc/context";
import { say } from "../support/fake-llm";
import { dataOf } from "../support/good-answers";
import { llmDatabase } from "../support/llm-database";
import { makeMember } from "../support/make/member";
import { makePattern } from "../support/make/pattern";
import { miningJob } from "../support/mining-job";

const { db, llm } = await llmDatabase();
type PairPurpose = "guess_latent" | "drawing_order" | "describe_concepts";

let ctx: MemberContext;
let patternId: string;

beforeEach(async () => {
  ctx = await makeMember(db);
  ({ id: patternId } = await makePattern(db, ctx.member));
  await db.transaction((tx) => addDefaultGenerators(tx, ctx.member.projectId, "sketch"));
  llm.script(say.good);
});

async function insert(a: string, state: "accepted" | "proposed" = "accepted"): Promise<string> {
  const { projectId } = ctx.member;
  const rest = { patternId, phase: 1, b: "iron gate", origin: "human" } as const;
  const [id] = await db.transaction((tx) => insertPairs(tx, [{ projectId, a, state, ...rest }]));
  return id!;
}
const change = (id: string, values: Partial<typeof pairs.$inferInsert>) =>
  db.update(pairs).set(values).where(eq(pairs.id, id));

/** A Level of record, as its triggers would have written it. */
async function rate(pairId: string, level: number, isTrivial = false): Promise<void> {
  const { projectId } = ctx.member;
  const revision = await findTestedRevision(db, projectId);
  await db.insert(pairLevels).values({
    ...{
      pairId,
      generatorRevisionId: revision!.id,
      judge: "human",
      projectId,
      patternId,
      phase: 1,
    },
    ...{ levelId: pairId, gridId: pairId, mode: "full", level, correct: 0, rated: 20, isTrivial },
    at: new Date(),
  });
}

async function ask(n = 2): Promise<{ batchId: string; data: Record<string, { a: string }[]> }> {
  const { batchId } = await requestBatch(ctx, { patternId, n });
  llm.script(say.good);
  await proposePairs({ batchId }, miningJob(db));
  return { batchId, data: dataOf(llm.asked[0]!) };
}
/** Asks one question about a pair, as its page does. */
async function askAbout(pairId: string, purpose: "prompts" | PairPurpose): Promise<void> {
  const { projectId } = ctx.member;
  if (purpose === "prompts") {
    await change(pairId, { promptsState: "queued" });
    return writePairPrompts({ pairId }, miningJob(db));
  }
  const asked = { projectId, purpose, pairId, parameters: {}, actorId: null };
  const { inquiryId } = await db.transaction((tx) => requestInquiry(tx, asked));
  return inquire({ inquiryId }, miningJob(db));
}
const names = (found: { a: string }[] | undefined) => found?.map(({ a }) => a);

describe("what a proposer is shown", () => {
  test("starts with what was never drawn right; trivial finds do not count as such", async () => {
    const [accepted, proven, trivial] = [
      await insert("jug"),
      await insert("owl"),
      await insert("fog"),
    ];
    await rate(proven, 5);
    await rate(trivial, 5, true);
    const { data, batchId } = await ask();

    expect(names(data.proven)).toEqual(["owl"]);
    expect(names(data.accepted)?.sort()).toEqual(["fog", "jug"]);
    const shown = (await learnedFrom(ctx, { batchId }))!.exemplars.map(({ id }) => id);
    expect(shown[0]).toBe(proven);
    expect(shown.toSorted()).toEqual([accepted, proven, trivial].toSorted());
  });

  test("holds what was drawn well, by its Level or at a quick look, apart from the examples", async () => {
    const [rated, seen] = [await insert("jug"), await insert("owl")];
    await rate(rated, 1);
    await change(seen, { state: "set_aside", reason: "plainly_fine" });
    const { data } = await ask();

    expect(names(data.drawn_well)?.sort()).toEqual(["jug", "owl"]);
    expect([data.proven, data.accepted]).toEqual([[], []]);
  });

  test("holds what people turned down, with the reason in their words", async () => {
    const id = await insert("time", "proposed");
    await change(id, { state: "rejected", reason: "cannot_be_drawn", reasonText: "no shape" });
    const { data } = await ask();

    expect(data.turned_down).toEqual([
      { a: "time", b: "iron gate", reason: "cannot_be_drawn: no shape" },
    ]);
  });

  test("holds a pinned pair however many there are, and never a banned one", async () => {
    const [pinned, banned] = [await insert("first lamp"), await insert("second lamp")];
    for (let index = 0; index < 20; index += 1) await insert(`lamp number ${index}`);
    await setExemplar(ctx, { pairId: pinned, mode: "pinned", weight: 1 });
    await setExemplar(ctx, { pairId: banned, mode: "banned", weight: 1 });

    for (let batch = 0; batch < 4; batch += 1) {
      const { data } = await ask(1);
      expect(data.accepted).toHaveLength(8);
      expect(names(data.accepted)).toContain("first lamp");
      expect(names(data.accepted)).not.toContain("second lamp");
    }
    await setExemplar(ctx, { pairId: banned, mode: "pinned", weight: 1 });
    expect(names((await ask(1)).data.accepted)).toContain("second lamp");
  });

  test("is drawn anew for every batch, so that another one shows other examples", async () => {
    for (let index = 0; index < 20; index += 1) await insert(`lamp number ${index}`);

    expect(names((await ask(1)).data.accepted)).not.toEqual(names((await ask(1)).data.accepted));
  });

  test("is the examples a pattern came with, as long as it has no pair", async () => {
    const example = { a: "brass lamp", b: "fish pond", latent: "table" };
    const { id } = await makePattern(db, { ...ctx.member, examples: [example] });
    patternId = id;

    expect((await ask()).data.accepted).toEqual([example]);
  });
});

test("only an accepted pair can be pinned", async () => {
  const pairId = await insert("jug", "proposed");
  const pin = setExemplar(ctx, { pairId, mode: "pinned", weight: 1 });
  await expect(pin).rejects.toThrow("Only an accepted pair");
});

describe("guidance", () => {
  test("of the project and of the pattern goes into the question, and the exchange knows which version", async () => {
    await setGuidance(ctx, { patternId: null, text: "Old words" });
    await setGuidance(ctx, { patternId: null, text: "Nothing with brands." });
    await setGuidance(ctx, { patternId, text: "Prefer \u202Emetal." });
    const { data, batchId } = await ask();

    expect(data.guidance).toEqual(["Nothing with brands.", "Prefer metal."]);
    const { guidance: told } = (await learnedFrom(ctx, { batchId }))!;
    expect(told.map(({ version, text }) => [version, text])).toEqual(
      expect.arrayContaining([
        [2, "Nothing with brands."],
        [1, "Prefer metal."],
      ]),
    );
    const [said] = await db
      .select()
      .from(exchanges)
      .where(eq(exchanges.batchId, batchId))
      .orderBy(asc(exchanges.id));
    expect(said!.parameters).toMatchObject({
      used: { guidance: [{ version: 2 }, { version: 1 }] },
    });
  });

  test.each(["prompts", "guess_latent", "drawing_order", "describe_concepts"] as const)(
    "goes into the question for %s of one pair too",
    async (purpose) => {
      await setGuidance(ctx, { patternId: null, text: "Nothing with brands." });
      await setGuidance(ctx, { patternId, text: "Prefer metal." });
      const pairId = await insert("copper jug");
      await askAbout(pairId, purpose);

      expect(dataOf(llm.asked.at(-1)!).guidance).toEqual(["Nothing with brands.", "Prefer metal."]);
      const said = await db.select().from(exchanges).where(eq(exchanges.pairId, pairId));
      expect(said.map(({ parameters }) => parameters)).toMatchObject([
        { used: { guidance: [{ version: 1 }, { version: 1 }] } },
      ]);
    },
  );

  test("that was emptied is gone from the question, and its versions stay", async () => {
    await setGuidance(ctx, { patternId, text: "Prefer metal." });
    await setGuidance(ctx, { patternId, text: "" });

    expect((await ask()).data).not.toHaveProperty("guidance");
    const versions = await listGuidance(ctx, { patternId });
    expect(versions.map(({ version, text }) => [version, text])).toEqual([
      [2, ""],
      [1, "Prefer metal."],
    ]);
  });

  test("cannot be changed once it was said", async () => {
    await setGuidance(ctx, { patternId, text: "Prefer metal." });
    const rewrite = db.update(guidance).set({ text: "?" }).where(eq(guidance.patternId, patternId));
    await expect(rewrite).rejects.toThrow();
  });

  test("of ten people at once becomes ten versions", async () => {
    const said = await Promise.all(
      Array.from({ length: 10 }, (_, index) => setGuidance(ctx, { patternId, text: `${index}` })),
    );
    expect(said.map(({ version }) => version).sort((x, y) => x - y)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
  });
});
