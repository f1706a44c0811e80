import type { OutboxWrite, RefusedItem } from "./outbox-db";

export type RefusedGroup = { reason: string; says: string };

const WORDS: Record<OutboxWrite["kind"], [one: string, many: string]> = {
  verdict: ["verdict", "verdicts"],
  submit: ["submission", "submissions"],
  cannotJudge: ["grid passed on", "grids passed on"],
  note: ["note", "notes"],
  putOff: ["grid put off", "grids put off"],
  reopen: ["grid taken back", "grids taken back"],
  revisit: ["grid taken back", "grids taken back"],
  giveBack: ["grid given back", "grids given back"],
};

/** What was refused, once for each reason: "12 verdicts, 1 submission". */
export function refusedGroups(refused: readonly RefusedItem[]): RefusedGroup[] {
  const byReason = Map.groupBy(refused, ({ reason }) => reason);
  return [...byReason].map(([reason, items]) => {
    const byKind = Map.groupBy(items, ({ write }) => write.kind);
    const says = [...byKind].map(
      ([kind, { length }]) => `${length} ${WORDS[kind][length === 1 ? 0 : 1]}`,
    );
    return { reason, says: says.join(", ") };
  });
}
