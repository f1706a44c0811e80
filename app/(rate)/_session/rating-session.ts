import { openOf, restOf } from "@/server/rating/domain/grid-progress";
import type { GridAction } from "@/server/rating/domain/grid-state";
import { resendDelay } from "@/server/rating/domain/resend-plan";
import type { Outbox } from "../_outbox/outbox";
import type { OutboxWrite } from "../_outbox/outbox-db";
import { whenSent } from "../_outbox/when-sent";
import { createAhead } from "./ahead";
import { perform, touched } from "./perform";
import type { RatingPort } from "./rating-port";
import {
  activeMs,
  layTable,
  leftBehind,
  paused,
  placeOf,
  type SittingView,
  submissionOf,
  type Table,
  withNotice,
} from "./table";

const REACH = 10;

export type SessionState = {
  table: Table | null;
  /** Why there is no table: on its way, out of reach, nothing left, or nothing may be handed out. */
  stage: "rating" | "fetching" | "offline" | "empty" | "refused";
  refusal: string | null;
  /** The grid just left: still seen for a moment, never in the way. */
  leaving: Table | null;
  /** Another rater has this seat; what is judged here still counts, as extra. */
  isSeatLost: boolean;
  /** This grid is the n-th of N. */
  place: { number: number; total: number };
};
export type RatingSession = ReturnType<typeof createSession>;

/**
 * One rater's way through the queue. Nothing a key does waits for the network: verdicts and
 * submissions go to the outbox, and the next grid is already here.
 */
