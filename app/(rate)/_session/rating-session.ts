import { openOf, restOf } from "@/server/rating/domain/grid-progress";
import type { CellLoad, GridAction } from "@/server/rating/domain/grid-state";
import { resendDelay } from "@/server/rating/domain/resend-plan";
import type { Outbox } from "../_outbox/outbox";
import type { OutboxWrite } from "../_outbox/outbox-db";
import { whenSent } from "../_outbox/when-sent";
import { createAhead } from "./ahead";
import { watchBothVersions } from "./both-versions";
import { layFirst } from "./lay";
import { learn } from "./lesson";
import { createPast } from "./past";
import { perform, touched, withdrawn } from "./perform";
import { createPresence } from "./presence";
import type { RatingPort } from "./rating-port";
import { createState, type SessionState } from "./session-state";
import {
  activeMs,
  isLoading,
  leftBehind,
  onlyLeft,
  paused,
  type SittingView,
  standsAs,
  submissionOf,
  type Table,
  withWords,
} from "./table";
import { createTimesKeeper } from "./times-keeper";
import { createWay } from "./way";

export type RatingSession = ReturnType<typeof createSession>;

/**
 * One rater's way through the queue. Nothing a key does waits for the network: verdicts and
 * submissions go to the outbox, and the next grid is already here.
 */
