import { and, asc, eq, isNotNull } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { GridState, LevelSource, RatingMode, Verdict } from "@/db/enums";
import {
  accounts,
  consensuses,
  grids,
  levels,
  pairLevels,
  seats,
  sittings,
  verdicts,
} from "@/db/schema";
import { behindJointLevel } from "@/server/rating/joint-level";
import { levelsOfPairs } from "@/server/rating/levels-of-pairs";
import type { PairScope } from "./read-origin";

/** What one rater said of one image, after submitting. */
export type Mark = { verdict: Verdict; rater: string; isSimulated: boolean };

export type SheetLevel = {
  id: string;
  source: LevelSource;
  mode: RatingMode;
  rater: string | null;
  /** Of a Level that several gave together, how many. */
  raters: number | null;
  /** null: screened, at most 4. */
  level: number | null;
  correct: number;
  rated: number;
  low: number;
  high: number;
  ruleVersion: number;
  createdAt: Date;
  /** Others are extra overlap: shown beside it, never counted. */
  isOfRecord: boolean;
  /** Whether A or B alone cannot be drawn; null while that is unknown. */
  isTrivial: boolean | null;
};

export type Judged = {
  gridId: string | null;
  gridState: GridState | null;
  gridMode: RatingMode | null;
  levels: SheetLevel[];
  /** How many raters submitted. */
  sittings: number;
  marks: Map<string, Mark[]>;
  /** Of people, where the boundary audit looked once more; null: it did not. */
  audit: Audit | null;
};

/** null: raters were tied on an image. */
export type Audit = { firstLevel: number | null; auditedLevel: number | null };

export const sheetKey = (of: {
  generatorRevisionId: string;
  promptSetId: string;
  seedSetId: string;
}): string => `${of.generatorRevisionId} ${of.promptSetId} ${of.seedSetId}`;

/** Levels and verdicts by sheet. Live sittings stay unseen: a rater must not be watched. */
export async function readJudged(db: DbOrTx, scope: PairScope): Promise<Map<string, Judged>> {
  const opened = await db
    .select()
    .from(grids)
    .where(and(eq(grids.pairId, scope.pairId), eq(grids.projectId, scope.projectId)))
    .orderBy(asc(grids.round));
  const found = await readLevels(db, scope);
  const record = await levelsOfPairs(db, scope.projectId, [scope.pairId]);
  const isOfRecord = (level: { id: string }) => record.some((row) => row.id === level.id);
  const given = await readMarks(db, scope);
  const audits = await readAudits(db, scope);
  return new Map(
    opened.map((grid) => {
      const ofGrid = given.filter((row) => row.gridId === grid.id);
      const marks = Map.groupBy(ofGrid, (row) => row.imageId);
      return [
        sheetKey(grid),
        {
          gridId: grid.id,
          gridState: grid.state,
          gridMode: grid.mode,
          levels: found
            .filter((level) => level.gridId === grid.id)
            .map((level) => ({ ...level, isOfRecord: isOfRecord(level) })),
          sittings: new Set(ofGrid.map((row) => row.sittingId)).size,
          marks,
          audit: audits.get(grid.id) ?? null,
        },
      ];
    }),
  );
}

const readLevels = (db: DbOrTx, { projectId, pairId }: PairScope) =>
  db
    .select({
      id: levels.id,
      gridId: levels.gridId,
      source: levels.source,
      mode: levels.mode,
      rater: accounts.name,
      raters: consensuses.raters,
      level: levels.level,
      correct: levels.correct,
      rated: levels.rated,
      low: levels.low,
      high: levels.high,
      ruleVersion: levels.ruleVersion,
      createdAt: levels.createdAt,
      isTrivial: pairLevels.isTrivial,
    })
    .from(levels)
    .innerJoin(grids, eq(grids.id, levels.gridId))
    .leftJoin(
      pairLevels,
      and(eq(pairLevels.pairId, grids.pairId), eq(pairLevels.levelId, levels.id)),
    )
    .leftJoin(sittings, eq(sittings.id, levels.sittingId))
    .leftJoin(accounts, eq(accounts.id, sittings.raterId))
    .leftJoin(consensuses, behindJointLevel)
    .where(and(eq(grids.pairId, pairId), eq(levels.projectId, projectId)))
    .orderBy(asc(levels.id));

async function readAudits(db: DbOrTx, { projectId, pairId }: PairScope) {
  const rows = await db
    .select({
      gridId: consensuses.gridId,
      firstLevel: consensuses.firstLevel,
      auditedLevel: consensuses.auditedLevel,
    })
    .from(consensuses)
    .innerJoin(grids, eq(grids.id, consensuses.gridId))
    .innerJoin(
      seats,
      and(eq(seats.gridId, grids.id), eq(seats.kind, "audit"), isNotNull(seats.completedAt)),
    )
    .where(
      and(
        eq(consensuses.projectId, projectId),
        eq(consensuses.judge, "human"),
        eq(grids.pairId, pairId),
      ),
    );
  return new Map(rows.map(({ gridId, ...levelsTold }): [string, Audit] => [gridId, levelsTold]));
}

const readMarks = (db: DbOrTx, { projectId, pairId }: PairScope) =>
  db
    .select({
      gridId: grids.id,
      sittingId: sittings.id,
      imageId: verdicts.imageId,
      verdict: verdicts.verdict,
      rater: accounts.name,
      isSimulated: accounts.isSimulated,
    })
    .from(verdicts)
    .innerJoin(sittings, eq(sittings.id, verdicts.sittingId))
    .innerJoin(grids, eq(grids.id, sittings.gridId))
    .innerJoin(accounts, eq(accounts.id, sittings.raterId))
    .where(
      and(
        eq(grids.pairId, pairId),
        eq(sittings.projectId, projectId),
        eq(sittings.state, "submitted"),
      ),
    )
    .orderBy(asc(sittings.submittedAt));
