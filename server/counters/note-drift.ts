import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "@/db/client";
import { settings } from "@/db/schema";
import type { Drift } from "./find-drift";

const SETTING = "counterDrift";
const Noted = z.array(
  z.object({ counter: z.string(), projectId: z.uuid(), figures: z.number().int() }),
);

/** What the last comparison found, for admins; empty when all counters agree. */
export async function noteDrift(db: DbOrTx, drift: readonly Drift[]): Promise<void> {
  const value = [...drift];
  await db
    .insert(settings)
    .values({ name: SETTING, value })
    .onConflictDoUpdate({ target: settings.name, set: { value, updatedAt: sql`now()` } });
}

export async function readDrift(db: DbOrTx): Promise<Drift[]> {
  const [noted] = await db.select().from(settings).where(eq(settings.name, SETTING));
  return noted ? Noted.parse(noted.value) : [];
}
