import type { Outbox } from "../_outbox/outbox";
import { enlarged, thumbnail } from "./image-address";
import { createImageHold } from "./image-hold";
import { lay } from "./lay";
import type { RatingPort } from "./rating-port";
import { leftBehind, type SittingView, type Table } from "./table";

const GRIDS_AHEAD = 2;

/**
 * Grids fetched before they are needed, images and all. Their clocks start when they are painted.
 * `current` is asked anew for each request: the rater may have moved on since the one before.
 */
export function createAhead(port: RatingPort, outbox: Outbox, current: () => string | undefined) {
  const tables: Table[] = [];
  const aside = new Set<string>();
  const hold = createImageHold();
  let before: string | undefined;
  let filling: Promise<void> | null = null;
  let lastFetch: Promise<unknown> = Promise.resolve();
  let refusal: string | null = null;

  const held = () =>
    [current(), ...tables.map((table) => table.view.id)].filter((id) => id !== undefined);

  /** As many as `room` says is left by the time it is asked, in one request; fewer where fewer are to be had. */
  async function fetchBatch(room: () => number): Promise<Table[]> {
    // Held before and after reading the outbox: a grid submitted in between stands in neither alone.
    const heldBefore = held();
    const behind = leftBehind(await outbox.pendingItems());
    const most = room();
    if (most <= 0) return [];
    const besides = [...new Set([...heldBefore, ...held(), ...behind])];
    const { sittings, refused } = await port.next(besides, most);
    refusal = refused;
    for (const view of sittings) hold.hold(view.id, addressesOf(view));
    return Promise.all(sittings.map((view) => lay(view, outbox)));
  }

  /** One request at a time: two at once would both be given the same grids. */
  function fetchNext(room: () => number): Promise<Table[]> {
    const fetch = () => fetchBatch(room);
    const fetched = lastFetch.then(fetch, fetch);
    lastFetch = fetched;
    return fetched;
  }

  const lacking = () => GRIDS_AHEAD - tables.length;

  async function fillUp() {
    tables.push(...(await fetchNext(lacking)));
  }

  return {
    tables: () => tables,
    replace(table: Table): void {
      const index = tables.findIndex(({ windowKey }) => windowKey === table.windowKey);
      if (index >= 0) tables[index] = table;
    },
    /** The one that is taken next. */
    first: () => tables[0] ?? null,
    find: (windowKey: string) => tables.find((table) => table.windowKey === windowKey),
    ids: () => tables.map((table) => table.view.id),
    /** Why the last request brought nothing, if not for want of grids. */
    refusal: () => refusal,
    /** Held but never looked at: another rater may have them at once. */
    unseen: () => tables.filter(isUnseen),
    /** Lets go of those, and says which they were. */
    dropUnseen(): Table[] {
      const unseen = tables.filter(isUnseen);
      tables.splice(0, tables.length, ...tables.filter((table) => !isUnseen(table)));
      return unseen;
    },
    putBack: (table: Table) => void tables.unshift(table),
    drop(sittingId: string): void {
      tables.splice(0, tables.length, ...tables.filter(({ view }) => view.id !== sittingId));
    },
    take: () => tables.shift(),
    /** Behind what is held, to come again; the one set aside last can be gone back to. */
    setAside(table: Table): void {
      aside.add(table.view.id);
      tables.push(table);
    },
    takeAside(): Table | undefined {
      const last = tables.at(-1);
      return last && aside.has(last.view.id) ? tables.pop() : undefined;
    },
    /** Says whether all of it is there to paint at once, and lets go of what lies further back. */
    show(table: Table): void {
      const { id } = table.view;
      const missing = hold.missing(id);
      if (before !== undefined && missing > 0) markMiss(id, missing);
      aside.delete(id);
      hold.hold(id, addressesOf(table.view));
      hold.keepOnly([id, ...(before ? [before] : []), ...tables.map(({ view }) => view.id)]);
      before = id;
    },
    fill(): Promise<void> {
      filling ??= fillUp().finally(() => {
        filling = null;
      });
      return filling;
    },
    async fetch(): Promise<Table | null> {
      // What is under way may be the one; whether it failed is told to whoever asked for it.
      await lastFetch.then(nothing, nothing);
      if (tables.length === 0) tables.push(...(await fetchNext(() => lacking() + 1)));
      return tables.shift() ?? null;
    },
  };
}

const nothing = () => {};

const isUnseen = ({ paintedAt, submitted }: Table) => !paintedAt && submitted !== "stands";

// While screening, the first image is looked at in its larger size.
function addressesOf({ mode, cells }: SittingView): string[] {
  const first = mode === "screen" ? cells.slice(0, 1) : [];
  return [
    ...cells.map(({ imageId }) => thumbnail(imageId)),
    ...first.map(({ imageId }) => enlarged(imageId)),
  ];
}

/** For whoever measures: a grid came before its images did. */
const markMiss = (sittingId: string, missing: number) =>
  performance.mark("teacup:prefetch-miss", { detail: { sittingId, missing } });
