import { countUntil } from "@/server/rating/domain/active-time";
import { type Change, type GridAction, stepGrid } from "@/server/rating/domain/grid-state";
import type { VerdictEvent } from "@/server/rating/schemas";
import { clientKey } from "./client-key";
import type { Table } from "./table";

/** Does it on the table, and says what the server has to hear of it. */
export function perform(
  table: Table,
  action: GridAction,
): { table: Table; events: readonly VerdictEvent[] } {
  const { state: grid, changes } = stepGrid(table.grid, action);
  if (changes.length === 0) return { table: { ...table, grid }, events: [] };
  const events = changes.map((change, index) => eventOf(change, table.nextSeq + index));
  const nextSeq = table.nextSeq + changes.length;
  return { table: touched({ ...table, grid, nextSeq }, { isAction: true }), events };
}

function eventOf({ detail, ...change }: Change, clientSeq: number): VerdictEvent {
  const said = Object.keys(detail).length > 0 ? detail : null;
  return { ...change, detail: said, clientKey: clientKey(), clientAt: new Date(), clientSeq };
}

/** Counts the time up to now. */
export function touched(table: Table, { isAction }: { isAction: boolean }): Table {
  const now = Date.now();
  const counted = { ...table, active: countUntil(table.active, now) };
  if (isAction) counted.firstActionAt ??= new Date(now);
  return counted;
}
