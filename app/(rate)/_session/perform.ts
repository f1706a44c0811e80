import { countUntil } from "@/server/rating/domain/active-time";
import { type Change, type GridAction, stepGrid } from "@/server/rating/domain/grid-state";
import type { VerdictEvent } from "@/server/rating/schemas";
import type { OutboxWrite } from "../_outbox/outbox-db";
import { clientKey } from "./client-key";
import { isLoading, type Table } from "./table";

/** Does it on the table, and says what the server has to hear of it. */
export function perform(
  table: Table,
  action: GridAction,
): { table: Table; writes: readonly OutboxWrite[] } {
  const { state: grid, changes } = stepGrid(table.grid, action);
  if (grid === table.grid) return { table, writes: [] };
  if (changes.length === 0) return { table: { ...table, grid }, writes: [] };
  const { version, nth } = table.base;
  const verdicts = changes.map((change, index): OutboxWrite => {
    const event = eventOf(change, table.nextSeq + index);
    return { kind: "verdict", event, base: { version, nth: nth + index } };
  });
  const nextSeq = table.nextSeq + changes.length;
  const base = { version, nth: nth + changes.length };
  const { submitted, withdrawal } = withdrawn(table);
  const changed = { ...table, grid, nextSeq, base, submitted };
  return { table: touched(changed, { isAction: true }), writes: [...withdrawal, ...verdicts] };
}

/** A submission counts until its grid is changed: to look back at one withdraws nothing. */
export function withdrawn({ submitted }: Table): {
  submitted: Table["submitted"];
  withdrawal: readonly OutboxWrite[];
} {
  return submitted === "stands"
    ? { submitted: "withdrawn", withdrawal: [{ kind: "revisit" }] }
    : { submitted, withdrawal: [] };
}

export function eventOf({ detail, ...change }: Change, clientSeq: number): VerdictEvent {
  const said = Object.keys(detail).length > 0 ? detail : null;
  return { ...change, detail: said, clientKey: clientKey(), clientAt: new Date(), clientSeq };
}

/**
 * Counts the time up to now. The clock runs once the room is usable: the keys work and all images are there. What the
 * page showed before its code had come is not counted, nor is waiting for images.
 */
export function touched(table: Table, { isAction }: { isAction: boolean }): Table {
  const now = Date.now();
  const isUsable = table.paintedAt !== null && !isLoading(table);
  const counted = { ...table, active: isUsable ? countUntil(table.active, now) : table.active };
  if (isAction) counted.firstActionAt ??= new Date(now);
  return counted;
}
