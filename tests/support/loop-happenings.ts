import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { BudgetKind } from "@/db/enums";
import { FAILURE_KINDS } from "@/db/enums";
import { batches, inquiries, pairs, patterns, proposals, quickLooks, runs } from "@/db/schema";
import { setBudget } from "@/server/budget/set-budget";
import { cancelRun } from "@/server/generation/cancel-run";
import { retryFailed } from "@/server/generation/retry-renders";
import { startPrecheck } from "@/server/generation/start-precheck";
import { startRun } from "@/server/generation/start-run";
import { undoLook } from "@/server/generation/undo-look";
import { handlers } from "@/server/jobs/handlers";
import { openPhase, pausePhase, resumePhase } from "@/server/loop/phases";
import { approvePattern } from "@/server/mining/approve-pattern";
import { decideDuplicate } from "@/server/mining/decide-duplicate";
import { decidePair } from "@/server/mining/decide-pair";
import { editPair } from "@/server/mining/edit-pair";
import { mergePattern } from "@/server/mining/merge-pattern";
import { rejectPattern } from "@/server/mining/reject-pattern";
import { requestBatch } from "@/server/mining/request-batch";
import { requestConceptSets } from "@/server/mining/request-concept-sets";
import { requestMerge } from "@/server/mining/request-merge";
import { requestNewPatterns } from "@/server/mining/request-new-patterns";
import { requestRetest } from "@/server/mining/request-retest";
import { retirePattern } from "@/server/mining/retire-pattern";
import { cancelBatch, retryBatch } from "@/server/mining/retry-batch";
import { cancelInquiry, retryInquiry } from "@/server/mining/retry-inquiry";
import { setPatternLoop } from "@/server/mining/set-pattern-loop";
import type { MemberContext } from "@/server/trpc/context";
import { Crash, crashingDb } from "./crashing-db";
import { broken, type FakeLlm } from "./fake-llm";
import { BAD_ANSWERS, limitOf, saySomething } from "./loop-chances";
import type { Job, LoopDriver } from "./loop-driver";
import { miningJob } from "./mining-job";

export type World = {
  db: Db;
  driver: LoopDriver;
  llm: FakeLlm;
  ctx: MemberContext;
  /** Phases whose button a person has pressed. */
  pressed: Set<number>;
  /** What was reserved and settled of each budget when it was last looked at. */
  spent: Map<BudgetKind, number>;
};
/** One thing that may happen next; the numbers choose whom it happens to. */
type Happen = (world: World, pick: number, other: number) => Promise<unknown>;

const one = <T>(items: readonly T[], pick: number): T | undefined => items[pick % items.length];

const idsOf = async (
  { db, ctx }: World,
  table: typeof pairs | typeof patterns,
  states: readonly string[],
): Promise<string[]> => {
  const rows = await db
    .select({ id: table.id })
    .from(table)
    .where(
      and(
        eq(table.projectId, ctx.member.projectId),
        inArray(sql`${table.state}::text`, [...states]),
      ),
    )
    .orderBy(asc(table.id));
  return rows.map(({ id }) => id);
};

/** Does something to one row of those states, if there is one. */
const toOne =
  (
    table: typeof pairs | typeof patterns,
    states: readonly string[],
    act: (world: World, id: string, other: number) => Promise<unknown>,
  ): Happen =>
  async (world, pick, other) => {
    const id = one(await idsOf(world, table, states), pick);
    if (id) await act(world, id, other);
  };

type Working = typeof batches | typeof inquiries;

/** The same for what the LLM is asked. */
const toOneWork =
  (table: Working, act: (ctx: MemberContext, id: string) => Promise<unknown>): Happen =>
  async ({ db, ctx }, pick) => {
    const rows = await db
      .select({ id: table.id })
      .from(table)
      .where(eq(table.projectId, ctx.member.projectId))
      .orderBy(asc(table.id));
    const work = one(rows, pick);
    if (work) await act(ctx, work.id);
  };

const toOneRun =
  (act: (ctx: MemberContext, run: { number: number }) => Promise<unknown>): Happen =>
  async ({ db, ctx }, pick) => {
    const rows = await db
      .select({ number: runs.number })
      .from(runs)
      .where(eq(runs.projectId, ctx.member.projectId))
      .orderBy(asc(runs.number));
    const run = one(rows, pick);
    if (run) await act(ctx, run);
  };

const ANY_PAIR = ["proposed", "accepted", "rejected", "set_aside"];

