import type { RatingQueue } from "@/server/rating/list-queues";

type Asked = Pick<RatingQueue, "project" | "name" | "open" | "begun" | "refusal" | "role">;

/** What was begun is paid for already: it can be finished when the project's time is used up. */
export const isOpen = ({ open, begun, refusal }: Asked): boolean =>
  open > 0 && (refusal === null || begun > 0);

export type WhereNext = {
  /** The rater's other projects that have grids for them. */
  others: { project: string; words: string }[];
  /** The rater may see what came of the grids: Levels stand beside the pairs. */
  seesLevels: boolean;
};

/** Where a rater goes on who has nothing left in this project. */
export function whereNext(queues: readonly Asked[], project: string): WhereNext {
  const others = queues
    .filter((queue) => queue.project !== project && isOpen(queue))
    .map(({ project: other, name, open }) => ({
      project: other,
      words: `${name}: ${open} ${open === 1 ? "grid waits" : "grids wait"}`,
    }));
  const here = queues.find((queue) => queue.project === project);
  return { others, seesLevels: here !== undefined && here.role !== "expert" };
}
