import type { Outbox } from "../_outbox/outbox";
import { lay } from "./lay";
import type { RatingPort } from "./rating-port";
import type { Table } from "./table";

const REACH = 10;

/** The grids submitted last, the newest at the end; what is older stands with the server. */
export function createPast(port: RatingPort, outbox: Outbox) {
  const tables: Table[] = [];
  return {
    tables: () => tables,
    push(table: Table): void {
      tables.push(table);
      if (tables.length > REACH) tables.shift();
    },
    replace(table: Table): void {
      const index = tables.findIndex(({ windowKey }) => windowKey === table.windowKey);
      if (index >= 0) tables[index] = table;
    },
    pop: () => tables.pop(),
    /** The one before those that are here; "outOfReach" while the server does not answer. */
    async fetchLast(): Promise<Table | null | "outOfReach"> {
      try {
        const view = await port.lastDone();
        return view ? await lay(view, outbox) : null;
      } catch (cause) {
        if (!(cause instanceof Error)) throw cause;
        return "outOfReach";
      }
    },
  };
}
