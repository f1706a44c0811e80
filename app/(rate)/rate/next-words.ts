import type { RatingQueue } from "@/server/rating/list-queues";

type Asked = Pick<RatingQueue, "open" | "later" | "inHand" | "training" | "lastDone">;

/** What a press of Start or Continue leads to; nothing that a grid is for, beyond training. */
export function nextWords({ open, later, inHand, training, lastDone }: Asked): string {
  const { next } = inHand;
  if (next) {
    const name = `${next.conceptA} × ${next.conceptB}`;
    return `Next: the grid that lies begun, ${name}; ${next.open} of ${next.images} open.`;
  }
  if (training && training.open > 0 && lastDone.length === 0) return "Next: a training grid.";
  return open > later ? "Next: a new grid." : "Next: a grid that you put off.";
}
