import type { Outbox } from "../_outbox/outbox";
import { thumbnail } from "./image-address";
import type { RatingPort } from "./rating-port";
import { layTable, leftBehind, type Table } from "./table";

const GRIDS_AHEAD = 2;

/**
 * Grids fetched before they are needed, images and all. Their clocks start when they are painted.
 * `current` is asked anew for each request: the rater may have moved on since the one before.
 */
export function createAhead(port: RatingPort, outbox: Outbox, current: () => string | undefined) {
  const tables: Table[] = [];
  let filling: Promise<void> | null = null;
  let lastFetch: Promise<unknown> = Promise.resolve();
  let refusal: string | null = null;

  const held = () =>
    [current(), ...tables.map((table) => table.view.id)].filter((id) => id !== undefined);

  async function fetchOne(): Promise<Table | null> {
    // Held before and after reading the outbox: a grid submitted in between stands in neither alone.
    const heldBefore = held();
    const behind = leftBehind(await outbox.pendingItems());
    const view = await port.next([...new Set([...heldBefore, ...held(), ...behind])]);
    refusal = view && "refused" in view ? view.refused : null;
    if (!view || "refused" in view) return null;
    preload(view.cells.map((cell) => cell.imageId));
    return layTable(view, await outbox.pendingItems(), await outbox.findTimes(view.id));
  }

  /** One request at a time: two at once would both be given the same grid. */
  function fetchNext(): Promise<Table | null> {
    const fetched = lastFetch.then(fetchOne, fetchOne);
    lastFetch = fetched;
    return fetched;
  }

  async function fillUp() {
    while (tables.length < GRIDS_AHEAD) {
      const table = await fetchNext();
      if (!table) return;
      tables.push(table);
    }
  }

  return {
    ids: () => tables.map((table) => table.view.id),
    /** Why the last request brought nothing, if not for want of grids. */
    refusal: () => refusal,
    putBack: (table: Table) => void tables.unshift(table),
    take: () => tables.shift(),
    fill(): Promise<void> {
      filling ??= fillUp().finally(() => {
        filling = null;
      });
      return filling;
    },
    async fetch(): Promise<Table | null> {
      // What is under way may be the one; whether it failed is told to whoever asked for it.
      await lastFetch.then(nothing, nothing);
      return tables.shift() ?? fetchNext();
    },
  };
}

const nothing = () => {};

// Held until decoded, so that the next grid is painted whole in one frame.
function preload(imageIds: readonly string[]) {
  for (const imageId of imageIds) {
    const image = new Image();
    image.src = thumbnail(imageId);
  }
}
