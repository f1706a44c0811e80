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

export type Phase = "seeds" | "expand";
export type NextAct = { phase: Phase; href: string; label: string };

/** The board's one filled button, and the phase it stands in; grids to rate stand in the head instead. */
export function nextAct(project: string, { next, waiting }: ProjectBoard): NextAct | null {
  const home = `/p/${project}`;
  switch (next) {
    case "addPairs":
      return { phase: "seeds", href: `${home}/patterns`, label: "Name a pattern" };
    case "review":
      return {
        phase: "expand",
        href: `${home}/pairs?view=review`,
        label: `Review ${many(waiting.toReview, "proposal")}`,
      };
    case "unstick":
      return {
        phase: "expand",
        href: `${home}/pairs`,
        label: `Look at ${many(waiting.stuck, "answer")}`,
      };
    case "render":
      return {
        phase: "expand",
        href: `${home}/runs`,
        label: `Render ${many(waiting.toRender, "pair")}`,
      };
    case "rate":
      return null;
    case "propose":
      return { phase: "expand", href: `${home}/patterns`, label: "Propose pairs" };
  }
}
