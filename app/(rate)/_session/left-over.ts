import { differences } from "@/server/rating/domain/two-versions";
import type { Outbox } from "../_outbox/outbox";
import { layTable, type SittingView } from "./table";
import { settle, type TwoVersions } from "./two-windows";

type ReadSitting = (of: { project: string; sittingId: string }) => Promise<SittingView>;

/**
 * The first conflict of a window that is gone: what it had not sent lies over what the server has by now.
 * Where both mean the same there is nothing to ask, and it is settled here.
 */
export async function findLeftOver(outbox: Outbox, read: ReadSitting): Promise<TwoVersions | null> {
  const items = await outbox.pendingItems();
  for (const windowKey of outbox.status().conflicts.keys()) {
    const written = items.filter((item) => item.windowKey === windowKey);
    const [first] = written;
    if (!first) continue;
    const view = await read({ project: first.project, sittingId: first.sittingId });
    const table = { ...layTable(view, written, undefined), windowKey };
    const disputed = differences(table.grid, view.cells);
    const leftOver = { table, server: view, disputed };
    if (disputed.length > 0) return leftOver;
    await settle(outbox, leftOver, "mine");
  }
  return null;
}
