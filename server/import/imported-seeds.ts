import { and, desc, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { seedSets } from "@/db/schema";

/** A seed set with just these seeds. Its purpose is not mining: runs must not take it for theirs. */
export function findOrAddSeedSet(tx: Tx, projectId: string) {
  const known = new Map<string, { id: string; seeds: number[] }>();
  return async (seeds: number[]): Promise<{ id: string; seeds: number[] }> => {
    const key = seeds.join(" ");
    const set = known.get(key) ?? (await findOrAdd(tx, projectId, seeds));
    known.set(key, set);
    return set;
  };
}

async function findOrAdd(tx: Tx, projectId: string, seeds: number[]) {
  const purpose = "replicate" as const;
  const shown = { id: seedSets.id, seeds: seedSets.seeds };
  const [same] = await tx
    .select(shown)
    .from(seedSets)
    .where(
      and(
        eq(seedSets.projectId, projectId),
        eq(seedSets.purpose, purpose),
        eq(seedSets.seeds, seeds),
      ),
    );
  if (same) return same;
  const [last] = await tx
    .select({ number: seedSets.number })
    .from(seedSets)
    .where(eq(seedSets.projectId, projectId))
    .orderBy(desc(seedSets.number))
    .limit(1);
  const [made] = await tx
    .insert(seedSets)
    .values({ projectId, number: (last?.number ?? 0) + 1, purpose, seeds })
    .returning(shown);
  if (!made) throw new Error("The seed set was not stored");
  return made;
}
