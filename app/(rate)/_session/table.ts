import type { inferRouterOutputs } from "@trpc/server";
import { type ActiveTime, pauseAt } from "@/server/rating/domain/active-time";
import { type GridState, startGrid } from "@/server/rating/domain/grid-state";
import { recallSteps } from "@/server/rating/domain/recall-steps";
import type { AppRouter } from "@/server/trpc/router";
import type { Base, SittingTimes, StoredItem } from "../_outbox/outbox-db";
import { clientKey } from "./client-key";

export type SittingView = inferRouterOutputs<AppRouter>["rating"]["sitting"];

/** A sitting as it lies before the rater: what the server knows, plus what it has not heard yet. */
export type Table = {
  view: SittingView;
  grid: GridState;
  note: string;
  isGuidelineGap: boolean;
  nextSeq: number;
  windowKey: string;
  base: Base;
  paintedAt: Date | null;
  firstActionAt: Date | null;
  active: ActiveTime;
  /** Sent off before: its submission still counts, or was withdrawn by a change; null if it never was. */
  submitted: "stands" | "withdrawn" | null;
};

export function layTable(
  view: SittingView,
  unsent: readonly StoredItem[],
  times: SittingTimes | undefined,
): Table {
  const mine = unsent.filter((item) => item.sittingId === view.id);
  const events = mine.flatMap(({ write }) => (write.kind === "verdict" ? [write.event] : []));
  const unheard = events.filter((event) => event.clientSeq > view.lastSeq);
  const latest = new Map(events.map((event) => [event.imageId, event]));
  const cells = view.cells.map(({ imageId, verdict, detail }) => {
    const event = latest.get(imageId);
    return event
      ? { imageId, verdict: event.verdict, detail: event.detail ?? {} }
      : { imageId, verdict, detail: detail ?? {} };
  });
  const note = mine.findLast((item) => item.write.kind === "note")?.write;
  return {
    view,
    grid: { ...startGrid(cells, view), done: recallSteps(cells, times?.done ?? []) },
    note: note?.kind === "note" ? note.note : view.note,
    isGuidelineGap: (note?.kind === "note" ? note.isGuidelineGap : null) ?? view.isGuidelineGap,
    nextSeq: Math.max(view.lastSeq, ...events.map((event) => event.clientSeq)) + 1,
    windowKey: clientKey(),
    base: { version: view.version, nth: unheard.length },
    paintedAt: times?.paintedAt ?? null,
    firstActionAt: times?.firstActionAt ?? null,
    active: { ms: times?.activeMs ?? view.activeMs, lastAt: null },
    submitted: submittedOf(view, mine, times),
  };
}

function submittedOf(
  { state }: SittingView,
  unsent: readonly StoredItem[],
  times: SittingTimes | undefined,
): Table["submitted"] {
  const isWithdrawn = unsent.some(({ write }) => write.kind === "revisit");
  if (state === "submitted" && !isWithdrawn) return "stands";
  return isWithdrawn || times?.wasSubmitted ? "withdrawn" : null;
}

const ENDS: ReadonlySet<string> = new Set(["submit", "cannotJudge", "putOff", "giveBack"]);

/** Sittings that unsent writes put behind the rater: they must not be handed out again. */
export function leftBehind(unsent: readonly StoredItem[]): string[] {
  const last = new Map<string, boolean>();
  for (const { sittingId, write } of unsent) {
    if (write.kind === "reopen" || write.kind === "revisit") last.set(sittingId, false);
    if (ENDS.has(write.kind)) last.set(sittingId, true);
  }
  return [...last].flatMap(([sittingId, isBehind]) => (isBehind ? [sittingId] : []));
}

export const isLoading = ({ grid }: Table): boolean =>
  grid.cells.some(({ load }) => load === "loading");

export const paused = (table: Table): Table => ({
  ...table,
  active: pauseAt(table.active, Date.now()),
});

export const withNotice = (table: Table, text: string): Table => ({
  ...table,
  grid: { ...table.grid, notice: { text, isShown: true } },
});

/** The grid that was just put off, when no other came before it: as it was left, and its rater is told why. */
export const onlyLeft = (table: Table, { grid }: Table): Table =>
  withNotice(
    { ...table, grid: { ...table.grid, focus: grid.focus } },
    "This is the only grid left.",
  );

/** With what stood in place of the missing concept, where it was asked. */
export const withWords = (table: Table, said: string | undefined): Table => ({
  ...table,
  view: { ...table.view, seenInstead: said ?? table.view.seenInstead },
});

/** Submitted already, with the same words for what stood there: nothing is left to send. */
export const standsAs = ({ submitted, view }: Table, said = view.seenInstead): boolean =>
  submitted === "stands" && said === view.seenInstead;

export const activeMs = (table: Table): number => Math.round(table.active.ms);

export const placeOf = ({ queue }: SittingView, finished: number) => ({
  number: queue.done + finished + 1,
  total: queue.done + queue.open,
});

/** What is sent with a finished grid; `seenInstead` only when it was asked. */
export const submissionOf = (table: Table, seenInstead: string | undefined) => ({
  guidelineVersion: table.view.guideline.version,
  paintedAt: table.paintedAt,
  firstActionAt: table.firstActionAt,
  clientSubmittedAt: new Date(),
  activeMs: activeMs(table),
  seenInstead,
});
