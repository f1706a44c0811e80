import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Judge, LevelSource } from "@/db/enums";
import {
  accounts,
  adjudications,
  consensuses,
  gridImages,
  grids,
  levels,
  seats,
  sittings,
  verdicts,
} from "@/db/schema";
import {
  CONSENSUS_RULE_VERSION,
  type Consensus,
  consensusOf,
  type Decided,
  finalVerdict,
  type VotedImage,
} from "./domain/consensus";
import { countedSeats, isJoint } from "./domain/counted-seats";
import { IMAGES_PER_GRID, LEVEL_RULE_VERSION, wilsonInterval } from "./domain/level";

type Grid = Pick<typeof grids.$inferSelect, "id" | "projectId" | "mode">;
type CountedSeat = { sittingId: string; isAudit: boolean; isSimulated: boolean };

/**
 * What the raters of a grid say together, anew from their verdicts: called when a seat is completed or
 * taken back, and when an image is adjudicated. Nothing stands before every planned seat is completed.
 * A screened grid has none: its raters stop at different images. The caller has locked the grid.
 */
export async function reckonConsensus(tx: Tx, gridId: string): Promise<Consensus | null> {
  const [grid] = await tx
    .select({ id: grids.id, projectId: grids.projectId, mode: grids.mode })
    .from(grids)
    .where(eq(grids.id, gridId));
  const counted = grid?.mode === "full" ? await readCountedSeats(tx, gridId) : [];
  await tx.delete(consensuses).where(eq(consensuses.gridId, gridId));
  if (!grid || counted.length === 0) {
    await dropLevels(tx, gridId);
    return null;
  }
  const images = await readVotes(tx, gridId, counted);
  const first = counted.filter((seat) => !seat.isAudit);
  const consensus = consensusOf(images);
  const isAudited = first.length < counted.length;
  const firstVotes = isAudited ? await readVotes(tx, gridId, first) : images;
  const firstLook = consensusOf(firstVotes.map(({ votes }) => ({ votes, adjudicated: null })));
  const judge: Judge = counted[0]?.isSimulated ? "simulated" : "human";
  await tx.insert(consensuses).values({
    gridId,
    judge,
    projectId: grid.projectId,
    ruleVersion: CONSENSUS_RULE_VERSION,
    raters: counted.length,
    unanimous: consensus.unanimous,
    majority: consensus.majority,
    adjudicated: consensus.adjudicated,
    open: consensus.open,
    disagreement: consensus.disagreement,
    isBoundary: consensus.isBoundary,
    firstLevel: firstLook.level,
    auditedLevel: isAudited ? consensus.level : null,
  });
  await writeJointLevel(tx, grid, judge, counted.length, consensus);
  return consensus;
}

async function readCountedSeats(tx: Tx, gridId: string): Promise<CountedSeat[]> {
  const rows = await tx
    .select({
      sittingId: seats.sittingId,
      kind: seats.kind,
      completedAt: seats.completedAt,
      isSimulated: accounts.isSimulated,
    })
    .from(seats)
    .leftJoin(sittings, eq(sittings.id, seats.sittingId))
    .leftJoin(accounts, eq(accounts.id, sittings.raterId))
    .where(eq(seats.gridId, gridId))
    .orderBy(asc(seats.number));
  const counted = countedSeats(
    rows.map(({ completedAt, isSimulated, ...seat }) => ({
      ...seat,
      isCompleted: completedAt !== null,
      isSimulated: isSimulated === true,
    })),
  );
  return counted.flatMap(({ sittingId, kind, isSimulated }) =>
    sittingId ? [{ sittingId, isAudit: kind === "audit", isSimulated }] : [],
  );
}

/** The verdict of each image that has one: by its raters together, or settled. Empty before all have judged. */
export async function finalVerdicts(tx: Tx, gridId: string): Promise<Map<string, Decided>> {
  const images = await readVotes(tx, gridId, await readCountedSeats(tx, gridId));
  return new Map(
    images.flatMap((image) => {
      const { verdict } = finalVerdict(image);
      return verdict ? [[image.imageId, verdict] as const] : [];
    }),
  );
}

async function readVotes(
  tx: Tx,
  gridId: string,
  counted: readonly CountedSeat[],
): Promise<(VotedImage & { imageId: string })[]> {
  const rows = await tx
    .select({
      imageId: gridImages.imageId,
      verdict: verdicts.verdict,
      adjudicated: adjudications.verdict,
    })
    .from(gridImages)
    .leftJoin(
      verdicts,
      and(
        eq(verdicts.imageId, gridImages.imageId),
        inArray(
          verdicts.sittingId,
          counted.map((seat) => seat.sittingId),
        ),
      ),
    )
    .leftJoin(
      adjudications,
      and(
        eq(adjudications.gridId, gridImages.gridId),
        eq(adjudications.imageId, gridImages.imageId),
      ),
    )
    .where(eq(gridImages.gridId, gridId));
  return [...Map.groupBy(rows, (row) => row.imageId)].map(([imageId, votes]) => {
    const settled = votes[0]?.adjudicated;
    return {
      imageId,
      votes: votes.flatMap((vote) => vote.verdict ?? []),
      adjudicated: settled === "correct" || settled === "incorrect" ? settled : null,
    };
  });
}

/** One rater's word needs no second row: the Level of its sitting says it. */
async function writeJointLevel(
  tx: Tx,
  grid: Grid,
  judge: Judge,
  raters: number,
  { correct, level, adjudicated }: Consensus,
): Promise<void> {
  if (!isJoint(raters, adjudicated) || level === null) return dropLevels(tx, grid.id);
  const source: LevelSource =
    judge === "simulated" ? "simulated" : adjudicated > 0 ? "adjudicated" : "consensus";
  const grade = {
    correct,
    rated: IMAGES_PER_GRID,
    level,
    ...wilsonInterval(correct, IMAGES_PER_GRID),
  };
  const standing = await tx
    .select({ source: levels.source, correct: levels.correct })
    .from(levels)
    .where(ofGridTogether(grid.id));
  // Written again only when it says something else: the day it was found stays.
  if (standing.length === 1 && standing[0]?.source === source && standing[0].correct === correct)
    return;
  await dropLevels(tx, grid.id);
  await tx.insert(levels).values({
    projectId: grid.projectId,
    gridId: grid.id,
    source,
    ruleVersion: LEVEL_RULE_VERSION,
    mode: "full",
    ...grade,
  });
}

const ofGridTogether = (gridId: string) =>
  and(
    eq(levels.gridId, gridId),
    isNull(levels.sittingId),
    inArray(levels.source, ["consensus", "adjudicated", "simulated"]),
  );

const dropLevels = async (tx: Tx, gridId: string) => {
  await tx.delete(levels).where(ofGridTogether(gridId));
};
