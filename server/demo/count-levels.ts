import { and, count, eq, inArray } from "drizzle-orm";
import { sittings, verdicts } from "@/db/schema";
import { levelsOfPairs } from "@/server/rating/levels-of-pairs";
import type { MemberContext } from "@/server/trpc/context";

export type LevelCounts = Record<"1" | "2" | "3" | "4" | "5", number>;

/** The simulated Levels of record and the verdicts they stand on; a person's are not counted in. */
export async function countLevels(
  { db, viewer, member }: MemberContext,
  pairIds: readonly string[],
): Promise<{ levels: LevelCounts; verdicts: number }> {
  const record = await levelsOfPairs(db, member.projectId, pairIds);
  const simulated = record.filter((row) => row.source === "simulated");
  const of = (level: number) => simulated.filter((row) => row.level === level).length;
  const sittingIds = simulated.flatMap((row) => row.sittingId ?? []);
  const [given] = await db
    .select({ verdicts: count() })
    .from(verdicts)
    .innerJoin(sittings, eq(sittings.id, verdicts.sittingId))
    .where(and(eq(sittings.raterId, viewer.accountId), inArray(sittings.id, sittingIds)));
  return {
    levels: { "1": of(1), "2": of(2), "3": of(3), "4": of(4), "5": of(5) },
    verdicts: given?.verdicts ?? 0,
  };
}