export function createSession(first: SittingView, port: RatingPort, outbox: Outbox) {
  const ahead = createAhead(port, outbox, () => state.table?.view.id);
  const listeners = new Set<() => void>();
  const history: Table[] = [];
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  let painted: string | null = null;
  const typed: string[] = [];
  let state: SessionState = {
    table: null,
    stage: "fetching",
    refusal: null,
    leaving: null,
    isSeatLost: false,
    place: placeOf(first, 0),
  };

  function show(change: Partial<SessionState>) {
    state = { ...state, ...change };
    for (const tell of listeners) tell();
  }

  const setTable = (table: Table) => show({ table });

  function write(table: Table, entry: OutboxWrite) {
    const { id: sittingId, project } = table.view;
    outbox.add({ project, sittingId, write: entry });
  }

  function seat(table: Table) {
    failures = 0;
    ahead.show(table);
    const total = table.view.queue.done + table.view.queue.open;
    show({ table, stage: "rating", isSeatLost: false, place: { ...state.place, total } });
  }

  async function begin(view: SittingView) {
    const unsent = await outbox.pendingItems();
    if (isClosed) return;
    if (leftBehind(unsent).includes(view.id)) return advance();
    seat(layTable(view, unsent, await outbox.findTimes(view.id)));
  }

  async function advance(): Promise<void> {
    const ready = ahead.take();
    if (ready) return seat(ready);
    show({ table: null, stage: "fetching" });
    try {
      // What was put off comes back only once the server knows that it was.
      const next =
        (await ahead.fetch()) ?? (await whenSent(outbox, () => isClosed).then(ahead.fetch));
      if (isClosed) return;
      if (state.table) return next ? ahead.putBack(next) : undefined;
      if (next) return seat(next);
      const refusal = ahead.refusal();
      show({ stage: refusal ? "refused" : "empty", refusal });
    } catch (cause) {
      if (!(cause instanceof Error) || isClosed) throw cause;
      tryAgainLater();
    }
  }

  function tryAgainLater() {
    failures += 1;
    if (!state.table) show({ stage: "offline" });
    clearTimeout(retry);
    retry = setTimeout(() => void (state.table || advance()), resendDelay(failures, Math.random()));
  }

  function leave(table: Table, entry: OutboxWrite) {
    write(table, entry);
    void outbox.dropTimes(table.view.id);
    show({ table: null, leaving: table });
    void advance();
  }

  function act(action: GridAction) {
    if (!state.table) return;
    const { table, events } = perform(state.table, action);
    setTable(table);
    if (events.length === 0) return;
    for (const event of events) write(table, { kind: "verdict", event });
    const { paintedAt, firstActionAt, active } = table;
    void outbox.keepTimes(table.view.id, { paintedAt, firstActionAt, activeMs: active.ms });
  }

  async function reopenLast() {
    const last = history.pop() ?? (await findLast());
    if (!last || isClosed) return;
    if (state.table) ahead.putBack(paused(state.table));
    write(last, { kind: "reopen" });
    const grid = {
      ...last.grid,
      notice: { text: "Back in the grid before. Undo again changes its verdicts." },
    };
    const { number, total } = state.place;
    show({ leaving: null, place: { number: Math.max(1, number - 1), total } });
    seat({ ...last, grid });
  }

  async function findLast(): Promise<Table | null> {
    try {
      const view = await port.lastDone();
      return view ? layTable(view, await outbox.pendingItems(), undefined) : null;
    } catch (cause) {
      if (!(cause instanceof Error)) throw cause;
      if (state.table)
        setTable(withNotice(state.table, "The grid before is out of reach: offline."));
      return null;
    }
  }

  return {
    state: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start: () => begin(first),
    act(action: GridAction) {
      act(action);
      const table = state.table;
      if (!table || table.view.id === painted) return;
      if (table.grid.cells.some((cell) => cell.load === "loading")) return;
      // All images are on the screen: only now the clock starts, and only now the next are fetched.
      painted = table.view.id;
      const paintedAt = table.paintedAt ?? new Date();
      setTable(touched({ ...table, paintedAt }, { isAction: false }));
      ahead.fill().catch(tryAgainLater);
    },
    /** What the rater wrote about other grids, the newest first; for completion as they type. */
    words: () => [...new Set([...typed, ...(state.table?.view.ownWords ?? [])])],
    submit(seenInstead?: string) {
      const { table } = state;
      if (!table) return;
      if (openOf(table.grid).length > 0) return act({ type: "goToOpen" });
      const said = seenInstead?.trim();
      if (said) typed.unshift(said);
      const view = { ...table.view, seenInstead: said ?? table.view.seenInstead };
      const finished = paused({ ...table, view });
      history.push(finished);
      if (history.length > REACH) history.shift();
      show({ place: { ...state.place, number: state.place.number + 1 } });
      leave(table, { kind: "submit", submission: submissionOf(finished, said) });
    },
    flagFocused() {
      if (state.table) act({ type: "flagBroken", index: state.table.grid.focus });
    },
    undo() {
      if (state.table && state.table.grid.done.length > 0) return act({ type: "undo" });
      void reopenLast();
    },
    /** Whether one verdict may settle what is open; if not, the rater hears why. */
    asksRest(): boolean {
      const { table } = state;
      if (table?.grid.mode === "full" && restOf(table.grid).length > 0) return true;
      act({ type: "judgeRest", verdict: "incorrect" });
      return false;
    },
    /** Back: what was set aside, else the grid submitted last, opened again. */
    goToPrevious() {
      const aside = ahead.takeAside();
      if (!aside) return void reopenLast();
      if (state.table) ahead.putBack(paused(state.table));
      seat(withNotice(aside, "Back in the grid that was set aside."));
    },
    /** On, among the grids that are held already: nothing is submitted, and this one comes again. */
    goToNext() {
      const { table } = state;
      const next = table && ahead.take();
      if (!next) return act({ type: "notice", text: "No further grid is held just now." });
      ahead.setAside(paused(table));
      show({ leaving: null });
      seat(withNotice(next, "The grid before is set aside and comes again."));
    },
    putOff() {
      if (state.table) leave(state.table, { kind: "putOff" });
    },
    cannotJudge(reason: string) {
      const { table } = state;
      if (table) leave(table, { kind: "cannotJudge", reason, activeMs: activeMs(paused(table)) });
    },
    writeNote(note: string, isGuidelineGap: boolean) {
      const { table } = state;
      if (!table || (table.note === note && table.isGuidelineGap === isGuidelineGap)) return;
      write(table, { kind: "note", note, isGuidelineGap });
      setTable({ ...table, note, isGuidelineGap });
    },
    hasLeft: () => show({ leaving: null }),
    /** A sign of the rater: a key, the pointer, or the page coming back into sight. */
    touch() {
      const { table } = state;
      if (table) state = { ...state, table: touched(table, { isAction: false }) };
    },
    pause() {
      const { table } = state;
      if (table) state = { ...state, table: paused(table) };
    },
    async beat() {
      const current = state.table?.view.id;
      const open = [...(current ? [current] : []), ...ahead.ids()];
      if (open.length === 0) return;
      const { held } = await port.heartbeat(open);
      if (current && current === state.table?.view.id)
        show({ isSeatLost: !held.includes(current) });
    },
    close() {
      isClosed = true;
      clearTimeout(retry);
      const { project } = first;
      for (const sittingId of ahead.unseen()) {
        outbox.add({ project, sittingId, write: { kind: "giveBack" } });
      }
    },
  };
}
