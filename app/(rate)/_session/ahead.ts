import type { Outbox } from "../_outbox/outbox";
import { thumbnail } from "./image-address";
import type { RatingPort } from "./rating-port";
import { layTable, leftBehind, type Table } from "./table";

const GRIDS_AHEAD = 2;

/** Grids fetched before they are needed, images and all. Their clocks start when they are painted. */
export function createAhead(port: RatingPort, outbox: Outbox) {
  const tables: Table[] = [];
  let filling: Promise<void> | null = null;

  async function fetchOne(current: string | undefined): Promise<Table | null> {
    const behind = leftBehind(await outbox.pendingItems());
    const held = [...(current ? [current] : []), ...tables.map((table) => table.view.id)];
    const view = await port.next([...held, ...behind]);
    if (!view) return null;
    preload(view.cells.map((cell) => cell.imageId));
    return layTable(view, await outbox.pendingItems(), await outbox.findTimes(view.id));
  }

  async function fillUp(current: string | undefined) {
    while (tables.length < GRIDS_AHEAD) {
      const table = await fetchOne(current);
      if (!table) return;
      tables.push(table);
    }
  }

  return {
    ids: () => tables.map((table) => table.view.id),
    putBack: (table: Table) => void tables.unshift(table),
    take: () => tables.shift(),
    /** One at a time: two requests at once would both be given the same grid. */
    fill(current: string | undefined): Promise<void> {
      filling ??= fillUp(current).finally(() => {
        filling = null;
      });
      return filling;
    },
    async fetch(): Promise<Table | null> {
      await filling;
      return tables.shift() ?? fetchOne(undefined);
    },
  };
}

// Held until decoded, so that the next grid is painted whole in one frame.
function preload(imageIds: readonly string[]) {
  for (const imageId of imageIds) {
    const image = new Image();
    image.src = thumbnail(imageId);
  }
}
