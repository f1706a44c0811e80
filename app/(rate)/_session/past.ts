import type { Outbox } from "../_outbox/outbox";
import { lay } from "./lay";
import type { RatingPort } from "./rating-port";
import type { Table } from "./table";

const REACH = 10;

/** The grids submitted or put off last, the newest at the end; what is older stands with the server. */
export function createPast(port: RatingPort, outbox: Outbox) {
  const tables: Table[] = [];
  const putOff = new Set<string>();

  function push(table: Table): void {
    tables.push(table);
    if (tables.length > REACH) tables.shift();
  }

  return {
    tables: () => tables,
    push,
    /** Gone back to like the submitted ones; it comes again by itself, too. */
    pushPutOff(table: Table): void {
      putOff.add(table.windowKey);
      push(table);
    },
    wasPutOff: (table: Table): boolean => putOff.has(table.windowKey),
    /** It lies before the rater again: what was kept of it is older. */
    forgetPutOff(sittingId: string): void {
      const isOlder = ({ view, windowKey }: Table) =>
        view.id === sittingId && putOff.has(windowKey);
      tables.splice(0, tables.length, ...tables.filter((table) => !isOlder(table)));
    },
    replace(table: Table): void {
      const index = tables.findIndex(({ windowKey }) => windowKey === table.windowKey);
      if (index >= 0) tables[index] = table;
    },
    pop: () => tables.pop(),
    /** The one before those that are here; "outOfReach" while the server does not answer. */
    async fetchLast(besides: readonly string[]): Promise<Table | null | "outOfReach"> {
      try {
        const view = await port.lastDone(besides);
        return view ? await lay(view, outbox) : null;
      } catch (cause) {
        if (!(cause instanceof Error)) throw cause;
        return "outOfReach";
      }
    },
  };
}
