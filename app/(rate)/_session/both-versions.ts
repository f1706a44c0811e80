import type { Outbox } from "../_outbox/outbox";
import type { createAhead } from "./ahead";
import type { createPast } from "./past";
import type { createState } from "./session-state";
import { findTwoVersions, settle } from "./two-windows";

type Room = {
  store: ReturnType<typeof createState>;
  past: ReturnType<typeof createPast>;
  ahead: ReturnType<typeof createAhead>;
};

/** Watches for grids that were rated in another window too, and settles them as their rater picks. */
export function watchBothVersions(outbox: Outbox, { store, past, ahead }: Room) {
  const { now, show } = store;

  function find() {
    const { table } = now();
    const here = table ? [table] : [];
    return findTwoVersions(outbox, [...here, ...past.tables(), ...ahead.tables()]);
  }

  function look() {
    const twoVersions = find();
    if (twoVersions?.table.windowKey === now().twoVersions?.table.windowKey) return;
    show({ twoVersions });
    // The server may know otherwise and mean the same: then there is nothing to ask.
    if (twoVersions?.disputed.length === 0) void pick("mine");
  }

  async function pick(picked: "mine" | "theirs") {
    const both = find();
    if (!both) return;
    const table = await settle(outbox, both, picked);
    past.replace(table);
    ahead.replace(table);
    const isHere = now().table?.windowKey === table.windowKey;
    show({ twoVersions: null, ...(isHere ? { table } : {}) });
  }

  return { pick, stop: outbox.subscribe(look) };
}
