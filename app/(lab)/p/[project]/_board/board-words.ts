import type { ProjectBoard } from "@/server/project/project-board";

export const many = (count: number, one: string, more = `${one}s`) =>
  `${count.toLocaleString("en-GB")} ${count === 1 ? one : more}`;

export const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** The board's finding: the Levels of people first, then how far the work has come. */
export function boardTitle(board: ProjectBoard): string {
  if (board.rated > 0) return `${many(board.rated, "pair")} rated, ${board.level5} at Level 5`;
  const { pairs, toReview, openRenders } = board.waiting;
  if (pairs === 0) return "No pairs yet";
  if (openRenders > 0) return `${many(openRenders, "render")} under way, no pair rated yet`;
  if (toReview > 0) return `${many(toReview, "proposal")} to review, no pair rated yet`;
  return `${many(pairs, "pair")}, none rated yet`;
}

export type NextLink = { href: string; label: string };

/** Where the filled button of the second phase leads; null when the next step stands elsewhere. */
export function expandLink(project: string, { next, waiting }: ProjectBoard): NextLink | null {
  const home = `/p/${project}`;
  switch (next) {
    case "review":
      return {
        href: `${home}/pairs?view=review`,
        label: `Review ${many(waiting.toReview, "proposal")}`,
      };
    case "unstick":
      return { href: `${home}/pairs`, label: `Look at ${many(waiting.stuck, "answer")}` };
    case "propose":
      return { href: `${home}/patterns`, label: "Propose pairs" };
    default:
      return null;
  }
}
