import { and, count, desc, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import type { DbHandle } from "@/db/client";
import { EXCHANGE_PURPOSES, type ExchangePurpose } from "@/db/enums";
import {
  batches,
  budgets,
  conceptSets,
  exchanges,
  inquiries,
  methodInputs,
  pairs,
  patterns,
  promptSets,
  proposals,
} from "@/db/schema";
import { addPairs } from "@/server/mining/add-pairs";
import { inquire } from "@/server/mining/inquire";
import { proposePairs } from "@/server/mining/propose-pairs";
import { requestBatch } from "@/server/mining/request-batch";
import { type NewInquiry, requestInquiry } from "@/server/mining/request-inquiry";
import { savePromptSet } from "@/server/mining/save-prompt-set";
import { writePairPrompts } from "@/server/mining/write-pair-prompts";
import type { MemberContext } from "@/server/trpc/context";
import { type FakeLlm, say } from "../support/fake-llm";
import { goodAnswer } from "../support/good-answers";
import { llmDatabase } from "../support/llm-database";
import { makeMember } from "../support/make/member";
import { makePattern } from "../support/make/pattern";
import { malformedAnswers } from "../support/malformed-answers";
import { miningJob } from "../support/mining-job";

let db: DbHandle["db"];
let sql: DbHandle["sql"];
let llm: FakeLlm;
let ctx: MemberContext;

beforeAll(async () => {
  ({ db, sql, llm } = await llmDatabase());
  ctx = await makeMember(db);
});

/** A question that stands ready; `made` counts what its answer has put in. */
type Question = {
  run: () => Promise<void>;
  state: () => Promise<string>;
  made: () => Promise<number>;
};
const one = async (rows: PromiseLike<{ n: number }[]>) => (await rows)[0]!.n;

async function askForPairs(): Promise<Question> {
  const pattern = await makePattern(db, ctx.member);
  const { batchId } = await requestBatch(ctx, { patternId: pattern.id, n: 2 });
  const batch = () => db.select().from(batches).where(eq(batches.id, batchId));
  return {
    run: () => proposePairs({ batchId }, miningJob(db)),
    state: async () => (await batch())[0]!.state,
    made: () =>
      one(db.select({ n: count() }).from(proposals).where(eq(proposals.batchId, batchId))),
  };
}

let typed = 0;
async function typePair(): Promise<{ pairId: string; homeId: string }> {
  const pattern = await makePattern(db, ctx.member);
  typed += 1;
  const pair = { a: `lantern ${typed}`, b: `harbour wall ${typed}`, latent: null };
  const { pairIds } = await addPairs(ctx, { patternId: pattern.id, pairs: [pair] });
  return { pairId: pairIds[0]!, homeId: pattern.id };
}

async function askForPrompts(): Promise<Question> {
  const { pairId } = await typePair();
  const pair = () => db.select().from(pairs).where(eq(pairs.id, pairId));
  return {
    run: () => writePairPrompts({ pairId }, miningJob(db)),
    state: async () => (await pair())[0]!.promptsState!,
    made: () =>
      one(db.select({ n: count() }).from(promptSets).where(eq(promptSets.pairId, pairId))),
  };
}

type Subject = Pick<
  NewInquiry,
  "purpose" | "patternId" | "otherPatternId" | "pairId" | "parameters"
>;
/** An empty pattern, a pair, and the pattern of that pair. */
type Ids = { patternId: string; pairId: string; homeId: string };
type Made = (found: { projectId: string; patternId: string; pairId: string }) => Promise<number>;

/** Prompts of a person's own for the pair. */
async function typePrompts(pairId: string) {
  const [pair] = await db.select().from(pairs).where(eq(pairs.id, pairId));
  const { conceptA, conceptB } = pair!;
  const tails = ["", " now", " right now", " at dawn today", " at dawn on a table"];
  await savePromptSet(ctx, {
    pairId,
    prompts: tails.map((tail) => `${conceptA} with ${conceptB}${tail}`),
  });
}

const inquiry =
  (ask: (ids: Ids) => Subject, made: Made, prepare?: (pairId: string) => Promise<void>) =>
  async (): Promise<Question> => {
    const { projectId } = ctx.member;
    const { pairId, homeId } = await typePair();
    await prepare?.(pairId);
    const { id: patternId } = await makePattern(db, ctx.member);
    const asked = { ...ask({ patternId, pairId, homeId }), projectId, actorId: null };
    const { inquiryId } = await db.transaction((tx) => requestInquiry(tx, asked));
    const before = await made({ projectId, patternId, pairId });
    const row = () => db.select().from(inquiries).where(eq(inquiries.id, inquiryId));
    return {
      run: () => inquire({ inquiryId }, miningJob(db)),
      state: async () => (await row())[0]!.state,
      made: async () => (await made({ projectId, patternId, pairId })) - before,
    };
  };

const proposed: Made = ({ projectId }) =>
  one(
    db
      .select({ n: count() })
      .from(patterns)
      .where(and(eq(patterns.projectId, projectId), eq(patterns.state, "proposed"))),
  );
const sets: Made = ({ patternId }) =>
  one(db.select({ n: count() }).from(conceptSets).where(eq(conceptSets.patternId, patternId)));
const inputs: Made = ({ pairId }) =>
  one(db.select({ n: count() }).from(methodInputs).where(eq(methodInputs.pairId, pairId)));
const guessed: Made = async ({ pairId }) => {
  const [pair] = await db.select().from(pairs).where(eq(pairs.id, pairId));
  return pair!.latent === null ? 0 : 1;
};

const parameters = {};
const QUESTIONS = [
  [
    "the patterns behind seeds",
    inquiry(
      ({ homeId }) => ({ purpose: "name_patterns", patternId: homeId, parameters }),
      proposed,
    ),
    1,
  ],
  [
    "two patterns crossed",
    inquiry(
      ({ patternId, homeId: otherPatternId }) => ({
        purpose: "merge_patterns",
        patternId,
        otherPatternId,
        parameters,
      }),
      proposed,
    ),
    2,
  ],
  ["pairs", askForPairs, 2],
  ["prompts", askForPrompts, 1],
  [
    "new patterns",
    inquiry(() => ({ purpose: "propose_patterns", parameters: { n: 1 } }), proposed),
    1,
  ],
  [
    "two sets",
    inquiry(
      ({ patternId }) => ({ purpose: "concept_sets", patternId, parameters: { n: 4 } }),
      sets,
    ),
    1,
  ],
  [
    "a guess",
    inquiry(({ pairId }) => ({ purpose: "guess_latent", pairId, parameters }), guessed),
    1,
  ],
  [
    "an order",
    inquiry(({ pairId }) => ({ purpose: "drawing_order", pairId, parameters }), inputs),
    1,
  ],
  [
    "descriptions",
    inquiry(({ pairId }) => ({ purpose: "describe_concepts", pairId, parameters }), inputs),
    1,
  ],
  [
    "phrases",
    inquiry(({ pairId }) => ({ purpose: "find_phrases", pairId, parameters }), inputs, typePrompts),
    1,
  ],
  [
    "other words",
    inquiry(
      ({ pairId }) => ({ purpose: "reword_prompts", pairId, parameters }),
      inputs,
      typePrompts,
    ),
    1,
  ],
] as const;

// Where what a question and its answer are may be written down. All other tables stand still.
const MAY_GROW = [
  ...["exchange", "budget_entry", "decision", "waiting"],
  ...["pair", "proposal", "proposal_tally", "saturation", "concept", "pair_count"],
  ...[
    "pattern",
    "pattern_parent",
    "concept_set",
    "method_input",
    "prompt",
    "prompt_set",
    "prompt_set_prompt",
  ],
];

async function rowsElsewhere(): Promise<Record<string, number>> {
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public'`;
  const still = tables.map(({ name }) => name).filter((name) => !MAY_GROW.includes(name));
  const counts = still.map((name) => `select '${name}' as name, count(*)::int as n from "${name}"`);
  const rows = await sql.unsafe<{ name: string; n: number }[]>(counts.join(" union all "));
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
}

/** What only people may bring about, and jobs, which would spend. */
async function powers() {
  const { projectId } = ctx.member;
  const [limits, accepted, approved, jobs] = await Promise.all([
    db.select({ limit: budgets.limit }).from(budgets).where(eq(budgets.projectId, projectId)),
    one(db.select({ n: count() }).from(pairs).where(eq(pairs.state, "accepted"))),
    one(db.select({ n: count() }).from(patterns).where(eq(patterns.state, "approved"))),
    sql`select count(*)::int as n from pgboss.job`,
  ]);
  return { limits, accepted, approved, jobs: jobs[0]!.n, elsewhere: await rowsElsewhere() };
}

let corpus = 0;
const purposes = new Set<ExchangePurpose>();

test.each(QUESTIONS)(
  "no spoilt answer to a question for %s is stored by halves, crashes a job or does anything but wait",
  async (_, ask, whole) => {
    llm.script(say.good);
    const sound = await ask();
    await sound.run();
    expect(await sound.made()).toBe(whole);
    const [last] = await db.select().from(exchanges).orderBy(desc(exchanges.id)).limit(1);
    purposes.add(last!.purpose);
    const length = Buffer.byteLength(JSON.stringify(goodAnswer(llm.asked[0]!)));

    for (const malformed of malformedAnswers(length)) {
      const question = await ask();
      const before = await powers();
      llm.script(malformed.say);
      await question.run();
      corpus += 1;

      const outcome = [await question.state(), await question.made()];
      expect(outcome, malformed.name).toEqual(
        malformed.isUsable ? ["done", whole] : ["waiting", 0],
      );
      expect(await powers(), malformed.name).toEqual(before);
    }
  },
  300_000,
);

test("the corpus holds more than two hundred spoilt answers, to every question there is", () => {
  expect(corpus).toBeGreaterThan(200);
  expect([...purposes].sort()).toEqual([...EXCHANGE_PURPOSES].sort());
});
