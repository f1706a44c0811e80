import type { Tx } from "@/db/client";
import { enqueue } from "@/server/jobs/queue";
import type { Run, Wanted } from "./insert-claims";
import { type Claimed, insertRenders } from "./insert-renders";
import type { ReadyPair } from "./ready-pairs";
import type { runPlan } from "./run-plan";

type Plan = Awaited<ReturnType<typeof runPlan>>;

/** Claims what the plan misses: five renders a pair. */
export async function addRenders(tx: Tx, run: Run, plan: Plan): Promise<void> {
  const claimed = await insertRenders(tx, run, plan, plan.missing.flatMap(rendersOf));
  await openFinishedGrids(tx, claimed);
}

export const rendersOf = ({ pairId, conceptA, conceptB, prompts }: ReadyPair): Wanted[] =>
  prompts.map(({ position, promptId, text }) => ({
    pairId,
    position,
    promptId,
    prompt: text,
    concepts: [conceptA, conceptB],
  }));

/** A pair whose renders were all drawn for another run never sees a render finish. */
async function openFinishedGrids(tx: Tx, claimed: readonly Claimed[]) {
  const byPair = Map.groupBy(claimed, ({ pairId }) => pairId);
  for (const group of byPair.values()) {
    const [first] = group;
    if (first && group.every(({ state }) => state === "done")) {
      await enqueue(tx, "generation.openGrids", { renderId: first.renderId });
    }
  }
}
