import type { ReviewItem } from "@/server/mining/review/review-queue";

export type QueueLine =
  | { kind: "head"; key: string; title: string; batch: string }
  | { kind: "item"; key: string; item: ReviewItem; position: number };

/** The queue as the lines of one list: a heading before the items of each batch. */
export function queueLines(open: readonly ReviewItem[]): QueueLine[] {
  const lines: QueueLine[] = [];
  let group = "";
  for (const [index, item] of open.entries()) {
    const next = `${item.patternId} ${item.batchId}`;
    if (next !== group) {
      const batch = item.batchNumber ? `batch ${item.batchNumber}` : "";
      lines.push({ kind: "head", key: `head ${item.id}`, title: item.pattern, batch });
      group = next;
    }
    lines.push({ kind: "item", key: item.id, item, position: index + 1 });
  }
  return lines;
}

/** Heights are fixed, so that a list of any length knows where each line stands without drawing it. */
export const lineHeight = (line: QueueLine): number => {
  if (line.kind === "head") return 34;
  return line.item.step ? 52 : 30;
};