export const HAPPENINGS = {
  propose: toOne(patterns, ["approved", "retired"], ({ ctx }, patternId, other) =>
    requestBatch(ctx, { patternId, n: 1 + (other % 5) }),
  ),
  accept: toOne(pairs, ["proposed", "set_aside"], ({ ctx }, pairId) =>
    decidePair(ctx, { pairId, decision: "accept" }),
  ),
  reject: toOne(pairs, ANY_PAIR, ({ ctx }, pairId) =>
    decidePair(ctx, { pairId, decision: "reject", reason: "unclear" }),
  ),
  setAside: toOne(pairs, ANY_PAIR, ({ ctx }, pairId) =>
    decidePair(ctx, { pairId, decision: "set_aside" }),
  ),
  undo: toOne(pairs, ANY_PAIR, ({ ctx }, pairId) => decidePair(ctx, { pairId, decision: "undo" })),
  keepRepeat: async ({ db, ctx }, pick) => {
    const rows = await db
      .select({ id: proposals.id })
      .from(proposals)
      .where(
        and(
          eq(proposals.projectId, ctx.member.projectId),
          inArray(proposals.outcome, ["duplicate", "new"]),
        ),
      )
      .orderBy(asc(proposals.id));
    const proposal = one(rows, pick);
    if (proposal) await decideDuplicate(ctx, { proposalId: proposal.id, decision: "keep" });
  },
  work: ({ driver }, pick) => driver.runOne((jobs) => one(jobs, pick)),
  crash: async (world, pick, other) => crashOne(world, pick, other % 3),
  render: async (world) => {
    await startRun(world.ctx, {});
  },
  failRender: ({ driver }, pick, other) =>
    driver.failOne(FAILURE_KINDS[pick % FAILURE_KINDS.length] ?? "busy", other % 2 === 0),
  retryRenders: toOneRun((ctx, run) => retryFailed(ctx, run)),
  draw: ({ driver }) => driver.draw(),
  precheck: ({ ctx }) => startPrecheck(ctx, {}),
  look: ({ driver, ctx }, pick) => driver.lookAtAll(ctx, pick % 3 === 0 ? "fine" : "wrong"),
  undoLook: async ({ db, ctx }, pick) => {
    const rows = await db
      .select({ id: quickLooks.id })
      .from(quickLooks)
      .where(eq(quickLooks.projectId, ctx.member.projectId))
      .orderBy(asc(quickLooks.id));
    const look = one(rows, pick);
    if (look) await undoLook(ctx, { lookId: look.id });
  },
  rate: ({ driver, ctx }, pick) => driver.rateOne(ctx, pick % 21),
  cancelRun: toOneRun((ctx, run) => cancelRun(ctx, run)),
  answerBadly: async ({ llm }, pick, other) => {
    const bad = one(BAD_ANSWERS, pick) ?? broken;
    llm.script(...Array.from({ length: 1 + (other % 4) }, () => bad), saySomething());
  },
  cancelBatch: toOneWork(batches, (ctx, batchId) => cancelBatch(ctx, { batchId })),
  retryBatch: toOneWork(batches, (ctx, batchId) => retryBatch(ctx, { batchId })),
  cancelInquiry: toOneWork(inquiries, (ctx, inquiryId) => cancelInquiry(ctx, { inquiryId })),
  retryInquiry: toOneWork(inquiries, (ctx, inquiryId) => retryInquiry(ctx, { inquiryId })),
  askForSets: toOne(patterns, ["approved", "retired"], ({ ctx }, patternId) =>
    requestConceptSets(ctx, { patternId }),
  ),
  retest: toOne(patterns, ["approved"], ({ ctx }, patternId) => requestRetest(ctx, { patternId })),
  editPair: toOne(pairs, ANY_PAIR, ({ ctx }, pairId, other) =>
    editPair(ctx, { pairId, a: `edited thing ${other % 4}`, b: "wooden holder", latent: null }),
  ),
  setBudget: ({ ctx }, pick, other) => setBudget(ctx, limitOf(pick, other)),
  auto: toOne(patterns, ["approved"], ({ ctx }, patternId, other) =>
    setPatternLoop(ctx, {
      patternId,
      isAuto: other % 3 > 0,
      askSteps: other % 2 > 0 ? ["precheck"] : [],
      batchSize: 3,
    }),
  ),
  retire: toOne(patterns, ["approved", "retired"], ({ ctx }, patternId, other) =>
    retirePattern(ctx, { patternId, retired: other % 2 === 0 }),
  ),
  openPhase: async ({ ctx, pressed }, pick) => {
    const number = pick % 2 === 0 ? 3 : 4;
    await openPhase(ctx, { number });
    pressed.add(number);
  },
  pause: ({ ctx }, pick, other) => {
    const number = ([2, 3, 4] as const)[pick % 3] ?? 2;
    return other % 2 === 0 ? pausePhase(ctx, { number }) : resumePhase(ctx, { number });
  },
  newPatterns: ({ ctx }) => requestNewPatterns(ctx, { n: 1 }),
  cross: async (world, pick, other) => {
    const approved = await idsOf(world, patterns, ["approved", "retired"]);
    const [patternAId, patternBId] = [one(approved, pick), one(approved, other)];
    if (patternAId && patternBId) await requestMerge(world.ctx, { patternAId, patternBId });
  },
  approvePattern: toOne(patterns, ["proposed", "rejected"], ({ ctx }, patternId) =>
    approvePattern(ctx, { patternId }),
  ),
  rejectPattern: toOne(patterns, ["proposed"], ({ ctx }, patternId) =>
    rejectPattern(ctx, { patternId, reason: "not now" }),
  ),
  mergePattern: async (world, pick, other) => {
    const patternId = one(await idsOf(world, patterns, ["proposed"]), pick);
    const intoId = one(await idsOf(world, patterns, ["approved"]), other);
    if (patternId && intoId) await mergePattern(world.ctx, { patternId, intoId });
  },
} satisfies Record<string, Happen>;

/** A worker dies after so many transactions of a job; the job stays queued. */
async function crashOne({ db, driver }: World, pick: number, after: number): Promise<void> {
  const job = one<Job>(await driver.queued(), pick);
  if (!job) return;
  try {
    await handlers[job.name](job.data, { ...miningJob(db), db: crashingDb(db, after) });
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
}
