import { and, eq, isNull, not, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { hasLiveJob } from "@/server/jobs/has-live-job";
import { enqueue } from "@/server/jobs/queue";
import type { KeptPage } from "./kept-page";

// Raters submit every few seconds: figures of the same filters are reckoned no more often than this.
const APART_MS = 5_000;

type FoundFigures<Figures> = {
  /** null: they are reckoned for the first time. */
  figures: Figures | null;
  reckonedAt: Date | null;
  /** Something that they depend on has changed since; the worker is at it. */
  isStale: boolean;
};

/** The figures as they were last reckoned, at once; where they are of the past the worker is asked for new ones. */
export async function wantFigures<Asked extends object, Figures extends object>(
  db: Db,
  page: KeptPage<Asked, Figures>,
  projectId: string,
  filters: Asked,
): Promise<FoundFigures<Figures>> {
  const { table } = page;
  const asked = JSON.stringify(filters);
  const [[kept], basis] = await Promise.all([
    db
      .select()
      .from(table)
      .where(and(eq(table.projectId, projectId), eq(table.asked, asked))),
    page.readBasis(db, projectId),
  ]);
  const isStale = kept?.basis !== basis;
  const reckonedAt = kept?.reckonedAt ?? null;
  if (isStale) await askWorker(db, page, { projectId, asked, last: reckonedAt });
  // `form` in what was asked for says that it was kept by this code.
  const figures = (kept?.figures ?? null) as Figures | null;
  return { figures, reckonedAt, isStale };
}

type Page = Pick<KeptPage<never, never>, "table" | "job">;
type Wanted = { projectId: string; asked: string; last: Date | null };

/** Once, however many people look: the row says that a job is on its way. */
async function askWorker(db: Db, { table, job }: Page, { projectId, asked, last }: Wanted) {
  const { wantedAt } = table;
  const isLost = and(
    sql`${wantedAt} < now() - interval '1 minute'`,
    not(hasLiveJob(job, "figuresId", table.id)),
  );
  await db.transaction(async (tx) => {
    const [row] = await tx
      .insert(table)
      .values({ projectId, asked, wantedAt: sql`now()` })
      .onConflictDoUpdate({
        target: [table.projectId, table.asked],
        set: { wantedAt: sql`now()` },
        setWhere: or(isNull(wantedAt), isLost),
      })
      .returning({ id: table.id });
    if (!row) return;
    const notBefore = last ? new Date(last.getTime() + APART_MS) : undefined;
    await enqueue(tx, job, { figuresId: row.id }, { notBefore });
  });
}
