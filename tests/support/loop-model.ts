import { and, asc, eq, inArray, sql } from "drizzle-orm";
import fc from "fast-check";
import type { Db } from "@/db/client";
import { budgets, pairs, patterns, phases, proposals, quickLooks, runs } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { cancelRun } from "@/server/generation/cancel-run";
import { startPrecheck } from "@/server/generation/start-precheck";
import { startRun } from "@/server/generation/start-run";
import { undoLook } from "@/server/generation/undo-look";
import { handlers } from "@/server/jobs/handlers";
import { openPhase, pausePhase, resumePhase } from "@/server/loop/phases";
import { approvePattern } from "@/server/mining/approve-pattern";
import { decideDuplicate } from "@/server/mining/decide-duplicate";
import { decidePair } from "@/server/mining/decide-pair";
import { mergePattern } from "@/server/mining/merge-pattern";
import { rejectPattern } from "@/server/mining/reject-pattern";
import { requestBatch } from "@/server/mining/request-batch";
import { requestMerge } from "@/server/mining/request-merge";
import { requestNewPatterns } from "@/server/mining/request-new-patterns";
import { retirePattern } from "@/server/mining/retire-pattern";
import { setPatternLoop } from "@/server/mining/set-pattern-loop";
import { replay } from "@/server/replay/replay";
import type { MemberContext } from "@/server/trpc/context";
import { Crash, crashingDb } from "./crashing-db";
import type { Job, LoopDriver } from "./loop-driver";
import { makeExampleProject } from "./make/example-project";

/** One thing that may happen next; the numbers choose whom it happens to. */
export type Happening = { what: keyof typeof HAPPENINGS; pick: number; other: number };

type World = {
  db: Db;
  driver: LoopDriver;
  ctx: MemberContext;
  /** Phases whose button a person has pressed. */
  pressed: Set<number>;
};
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

const ANY_PAIR = ["proposed", "accepted", "rejected", "set_aside"];

const HAPPENINGS = {
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
  cancelRun: async ({ db, ctx }, pick) => {
    const rows = await db
      .select({ number: runs.number })
      .from(runs)
      .where(eq(runs.projectId, ctx.member.projectId));
    const run = one(rows, pick);
    if (run) await cancelRun(ctx, run);
  },
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
  const signal = new AbortController().signal;
  try {
    await handlers[job.name](job.data, { db: crashingDb(db, after), signal });
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
}

const NAMES = Object.keys(HAPPENINGS) as (keyof typeof HAPPENINGS)[];
// Work is what most often happens: without it everything only queues up.
const WEIGHTS: Partial<Record<keyof typeof HAPPENINGS, number>> = { work: 14, accept: 5, rate: 3 };

export const happenings = (most: number) =>
  fc.array(
    fc.record({
      what: fc.oneof(
        ...NAMES.map((name) => ({ arbitrary: fc.constant(name), weight: WEIGHTS[name] ?? 1 })),
      ),
      pick: fc.nat(1000),
      other: fc.nat(1000),
    }),
    { minLength: Math.floor(most / 2), maxLength: most },
  );

/** Lets it all happen to a new project. An `AppError` is an answer; anything else is a bug. */
export async function liveThrough(
  db: Db,
  driver: LoopDriver,
  happened: readonly Happening[],
): Promise<void> {
  const ctx = await makeExampleProject(db, { withPairs: false });
  const world: World = { db, driver, ctx, pressed: new Set() };
  for (const { what, pick, other } of happened) {
    try {
      await HAPPENINGS[what](world, pick, other);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
    await checkPhases(world);
  }
  await driver.settle();
  await checkPhases(world);
  await checkCounters(world);
  const { difference } = await replay(db, ctx.member.projectId);
  if (difference) throw new Error(`Not replayed identically: ${JSON.stringify(difference)}`);
}

/** No phase without a person's button; no budget passed. */
async function checkPhases({ db, ctx, pressed }: World): Promise<void> {
  const { projectId } = ctx.member;
  const open = await db.select().from(phases).where(eq(phases.projectId, projectId));
  for (const { number, state } of open) {
    if (number > 2 && (state === "open" || state === "paused") && !pressed.has(number))
      throw new Error(`Phase ${number} is ${state}, and nobody opened it`);
  }
  const spent = await db.select().from(budgets).where(eq(budgets.projectId, projectId));
  for (const { kind, limit, reserved, settled } of spent) {
    if (limit !== null && reserved + settled > limit)
      throw new Error(`The ${kind} budget is passed`);
  }
}

/** Every counter equals a recount of what it counts, and no pair is there twice. */
async function checkCounters({ db, ctx }: World): Promise<void> {
  const { projectId } = ctx.member;
  for (const [what, query] of Object.entries(RECOUNTS)) {
    const drift = await db.execute(query(projectId));
    if (drift.length > 0) throw new Error(`${what} drifted: ${JSON.stringify(drift[0])}`);
  }
}

const RECOUNTS: Record<string, (projectId: string) => ReturnType<typeof sql>> = {
  pair_count: (projectId) => sql`
    select * from (
      select pattern_id, phase, origin, state, stage, pairs from pair_count where project_id = ${projectId} and pairs > 0
      except
      select pattern_id, phase, origin::text, state::text, coalesce(stage::text, ''), count(*)::int from pair
        where project_id = ${projectId} group by 1, 2, 3, 4, 5
    ) drift`,
  level_count: (projectId) => sql`
    select * from (
      select pattern_id, judge, mode, level, sum(pairs)::int from level_count where project_id = ${projectId} and pairs > 0 group by 1, 2, 3, 4
      except
      select pattern_id, judge, mode, coalesce(level, 0), count(*)::int from pair_level where project_id = ${projectId} group by 1, 2, 3, 4
    ) drift`,
  saturation: (projectId) => sql`
    select s.pattern_id, s.proposer from saturation s
      left join proposal_tally t on t.pattern_id = s.pattern_id and t.proposer = s.proposer
      where s.project_id = ${projectId}
      group by s.pattern_id, s.proposer, s.proposals, s."distinct", s.once, s.twice
      having s.proposals <> coalesce(sum(t.times), 0) or s."distinct" <> count(t.key)
        or s.once <> count(*) filter (where t.times = 1) or s.twice <> count(*) filter (where t.times = 2)`,
  budget: (projectId) => sql`
    select b.kind from budget b left join budget_entry e on e.project_id = b.project_id and e.kind = b.kind
      where b.project_id = ${projectId} group by b.kind, b.reserved, b.settled
      having b.reserved <> coalesce(sum(e.reserved) filter (where e.settled is null), 0)
        or b.settled <> coalesce(sum(e.settled), 0)`,
  "pair key": (projectId) => sql`
    select key from pair where project_id = ${projectId} group by key having count(*) > 1`,
};
