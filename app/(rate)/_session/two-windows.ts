import { type Difference, differences, pickVersion } from "@/server/rating/domain/two-versions";
import type { Outbox, ServerVersion } from "../_outbox/outbox";
import type { OutboxItem, StoredItem } from "../_outbox/outbox-db";
import { eventOf } from "./perform";
import type { Table } from "./table";

/** One grid, rated in two windows that did not see each other's verdicts. */
export type TwoVersions = { table: Table; server: ServerVersion; disputed: readonly Difference[] };

/** The first of these tables that the server knows otherwise. */
export function findTwoVersions(outbox: Outbox, tables: readonly Table[]): TwoVersions | null {
  const { conflicts } = outbox.status();
  for (const table of tables) {
    const server = conflicts.get(table.windowKey);
    if (server) return { table, server, disputed: differences(table.grid, server.cells) };
  }
  return null;
}

/** What unsent writes of an earlier window said is on this table: from now on it says it itself. */
export async function adopt(outbox: Outbox, { view, windowKey }: Table): Promise<void> {
  await outbox.rewrite(windowKey, (items) => {
    const old = items.filter(({ sittingId }) => sittingId === view.id);
    const isHeard = ({ write }: StoredItem) =>
      write.kind === "verdict" && write.event.clientSeq <= view.lastSeq;
    const heard = old.filter(isHeard).length;
    return { old, items: rebased(old, windowKey, view.version, 0 - heard) };
  });
}

/**
 * Settles it as its rater picked. What waited is recorded all the same, then what was picked:
 * nothing is deleted, and the log shows both.
 */
export async function settle(
  outbox: Outbox,
  { table, server, disputed }: TwoVersions,
  picked: "mine" | "theirs",
): Promise<Table> {
  const { windowKey, view } = table;
  const { state: grid, changes } = pickVersion(table.grid, disputed, picked);
  const firstSeq = Math.max(table.nextSeq, server.lastSeq + 1);
  const added = changes.map((change, index): OutboxItem => {
    const event = eventOf(change, firstSeq + index);
    return { project: view.project, sittingId: view.id, write: { kind: "verdict", event } };
  });
  let nth = 0;
  await outbox.rewrite(windowKey, (items) => {
    const old = items.filter((item) => item.windowKey === windowKey);
    const end = old.findLastIndex(({ write }) => write.kind === "verdict") + 1;
    const all = rebased(
      [...old.slice(0, end), ...added, ...old.slice(end)],
      windowKey,
      server.version,
      0,
    );
    nth = all.filter(({ write }) => write.kind === "verdict").length;
    return { old, items: all };
  });
  const base = { version: server.version, nth };
  return { ...table, grid, base, nextSeq: firstSeq + changes.length };
}

function rebased(
  items: readonly (OutboxItem | StoredItem)[],
  windowKey: string,
  version: number,
  first: number,
): OutboxItem[] {
  let nth = first;
  return items.map(({ project, sittingId, write }) => {
    if (write.kind !== "verdict") return { project, sittingId, windowKey, write };
    const base = { version, nth };
    nth += 1;
    return { project, sittingId, windowKey, write: { ...write, base } };
  });
}