export function createSession(first: SittingView, port: RatingPort, outbox: Outbox) {
  const store = createState(first);
  const { now, show } = store;
  const ahead = createAhead(port, outbox, () => now().table?.view.id);
  const past = createPast(port, outbox);
  const times = createTimesKeeper(outbox);
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  let painted: string | null = null;
  const typed: string[] = [];

  function write(table: Table, entry: OutboxWrite) {
    const { id: sittingId, project } = table.view;
    outbox.add({ project, sittingId, windowKey: table.windowKey, write: entry });
  }

  /** With what else changes at this moment: whoever watches is told once. */
  function seat(table: Table, along: Partial<SessionState> = {}) {
    failures = 0;
    past.forgetPutOff(table.view.id);
    ahead.show(table);
    const total = table.view.queue.done + table.view.queue.open;
    const place = { ...now().place, ...along.place, total };
    show({ ...along, table, next: ahead.first(), stage: "rating", isSeatLost: false, place });
  }

  async function begin(view: SittingView) {
    const unsent = await outbox.pendingItems();
    if (isClosed) return;
    if (leftBehind(unsent).includes(view.id)) return advance();
    const table = await layFirst(view, port, outbox);
    if (!isClosed) seat(table);
  }

  async function advance(along: Partial<SessionState> = {}): Promise<void> {
    const ready = ahead.take();
    if (ready) return seat(ready, along);
    show({ ...along, table: null, stage: "fetching" });
    try {
      // What was put off comes back only once the server knows that it was.
      const next =
        (await ahead.fetch()) ?? (await whenSent(outbox, () => isClosed).then(ahead.fetch));
      if (isClosed) return;
      if (now().table) return next ? ahead.putBack(next) : undefined;
      const left = now().leaving;
      if (next && next.view.id === left?.view.id)
        return seat(onlyLeft(next, left), { leaving: null });
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
    if (!now().table) show({ stage: "offline" });
    clearTimeout(retry);
    retry = setTimeout(() => void (now().table || advance()), resendDelay(failures, Math.random()));
  }

  function leave(table: Table, entry: OutboxWrite, along: Partial<SessionState> = {}) {
    write(table, entry);
    times.drop(table.view.id);
    void advance({ ...along, leaving: table });
  }

  function withdraw(table: Table) {
    for (const entry of withdrawn(table).withdrawal) write(table, entry);
  }

  /** A training grid leads to how it was meant, and from there on. */
  function teach(table: Table, sent: OutboxWrite) {
    write(table, sent);
    times.drop(table.view.id);
    show({ table: null, leaving: null, lesson: { table, cells: null, failure: null } });
    void learn(table, { outbox, port, isOver: () => isClosed }).then((lesson) => {
      if (now().lesson?.table === table) show({ lesson });
    });
  }

  function act(action: GridAction) {
    const before = now().table;
    if (!before) return;
    const { table, writes } = perform(before, action);
    if (table === before) return;
    show({ table });
    if (writes.length === 0) return;
    for (const entry of writes) write(table, entry);
    times.keep(table);
  }

  /** All images are on the screen: only now the clock starts, and only now the next are fetched. */
  function notePainted() {
    const { table } = now();
    if (!table || table.view.id === painted || isLoading(table)) return;
    painted = table.view.id;
    const paintedAt = table.paintedAt ?? new Date();
    show({ table: touched({ ...table, paintedAt }, { isAction: false }) });
    ahead.fill().then(() => show({ next: ahead.first() }), tryAgainLater);
  }

  /** An image of a grid that is not shown yet; heard of once all of them are there. */
  function loadAhead(windowKey: string, action: GridAction) {
    const table = ahead.find(windowKey);
    if (!table) return;
    const loaded = perform(table, action).table;
    ahead.replace(loaded);
    if (!isLoading(loaded)) show({ next: ahead.first() });
  }

  const presence = createPresence(port, { store, ahead, act });
  const isOver = () => isClosed;
  const way = createWay({ store, ahead, past, act, seat, write, advance, isClosed: isOver });
  const choice = watchBothVersions(outbox, { store, past, ahead });

  return {
    state: store.now,
    subscribe: store.subscribe,
    start: () => begin(first),
    pick: choice.pick,
    act(action: GridAction) {
      act(action);
      notePainted();
    },
    /** A frame with this grid has been shown. */
    notePainted,
    load(windowKey: string, index: number, load: CellLoad) {
      const action = { type: "load", index, load } as const;
      if (now().table?.windowKey !== windowKey) return loadAhead(windowKey, action);
      act(action);
      notePainted();
    },
    /** What the rater wrote about other grids, the newest first; for completion as they type. */
    words: () => [...new Set([...typed, ...(now().table?.view.ownWords ?? [])])],
    submit(seenInstead?: string) {
      const { table } = now();
      if (!table) return;
      if (openOf(table.grid).length > 0) return act({ type: "goToOpen" });
      const said = seenInstead?.trim();
      if (standsAs(table, said)) return way.goOn(table);
      if (said) typed.unshift(said);
      const finished = paused(withWords(table, said));
      const sent: OutboxWrite = { kind: "submit", submission: submissionOf(finished, said) };
      if (table.view.isTraining) return teach(finished, sent);
      past.push(finished);
      withdraw(table);
      leave(table, sent, { place: { ...now().place, number: now().place.number + 1 } });
    },
    flagFocused() {
      const { table } = now();
      if (table) act({ type: "flagBroken", index: table.grid.focus });
    },
    undo() {
      const { table } = now();
      if (table && table.grid.done.length > 0) return act({ type: "undo" });
      way.reopenLast();
    },
    /** Whether one verdict may settle what is open; if not, the rater hears why. */
    asksRest(): boolean {
      const { table } = now();
      if (table?.grid.mode === "full" && restOf(table.grid).length > 0) return true;
      act({ type: "judgeRest", verdict: "incorrect" });
      return false;
    },
    goToPrevious: way.goToPrevious,
    goToNext: way.goToNext,
    putOff() {
      const { table } = now();
      if (!table) return;
      if (table.submitted === "stands") return way.goOn(table);
      const left = paused(table);
      past.pushPutOff(left);
      write(left, { kind: "putOff", activeMs: activeMs(left) });
      // It comes again, here or elsewhere, and the time spent on it counts.
      times.keep(left);
      times.keepNow();
      void advance({ leaving: left });
    },
    cannotJudge(reason: string) {
      const { table } = now();
      if (!table) return;
      withdraw(table);
      leave(table, { kind: "cannotJudge", reason, activeMs: activeMs(paused(table)) });
    },
    writeNote(note: string, isGuidelineGap: boolean) {
      const { table } = now();
      if (!table || (table.note === note && table.isGuidelineGap === isGuidelineGap)) return;
      write(table, { kind: "note", note, isGuidelineGap });
      show({ table: { ...table, note, isGuidelineGap } });
    },
    hasLearnt() {
      void advance({ lesson: null });
    },
    hasLeft: () => show({ leaving: null }),
    ...presence,
    goAway() {
      times.keepNow();
      presence.goAway();
    },
    close() {
      isClosed = true;
      times.keepNow();
      choice.stop();
      clearTimeout(retry);
      for (const table of ahead.unseen()) write(table, { kind: "giveBack" });
    },
  };
}
