import type { GridAction } from "@/server/rating/domain/grid-state";
import type { createAhead } from "./ahead";
import { touched } from "./perform";
import type { RatingPort } from "./rating-port";
import type { createState } from "./session-state";
import { paused } from "./table";

/** As long as the shortest lease: whoever was away for that long may wonder what became of it. */
const LONG_IDLE_MS = 5 * 60_000;

type Room = {
  store: ReturnType<typeof createState>;
  ahead: ReturnType<typeof createAhead>;
  act: (action: GridAction) => void;
};

/** Whether the rater is there, and what follows from it for the clock and for the seats. */
export function createPresence(port: RatingPort, { store, ahead, act }: Room) {
  const { now, show } = store;
  let nudgedAt: number | null = null;
  return {
    /** A sign of the rater: a key, the pointer, or the page coming back into sight. */
    touch() {
      const { table } = now();
      if (table) store.note(touched(table, { isAction: false }));
    },
    pause() {
      const { table } = now();
      if (table) store.note(paused(table));
    },
    /** Once for each long idle, and quietly: nobody is hurried, and no time is counted meanwhile. */
    nudge() {
      const lastAt = now().table?.active.lastAt ?? null;
      if (lastAt === null || lastAt === nudgedAt || Date.now() - lastAt < LONG_IDLE_MS) return;
      nudgedAt = lastAt;
      act({ type: "notice", text: "The clock rests until you go on. All you rated is kept." });
    },
    async beat() {
      const { table } = now();
      // A submitted grid has no seat to keep.
      const current = table?.submitted === "stands" ? undefined : table?.view.id;
      const open = [...(current ? [current] : []), ...ahead.ids()];
      if (open.length === 0) return;
      const { held } = await port.heartbeat(open);
      if (current && current === now().table?.view.id)
        show({ isSeatLost: !held.includes(current) });
    },
    /** The page goes: what nobody looked at is free for others at once, not when its lease ends. */
    goAway() {
      const unseen = ahead.dropUnseen();
      if (unseen.length === 0) return;
      show({ next: ahead.first() });
      // Nobody is left to hear of a failure; then the lease ends by itself.
      for (const { view } of unseen) port.giveBackWhileLeaving(view.id).catch(nothing);
    },
    /** The browser had kept the page and shows it again. */
    comeBack() {
      // Out of reach, the next grid is asked for when it is needed.
      if (now().table) ahead.fill().then(() => show({ next: ahead.first() }), nothing);
    },
  };
}

const nothing = () => {};
