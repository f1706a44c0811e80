import type { GridAction } from "@/server/rating/domain/grid-state";
import type { OutboxWrite } from "../_outbox/outbox-db";
import type { createAhead } from "./ahead";
import type { createPast } from "./past";
import type { createState, SessionState } from "./session-state";
import { paused, type Table, withNotice } from "./table";

type Room = {
  store: ReturnType<typeof createState>;
  ahead: ReturnType<typeof createAhead>;
  past: ReturnType<typeof createPast>;
  act: (action: GridAction) => void;
  seat: (table: Table) => void;
  write: (table: Table, entry: OutboxWrite) => void;
  advance: (along: Partial<SessionState>) => Promise<void>;
  isClosed: () => boolean;
};

/** Back and forth between grids, with nothing submitted on the way. */
export function createWay({ store, ahead, past, act, seat, write, advance, isClosed }: Room) {
  const { now, show } = store;

  function putBack() {
    const { table } = now();
    if (table) ahead.putBack(paused(table));
  }

  const lookedAt = () => {
    const { table } = now();
    return [...(table ? [table.view.id] : []), ...ahead.ids()];
  };

  /** On from a submitted grid that was only looked at: there is nothing to send. */
  function goOn(table: Table) {
    const { number, total } = now().place;
    past.push(paused(table));
    void advance({ leaving: table, place: { number: number + 1, total } });
  }

  async function reopenLast() {
    const last = past.pop() ?? (await past.fetchLast(lookedAt()));
    if (!last || isClosed()) return;
    if (last === "outOfReach") {
      return act({ type: "notice", text: "The grid before is out of reach: offline." });
    }
    putBack();
    if (past.wasPutOff(last)) {
      write(last, { kind: "reopen" });
      return takeUp(last);
    }
    const { number, total } = now().place;
    show({ leaving: null, place: { number: Math.max(1, number - 1), total } });
    const text = "Back in the grid before. Undo again changes its verdicts.";
    seat({ ...withNotice(last, text), submitted: "stands" });
  }

  /** As it was left; what may have come again of it already is the same grid. */
  function takeUp(table: Table) {
    ahead.drop(table.view.id);
    show({ leaving: null });
    seat(withNotice(table, "Back in the grid that was put off."));
  }

  return {
    goOn,
    reopenLast: () => void reopenLast(),
    /** Back: what was set aside, else the grid submitted last, opened again. */
    goToPrevious() {
      const aside = ahead.takeAside();
      if (!aside) return void reopenLast();
      putBack();
      seat(withNotice(aside, "Back in the grid that was set aside."));
    },
    /** On, among the grids that are held already: nothing is submitted, and this one comes again. */
    goToNext() {
      const { table } = now();
      if (table?.submitted === "stands") return goOn(table);
      const next = table && ahead.take();
      if (!next) return act({ type: "notice", text: "No further grid is held just now." });
      ahead.setAside(paused(table));
      show({ leaving: null });
      seat(withNotice(next, "The grid before is set aside and comes again."));
    },
  };
}
