import { and, asc, eq, gt, notExists, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { concepts, pairs, projects } from "@/db/schema";
import { insertConcepts } from "./insert-pairs";

const CHUNK = 1000;

/**
 * Projects from before concepts were kept get theirs; their keys are made here, not in SQL. Whole
 * projects at a time, so that a start that was cut short leaves none half done. Running it twice adds nothing.
 */
export async function addMissingConcepts(db: Db): Promise<void> {
  const has = (table: typeof concepts | typeof pairs) =>
    db.select({ one: sql`1` }).from(table).where(eq(table.projectId, projects.id)).limit(1);
  const without = await db
    .select({ id: projects.id })
    .from(projects)
    .where(and(notExists(has(concepts)), sql`exists ${has(pairs)}`));
  for (const { id } of without) await db.transaction((tx) => addConcepts(tx, id));
}

async function addConcepts(tx: Tx, projectId: string): Promise<void> {
  let after: string | null = null;
  for (;;) {
    const chunk: { id: string; a: string; b: string }[] = await tx
      .select({ id: pairs.id, a: pairs.conceptA, b: pairs.conceptB })
      .from(pairs)
      .where(and(eq(pairs.projectId, projectId), after ? gt(pairs.id, after) : undefined))
      .orderBy(asc(pairs.id))
      .limit(CHUNK);
    const last = chunk.at(-1);
    if (!last) return;
    await insertConcepts(
      tx,
      chunk.map(({ a, b }) => ({ projectId, a, b })),
    );
    after = last.id;
  }
}
