import { and, eq, isNull, not, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { agreementFigures } from "@/db/schema";
import { hasLiveJob } from "@/server/jobs/has-live-job";
import { enqueue } from "@/server/jobs/queue";
import { readBasis } from "./read-basis";
import type { KeptFigures } from "./reckon-figures";
import type { AskedFigures } from "./schemas";

// Raters submit every few seconds: figures of the same filters are reckoned no more often than this.
const APART_MS = 5_000;

export type FoundFigures = {
  /** null: they are reckoned for the first time. */
  figures: KeptFigures | null;
  reckonedAt: Date | null;
  /** Something was submitted or taken back since; the worker is at it. */
  isStale: boolean;
};

/** The figures as they were last reckoned, at once; where they are of the past the worker is asked for new ones. */
export async function wantFigures(
  db: Db,
  projectId: string,
  filters: AskedFigures,
): Promise<FoundFigures> {
  const asked = JSON.stringify(filters);
  const [[kept], basis] = await Promise.all([
    db
      .select()
      .from(agreementFigures)
      .where(and(eq(agreementFigures.projectId, projectId), eq(agreementFigures.asked, asked))),
    readBasis(db, projectId),
  ]);
  const isStale = kept?.basis !== basis;
  const reckonedAt = kept?.reckonedAt ?? null;
  if (isStale) await askWorker(db, projectId, asked, reckonedAt);
  // `form` in what was asked for says that it was kept by this code.
  const figures = (kept?.figures ?? null) as KeptFigures | null;
  return { figures, reckonedAt, isStale };
}

/** Once, however many people look: the row says that a job is on its way. */
async function askWorker(db: Db, projectId: string, asked: string, last: Date | null) {
  const { wantedAt } = agreementFigures;
  const isLost = and(
    sql`${wantedAt} < now() - interval '1 minute'`,
    not(hasLiveJob("agreement.reckon", "figuresId", agreementFigures.id)),
  );
  await db.transaction(async (tx) => {
    const [row] = await tx
      .insert(agreementFigures)
      .values({ projectId, asked, wantedAt: sql`now()` })
      .onConflictDoUpdate({
        target: [agreementFigures.projectId, agreementFigures.asked],
        set: { wantedAt: sql`now()` },
        setWhere: or(isNull(wantedAt), isLost),
      })
      .returning({ id: agreementFigures.id });
    if (!row) return;
    const notBefore = last ? new Date(last.getTime() + APART_MS) : undefined;
    await enqueue(tx, "agreement.reckon", { figuresId: row.id }, { notBefore });
  });
}
