import { MOST_COUNTED } from "@/server/project/domain/next-step";
import type { ProjectBoard } from "@/server/project/project-board";
import { IMAGES_PER_GRID } from "@/server/rating/domain/level";

export const many = (count: number, one: string, more = `${one}s`) =>
  `${count.toLocaleString("en-GB")} ${count === 1 ? one : more}`;

/** What waits is counted up to a limit; at the limit that is said. */
export const countOrMore = (count: number) =>
  `${Math.min(count, MOST_COUNTED).toLocaleString("en-GB")}${count >= MOST_COUNTED ? "+" : ""}`;

export const manyOrMore = (count: number, one: string, more = `${one}s`) =>
  `${countOrMore(count)} ${count === 1 ? one : more}`;

/** "Render 26 pairs, 520 images" */
export function renderWords(pairs: number): string {
  const images = Math.min(pairs, MOST_COUNTED) * IMAGES_PER_GRID;
  const more = pairs >= MOST_COUNTED ? "+" : "";
  return `Render ${manyOrMore(pairs, "pair")}, ${images.toLocaleString("en-GB")}${more} images`;
}

export const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** The board's finding: the Levels of people first, then how far the work has come. */
export function boardTitle(board: ProjectBoard): string {
  if (board.rated > 0)
    return `${many(board.rated, "pair")} rated, ${board.level5.toLocaleString("en-GB")} at Level 5`;
  const { pairs, toReview, openRenders } = board.waiting;
  if (pairs === 0) return "No pairs yet";
  if (openRenders > 0) return `${manyOrMore(openRenders, "render")} under way, no pair rated yet`;
  if (toReview > 0) return `${many(toReview, "proposal")} to review, no pair rated yet`;
  return `${many(pairs, "pair")}, none rated yet`;
}

/** "1 rater per grid · protocol 1" */
export const judgedBy = ({ settings }: ProjectBoard): string =>
  `${many(settings.ratersPerGrid, "rater")} per grid · protocol ${settings.protocolVersion}`;
