import { and, asc, eq, inArray, isNotNull } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { AdjudicationReason, Verdict } from "@/db/enums";
import {
  accounts,
  adjudications,
  gridImages,
  grids,
  pairs,
  seats,
  sittings,
  verdicts,
} from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { type FinalVerdict, finalVerdict } from "@/server/rating/domain/consensus";
import { COLUMNS } from "@/server/rating/domain/move-cursor";
import { readPrompts } from "@/server/rating/read-prompts";
import type { MemberContext } from "@/server/trpc/context";

export type AdjudicatedImage = {
  imageId: string;
  position: number;
  /** The prompt it was drawn from. */
  prompt: string;
  /** By rater, in the order of `raters`; null: no verdict. */
  votes: (Verdict | null)[];
  final: FinalVerdict;
  ruling: {
    verdict: Verdict;
    reason: AdjudicationReason;
    note: string;
    isGuidelineGap: boolean;
  } | null;
};

export type AdjudicationView = {
  gridId: string;
  pairId: string;
  conceptA: string;
  conceptB: string;
  raters: { name: string; note: string; isGuidelineGap: boolean }[];
  images: AdjudicatedImage[];
};

/** A grid with every vote of its completed seats, for the person who has the last word. */
export async function getAdjudication(
  { db, member }: MemberContext,
  gridId: string,
): Promise<AdjudicationView> {
  const [grid] = await db
    .select({
      pairId: pairs.id,
      conceptA: pairs.conceptA,
      conceptB: pairs.conceptB,
      promptSetId: grids.promptSetId,
    })
    .from(grids)
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .where(and(eq(grids.id, gridId), eq(grids.projectId, member.projectId)));
  if (!grid) throw new AppError("NOT_FOUND", "No such grid.");
  const raters = await readRaters(db, gridId);
  const [images, texts, votes, rulings] = await Promise.all([
    readImages(db, gridId),
    readPrompts(db, grid.promptSetId),
    readVotes(
      db,
      raters.map((rater) => rater.sittingId),
    ),
    db.select().from(adjudications).where(eq(adjudications.gridId, gridId)),
  ]);
  const { promptSetId: _, ...shown } = grid;
  return {
    gridId,
    ...shown,
    raters: raters.map(({ name, note, isGuidelineGap }) => ({
      name,
      note: note ?? "",
      isGuidelineGap,
    })),
    images: images.map(({ imageId, position }) => {
      const cast = raters.map(({ sittingId }) => votes.get(`${sittingId} ${imageId}`) ?? null);
      const ruling = rulings.find((one) => one.imageId === imageId);
      const adjudicated = ruling?.verdict === "broken" ? null : (ruling?.verdict ?? null);
      return {
        imageId,
        position,
        prompt: texts[(position - 1) % COLUMNS] ?? "",
        votes: cast,
        final: finalVerdict({ votes: cast.filter((vote) => vote !== null), adjudicated }),
        ruling: ruling
          ? {
              verdict: ruling.verdict,
              reason: ruling.reason,
              note: ruling.note ?? "",
              isGuidelineGap: ruling.isGuidelineGap,
            }
          : null,
      };
    }),
  };
}

const readRaters = (db: DbOrTx, gridId: string) =>
  db
    .select({
      sittingId: sittings.id,
      name: accounts.name,
      note: sittings.note,
      isGuidelineGap: sittings.isGuidelineGap,
    })
    .from(seats)
    .innerJoin(sittings, eq(sittings.id, seats.sittingId))
    .innerJoin(accounts, eq(accounts.id, sittings.raterId))
    .where(and(eq(seats.gridId, gridId), isNotNull(seats.completedAt)))
    .orderBy(asc(seats.number));

const readImages = (db: DbOrTx, gridId: string) =>
  db
    .select({ imageId: gridImages.imageId, position: gridImages.position })
    .from(gridImages)
    .where(eq(gridImages.gridId, gridId))
    .orderBy(asc(gridImages.position));

async function readVotes(
  db: DbOrTx,
  sittingIds: readonly string[],
): Promise<ReadonlyMap<string, Verdict>> {
  if (sittingIds.length === 0) return new Map();
  const rows = await db
    .select({
      sittingId: verdicts.sittingId,
      imageId: verdicts.imageId,
      verdict: verdicts.verdict,
    })
    .from(verdicts)
    .where(inArray(verdicts.sittingId, [...sittingIds]));
  return new Map(rows.map((row) => [`${row.sittingId} ${row.imageId}`, row.verdict]));
}
