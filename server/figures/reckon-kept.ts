import { and, eq, isNull, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { notifyLive } from "@/server/live/live";
import type { KeptPage } from "./kept-page";

const KEPT_FOR = sql`interval '30 days'`;

/** Safe to run twice: what is there gives the same figures, and the later run only replaces them. */
export async function reckonKept<Asked extends object, Figures extends object>(
  db: Db,
  { table, topic, ...page }: KeptPage<Asked, Figures>,
  figuresId: string,
): Promise<void> {
  const [wanted] = await db.select().from(table).where(eq(table.id, figuresId));
  if (!wanted) return;
  const { projectId } = wanted;
  // Read before what it tells of: what comes in between makes the figures look too old, never too new.
  const basis = await page.readBasis(db, projectId);
  const figures = await page.reckon(db, projectId, page.readAsked(JSON.parse(wanted.asked)));
  await db.transaction(async (tx) => {
    await tx
      .update(table)
      .set({ figures, basis, reckonedAt: sql`now()`, wantedAt: null })
      .where(eq(table.id, figuresId));
    await tx
      .delete(table)
      .where(
        and(
          eq(table.projectId, projectId),
          isNull(table.wantedAt),
          lt(table.reckonedAt, sql`now() - ${KEPT_FOR}`),
        ),
      );
    await notifyLive(tx, { projectId, topic, id: figuresId });
  });
}
