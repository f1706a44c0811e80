import type { RatingMode } from "@/db/enums";
import { IMAGES_PER_GRID, type Level, levelOf, wilsonInterval } from "./level";
import type { Judged } from "./open-positions";
import { screenInterval } from "./screen-interval";

export type Grade = {
  correct: number;
  rated: number;
  /** null: censored, at most 4. */
  level: Level | null;
  low: number;
  high: number;
};

/** What a finished sitting says; null when broken images leave it open. `shown` is in the order shown. */
export function gradeOf(shown: readonly Judged[], mode: RatingMode): Grade | null {
  return mode === "full" ? fullGrade(shown) : screenedGrade(shown);
}

function fullGrade(shown: readonly Judged[]): Grade | null {
  const { correct, rated } = countOf(shown);
  if (rated !== IMAGES_PER_GRID) return null;
  return { correct, rated, level: levelOf(correct), ...wilsonInterval(correct, rated) };
}

// Verdicts changed on second thought may lie behind the first correct image: they are counted as
// rated, but only what led up to it says how long it took.
function screenedGrade(shown: readonly Judged[]): Grade | null {
  const { correct, rated } = countOf(shown);
  const stop = shown.findIndex(({ verdict }) => verdict === "correct");
  if (stop === -1) {
    if (rated !== IMAGES_PER_GRID) return null;
    return { correct, rated, level: 5, ...screenInterval({ shown: rated, found: false }) };
  }
  const upToIt = countOf(shown.slice(0, stop + 1)).rated;
  return { correct, rated, level: null, ...screenInterval({ shown: upToIt, found: true }) };
}

function countOf(cells: readonly Judged[]): { correct: number; rated: number } {
  const correct = cells.filter(({ verdict }) => verdict === "correct").length;
  return {
    correct,
    rated: correct + cells.filter(({ verdict }) => verdict === "incorrect").length,
  };
}
