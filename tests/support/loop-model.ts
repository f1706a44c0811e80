import { eq } from "drizzle-orm";
import fc from "fast-check";
import type { Db } from "@/db/client";
import { pairs, patterns } from "@/db/schema";
import { setBudget } from "@/server/budget/set-budget";
import { AppError } from "@/server/core/errors";
import { startRun } from "@/server/generation/start-run";
import { decidePair } from "@/server/mining/decide-pair";
import { requestBatch } from "@/server/mining/request-batch";
import { sayDifference } from "@/server/replay/domain/first-difference";
import { replay } from "@/server/replay/replay";
import type { FakeLlm } from "./fake-llm";
import { limitOf, saySomething } from "./loop-chances";
import type { LoopDriver } from "./loop-driver";
import { HAPPENINGS, type World } from "./loop-happenings";
import { checkBudgets, checkCounters, checkPhases } from "./loop-invariants";
import { makeExampleProject } from "./make/example-project";

type Happening = { what: keyof typeof HAPPENINGS; pick: number; other: number };
/** The limits that it begins with, and what happens in it. */
export type Life = { limits: readonly number[]; happened: readonly Happening[] };

const NAMES = Object.keys(HAPPENINGS) as (keyof typeof HAPPENINGS)[];
// Work is what most often happens: without it everything only queues up.
const WEIGHTS: Partial<Record<keyof typeof HAPPENINGS, number>> = {
  work: 16,
  accept: 5,
  rate: 4,
  draw: 3,
  render: 2,
};

const happenings = (most: number) =>
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

/** One number for each kind of budget. */
export const lives = (most: number) =>
  fc.record({
    limits: fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }),
    happened: happenings(most),
  });

/** Each life begins with images of two pairs under way: what comes after them would else be rare. */
async function begin({ db, driver, ctx }: World): Promise<void> {
  const { projectId } = ctx.member;
  const [pattern] = await db.select().from(patterns).where(eq(patterns.projectId, projectId));
  if (!pattern) throw new Error("The example has no pattern");
  await requestBatch(ctx, { patternId: pattern.id, n: 5 });
  await driver.settle();
  const proposed = await db.select().from(pairs).where(eq(pairs.projectId, projectId)).limit(2);
  for (const { id: pairId } of proposed) await decidePair(ctx, { pairId, decision: "accept" });
  await driver.settle();
  await startRun(ctx, {});
}

/** Lets it all happen to a new project. An `AppError` is an answer; anything else is a bug. */
export async function liveThrough(
  { db, driver, llm }: { db: Db; driver: LoopDriver; llm: FakeLlm },
  { limits, happened }: Life,
): Promise<void> {
  const ctx = await makeExampleProject(db, { withPairs: false });
  const world: World = { db, driver, llm, ctx, pressed: new Set(), spent: new Map() };
  llm.script(saySomething());
  await begin(world);
  await checkBudgets(world);
  for (const [kind, number] of limits.entries()) await setBudget(ctx, limitOf(kind, number));
  for (const { what, pick, other } of happened) {
    try {
      await HAPPENINGS[what](world, pick, other);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
    await checkPhases(world);
    await checkBudgets(world);
  }
  await driver.settle();
  await checkPhases(world);
  await checkBudgets(world);
  await checkCounters(world);
  const { difference } = await replay(db, ctx.member.projectId);
  if (difference) throw new Error(`Not replayed identically: ${sayDifference(difference)}`);
}
