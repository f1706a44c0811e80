import { afterFrame } from "@/app/(rate)/_frame/after-frame";
import type { Outbox } from "../_outbox/outbox";
import type { Table } from "./table";

/** What a reload has to know of a sitting beside its verdicts, kept a frame after the key: the key is drawn first. */
export function createTimesKeeper(outbox: Outbox) {
  let waiting: Table | null = null;
  let callOff = () => {};

  function keepNow(): void {
    callOff();
    if (!waiting) return;
    const { view, paintedAt, firstActionAt, active, grid, submitted } = waiting;
    waiting = null;
    void outbox.keepTimes(view.id, {
      paintedAt,
      firstActionAt,
      activeMs: active.ms,
      done: grid.done,
      wasSubmitted: submitted !== null,
    });
  }

  return {
    keep(table: Table): void {
      if (waiting?.view.id !== table.view.id) keepNow();
      callOff();
      waiting = table;
      callOff = afterFrame(keepNow);
    },
    /** The page goes. */
    keepNow,
    /** The sitting is left for good. */
    drop(sittingId: string): void {
      if (waiting?.view.id === sittingId) waiting = null;
      void outbox.dropTimes(sittingId);
    },
  };
}
