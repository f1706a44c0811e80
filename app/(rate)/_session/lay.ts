import type { Outbox } from "../_outbox/outbox";
import { layTable, type SittingView, type Table } from "./table";
import { adopt } from "./two-windows";

/** Lays a sitting before the rater, with what this browser has not sent of it yet. */
export async function lay(view: SittingView, outbox: Outbox): Promise<Table> {
  const unsent = await outbox.pendingItems();
  const table = layTable(view, unsent, await outbox.findTimes(view.id));
  if (unsent.some((item) => item.sittingId === view.id)) await adopt(outbox, table);
  return table;
}
