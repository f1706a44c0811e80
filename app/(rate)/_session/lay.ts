import type { Outbox } from "../_outbox/outbox";
import type { RatingPort } from "./rating-port";
import { layTable, type SittingView, type Table } from "./table";
import { adopt } from "./two-windows";

/** Lays a sitting before the rater, with what this browser has not sent of it yet. */
export async function lay(view: SittingView, outbox: Outbox): Promise<Table> {
  const unsent = await outbox.pendingItems();
  const table = layTable(view, unsent, await outbox.findTimes(view.id));
  if (unsent.some((item) => item.sittingId === view.id)) await adopt(outbox, table);
  return table;
}

/**
 * Lays the sitting that the page came with. What the outbox sent while the page was on its way stands in neither:
 * then the sitting is read anew, or taken as it is while the server is out of reach.
 */
export async function layFirst(
  first: SittingView,
  port: RatingPort,
  outbox: Outbox,
): Promise<Table> {
  let view = first;
  let known = 0;
  for (;;) {
    const table = await lay(view, outbox);
    const sent = outbox.sentOf(view.id);
    if (sent === known) return table;
    known = sent;
    try {
      view = await port.sitting(view.id);
    } catch (cause) {
      if (!(cause instanceof Error)) throw cause;
      return table;
    }
  }
}
