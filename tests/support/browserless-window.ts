// First: where a window is, it would put its database there instead.
import "fake-indexeddb/auto";

/** What the outbox asks of a browser besides its database: import it before an outbox is made outside of one. */
globalThis.window ??= new EventTarget() as Window & typeof globalThis;

/** As if the browser had come back online: every outbox of this process sends again at once. */
export const comeBackOnline = () => window.dispatchEvent(new Event("online"));
