import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "@/db/client";
import { settings } from "@/db/schema";
import type { findLevelDrift } from "./find-level-drift";

const SETTING = "levelDrift";
// Where the rule itself went wrong everything differs: the first of them tell as much.
const MOST_TOLD = 100;
const Noted = z.object({
  grids: z.int(),
  differing: z.int(),
  drift: z.array(
    z.object({
      projectId: z.uuid(),
      gridId: z.uuid(),
      kept: z.array(z.string()),
      follows: z.array(z.string()),
    }),
  ),
});
export type LevelCheck = z.infer<typeof Noted> & { at: Date };

export async function noteLevelDrift(
  db: DbOrTx,
  { grids, drift }: Awaited<ReturnType<typeof findLevelDrift>>,
): Promise<void> {
  const value = { grids, differing: drift.length, drift: drift.slice(0, MOST_TOLD) };
  await db
    .insert(settings)
    .values({ name: SETTING, value })
    .onConflictDoUpdate({ target: settings.name, set: { value, updatedAt: sql`now()` } });
}

/** What the last comparison found; null before the first. */
export async function readLevelCheck(db: DbOrTx): Promise<LevelCheck | null> {
  const [noted] = await db.select().from(settings).where(eq(settings.name, SETTING));
  return noted ? { ...Noted.parse(noted.value), at: noted.updatedAt } : null;
}
