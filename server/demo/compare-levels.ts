import { showComparison } from "@/server/comparison/show-comparison";
import type { Level } from "@/server/rating/domain/level";
import type { MemberContext } from "@/server/trpc/context";
import { patiently } from "./patiently";

export type RepairedPair = { pair: string; levels: (Level | null)[] };
/** `generators[i]` gave each pair's `levels[i]`, all on the same fresh seeds; every pair was at Level 5 before. */
export type Repairs = { number: number; generators: string[]; pairs: RepairedPair[] };

/** What the simulated rater found of a comparison. */
export async function compareLevels(owner: MemberContext, number: number): Promise<Repairs> {
  const asked = { repair: number, judge: "simulated" as const };
  const comparison = await patiently(() => showComparison(owner, asked));
  if (!comparison) throw new Error("The comparison's row is gone");
  const { generators, pairs } = comparison;
  return {
    number,
    generators: generators.map(({ name }) => name),
    pairs: pairs.map(({ conceptA, conceptB, levels }) => ({
      pair: `${conceptA} × ${conceptB}`,
      levels: generators.map(({ revisionId }) => levels[revisionId] ?? null),
    })),
  };
}
