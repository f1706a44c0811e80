import type { RatingMode, Verdict } from "@/db/enums";
import { consensusOf, type Decided } from "@/server/rating/domain/consensus";
import { type CountableSeat, countedSeats, isJoint } from "@/server/rating/domain/counted-seats";
import { gradeOf } from "@/server/rating/domain/grade";

/** By image. */
export type Verdicts = ReadonlyMap<string, Verdict>;
export type JudgedSeat = CountableSeat & { mode: RatingMode; verdicts: Verdicts };
export type JudgedGrid = {
  mode: RatingMode;
  raters: number;
  imageIds: readonly string[];
  seats: readonly JudgedSeat[];
  rulings: ReadonlyMap<string, Decided>;
  /** What sittings had judged by the time that their screened grid was made a full one. */
  screened: readonly Verdicts[];
};

/**
 * Whether the grid has a Level of record, by the rules of the database's view `level_of_record`: what several agreed
 * on or one settled, one rater's word where one was planned, and a screened Level while its grid is completed.
 */
export function isRated(grid: JudgedGrid): boolean {
  const isGraded = (verdicts: Verdicts, mode: RatingMode) =>
    gradeOf(cellsOf(grid.imageIds, verdicts), mode) !== null;
  const isRatedAlone = grid.seats.some(
    ({ kind, isCompleted, verdicts, mode }) =>
      grid.raters === 1 && kind === "plan" && isCompleted && isGraded(verdicts, mode),
  );
  return (
    isRatedAlone ||
    isRatedTogether(grid) ||
    grid.screened.some((verdicts) => isGraded(verdicts, "screen"))
  );
}

// Whether there is a Level does not hang on the order in which images were shown.
const cellsOf = (imageIds: readonly string[], verdicts: Verdicts) =>
  imageIds.map((id) => ({ verdict: verdicts.get(id) ?? null }));

function isRatedTogether({ mode, seats, imageIds, rulings }: JudgedGrid): boolean {
  const counted = mode === "full" ? countedSeats(seats) : [];
  if (counted.length === 0) return false;
  const images = imageIds.map((id) => ({
    votes: counted.flatMap(({ verdicts }) => verdicts.get(id) ?? []),
    adjudicated: rulings.get(id) ?? null,
  }));
  const { level, adjudicated } = consensusOf(images);
  return level !== null && isJoint(counted.length, adjudicated);
}
