import { and, count, desc, eq, inArray, notExists, or } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import {
  accounts,
  decisions,
  generatorRevisions,
  generators,
  grids,
  levels,
  proposals,
  quickLooks,
  sittings,
  verdicts,
} from "@/db/schema";
import type { PairScope } from "./read-origin";

/** What was decided about this pair, about its looks and about the proposals of it, the newest first. */
export async function readHistory(db: DbOrTx, { projectId, pairId }: PairScope) {
  const looks = db
    .select({ id: quickLooks.id })
    .from(quickLooks)
    .where(and(eq(quickLooks.projectId, projectId), eq(quickLooks.pairId, pairId)));
  const proposed = db
    .select({ id: proposals.id })
    .from(proposals)
    .where(and(eq(proposals.projectId, projectId), eq(proposals.pairId, pairId)));
  return db
    .select({
      id: decisions.id,
      action: decisions.action,
      by: accounts.name,
      at: decisions.createdAt,
    })
    .from(decisions)
    .leftJoin(accounts, eq(accounts.id, decisions.actorId))
    .where(
      and(
        eq(decisions.projectId, projectId),
        or(
          eq(decisions.subjectId, pairId),
          inArray(decisions.subjectId, looks),
          inArray(decisions.subjectId, proposed),
        ),
      ),
    )
    .orderBy(desc(decisions.id));
}

/** Ratings that gave no Level, because an image is broken; the others are told by their Levels. */
export async function readUnlevelled(db: DbOrTx, { projectId, pairId }: PairScope) {
  const level = db.select({ id: levels.id }).from(levels).where(eq(levels.sittingId, sittings.id));
  const rows = await db
    .select({
      id: sittings.id,
      at: sittings.submittedAt,
      by: accounts.name,
      isSimulated: accounts.isSimulated,
      generator: generators.name,
      broken: count(),
    })
    .from(sittings)
    .innerJoin(grids, eq(grids.id, sittings.gridId))
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, grids.generatorRevisionId))
    .innerJoin(generators, eq(generators.id, generatorRevisions.generatorId))
    .innerJoin(accounts, eq(accounts.id, sittings.raterId))
    .innerJoin(verdicts, and(eq(verdicts.sittingId, sittings.id), eq(verdicts.verdict, "broken")))
    .where(
      and(
        eq(grids.pairId, pairId),
        eq(sittings.projectId, projectId),
        eq(sittings.state, "submitted"),
        notExists(level),
      ),
    )
    .groupBy(sittings.id, accounts.id, generators.id);
  return rows.flatMap(({ at, ...row }) => (at ? [{ ...row, at }] : []));
}
