import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { GoldUse } from "@/db/enums";
import {
  accounts,
  goldGrids,
  goldVerdicts,
  gridImages,
  grids,
  pairs,
  sittings,
  verdicts,
} from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import type { Decided } from "./domain/consensus";
import { COLUMNS } from "./domain/move-cursor";
import { readPrompts } from "./read-prompts";
import { finalVerdicts } from "./reckon-consensus";

export type GoldImage = {
  imageId: string;
  position: number;
  prompt: string;
  /** By its raters together, or settled; null: no verdict yet. */
  said: Decided | null;
  /** How it is meant, where the grid is gold. */
  expected: Decided | null;
  explanation: string;
  /** How many of those measured or taught judged it otherwise. */
  missed: number;
};
export type GoldGrid = {
  gridId: string;
  pairId: string;
  conceptA: string;
  conceptB: string;
  mode: "full" | "screen";
  /** null: never made gold. */
  use: GoldUse | null;
  isRetired: boolean;
  images: GoldImage[];
  raters: GoldRater[];
};
type GoldRater = {
  rater: string;
  kind: "gold" | "training";
  submittedAt: Date | null;
  images: number;
  right: number;
};

/** A grid as one whose answers are known, or may become one: its images, and how each rater did on it. */
export async function showGold({ db, member }: MemberContext, gridId: string): Promise<GoldGrid> {
  return db.transaction(async (tx) => {
    const grid = await findGrid(tx, member.projectId, gridId);
    const [texts, said, images, missed, raters] = await Promise.all([
      readPrompts(tx, grid.promptSetId),
      finalVerdicts(tx, gridId),
      readImages(tx, gridId),
      readMissed(tx, gridId),
      readRaters(tx, gridId),
    ]);
    const { promptSetId: _, retiredAt, ...shown } = grid;
    return {
      ...shown,
      isRetired: retiredAt !== null,
      images: images.map(({ expected, explanation, ...image }) => ({
        ...image,
        prompt: texts[(image.position - 1) % COLUMNS] ?? "",
        said: said.get(image.imageId) ?? null,
        expected: expected === "broken" ? null : expected,
        explanation: explanation ?? "",
        missed: missed.get(image.imageId) ?? 0,
      })),
      raters,
    };
  });
}

async function findGrid(db: DbOrTx, projectId: string, gridId: string) {
  const [grid] = await db
    .select({
      gridId: grids.id,
      pairId: pairs.id,
      conceptA: pairs.conceptA,
      conceptB: pairs.conceptB,
      mode: grids.mode,
      promptSetId: grids.promptSetId,
      use: goldGrids.use,
      retiredAt: goldGrids.retiredAt,
    })
    .from(grids)
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .leftJoin(goldGrids, eq(goldGrids.gridId, grids.id))
    .where(and(eq(grids.id, gridId), eq(grids.projectId, projectId)));
  if (!grid) throw new AppError("NOT_FOUND", "No such grid.");
  return grid;
}

const readImages = (db: DbOrTx, gridId: string) =>
  db
    .select({
      imageId: gridImages.imageId,
      position: gridImages.position,
      expected: goldVerdicts.verdict,
      explanation: goldVerdicts.explanation,
    })
    .from(gridImages)
    .leftJoin(
      goldVerdicts,
      and(eq(goldVerdicts.gridId, gridImages.gridId), eq(goldVerdicts.imageId, gridImages.imageId)),
    )
    .where(eq(gridImages.gridId, gridId))
    .orderBy(asc(gridImages.position));

/** Submitted as gold or training; an image flagged as broken was not judged. */
const isMeasured = (gridId: string) =>
  and(
    eq(sittings.gridId, gridId),
    eq(sittings.state, "submitted"),
    inArray(sittings.kind, ["gold", "training"]),
    inArray(verdicts.verdict, ["correct", "incorrect"]),
  );

async function readMissed(db: DbOrTx, gridId: string) {
  const rows = await db
    .select({
      imageId: verdicts.imageId,
      missed:
        sql<number>`count(*) filter (where ${verdicts.verdict} <> ${goldVerdicts.verdict})`.mapWith(
          Number,
        ),
    })
    .from(sittings)
    .innerJoin(verdicts, eq(verdicts.sittingId, sittings.id))
    .innerJoin(
      goldVerdicts,
      and(eq(goldVerdicts.gridId, sittings.gridId), eq(goldVerdicts.imageId, verdicts.imageId)),
    )
    .where(isMeasured(gridId))
    .groupBy(verdicts.imageId);
  return new Map(rows.map((row) => [row.imageId, row.missed]));
}

async function readRaters(db: DbOrTx, gridId: string): Promise<GoldRater[]> {
  const rows = await db
    .select({
      rater: accounts.name,
      kind: sittings.kind,
      submittedAt: sittings.submittedAt,
      images: sql<number>`count(*)`.mapWith(Number),
      right:
        sql<number>`count(*) filter (where ${verdicts.verdict} = ${goldVerdicts.verdict})`.mapWith(
          Number,
        ),
    })
    .from(sittings)
    .innerJoin(accounts, eq(accounts.id, sittings.raterId))
    .innerJoin(verdicts, eq(verdicts.sittingId, sittings.id))
    .innerJoin(
      goldVerdicts,
      and(eq(goldVerdicts.gridId, sittings.gridId), eq(goldVerdicts.imageId, verdicts.imageId)),
    )
    .where(isMeasured(gridId))
    .groupBy(sittings.id, accounts.name)
    .orderBy(desc(sittings.submittedAt), asc(sittings.id));
  return rows.map(({ kind, ...row }) => ({
    ...row,
    kind: kind === "training" ? ("training" as const) : ("gold" as const),
  }));
}
