import type { Tx } from "@/db/client";
import { OverBudget } from "@/server/budget/over-budget";
import { reserveMany, type Shortage, settleMany } from "@/server/budget/spend-many";

export type Attempted = { id: string; attempt: number };

// A render is paid for once from being queued to its end, however often bridges try it: its reservation
// stands under the attempt with which a person, or the loop, had it queued.
const subjectOf = (id: string, attempt: number) => `${id}/${attempt}`;

/** Call for renders that were just queued; refuses all of them when they do not fit. Before runs are locked. */
export async function reserveRenders(
  tx: Tx,
  projectId: string,
  queued: readonly Attempted[],
): Promise<void> {
  const shares = queued.map(({ id, attempt }) => ({ subject: subjectOf(id, attempt), amount: 1 }));
  const shortage = await reserveMany(tx, { projectId, kind: "renders" }, shares);
  if (shortage) throw new OverBudget("renders", inWords(shortage));
}

/** Call when renders ended: one that was drawn cost 1, one that was not cost nothing. Before runs are locked. */
export async function settleRenders(
  tx: Tx,
  projectId: string,
  ended: readonly Attempted[],
  cost: 0 | 1,
): Promise<void> {
  const subjects = ended.flatMap(({ id, attempt }) =>
    Array.from({ length: attempt }, (_, before) => subjectOf(id, before + 1)),
  );
  await settleMany(tx, { projectId, kind: "renders" }, subjects, cost);
}

const inWords = ({ wanted, left }: Shortage) =>
  `This needs ${counted(wanted)}, and the budget has ${left} left: raise it, or ask for fewer.`;

const counted = (renders: number) => (renders === 1 ? "1 render" : `${renders} renders`);
