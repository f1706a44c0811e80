import type { Db } from "@/db/client";
import { LIVE_CHANNEL, LiveEvent } from "./live";

/** tick: time to look again at rights. resync: the connection was lost, events may be too. */
export type Heard = LiveEvent | "tick" | "resync";
type Listener = { push: (event: Heard) => void; close: () => void };
type Hub = { listeners: Set<Listener>; ready: Promise<unknown> };

const holder = globalThis as typeof globalThis & { teacupHubs?: WeakMap<object, Hub> };
// A reader that is too slow is closed and asks for a new snapshot; the memory stays bounded.
const MOST_WAITING = 1000;

/** One LISTEN a process, however many streams read from it. */
function hubOf(db: Db): Hub {
  holder.teacupHubs ??= new WeakMap();
  const known = holder.teacupHubs.get(db.$client);
  if (known) return known;
  const listeners = new Set<Listener>();
  const tell = (event: Heard) => {
    for (const listener of listeners) listener.push(event);
  };
  const hear = (text: string) => tell(LiveEvent.parse(JSON.parse(text)));
  const hub = { listeners, ready: db.$client.listen(LIVE_CHANNEL, hear, () => tell("resync")) };
  // A LISTEN that failed is tried again by the next reader.
  hub.ready.catch(() => holder.teacupHubs?.delete(db.$client));
  holder.teacupHubs.set(db.$client, hub);
  // An open stream would keep a draining web process alive until it is killed.
  process.once("SIGTERM", () => {
    for (const listener of listeners) listener.close();
  });
  return hub;
}

/** Ends when `signal` aborts, when the process drains, or when the reader falls far behind. */
export async function* listen(db: Db, signal: AbortSignal): AsyncGenerator<Heard> {
  const hub = hubOf(db);
  const waiting: Heard[] = [];
  let wake: () => void = () => undefined;
  let open = true;
  const close = () => {
    open = false;
    wake();
  };
  const push = (event: Heard) => {
    waiting.push(event);
    if (waiting.length > MOST_WAITING) close();
    wake();
  };
  const listener = { push, close };
  const clock = setInterval(() => push("tick"), TICK_MS);
  hub.listeners.add(listener);
  signal.addEventListener("abort", close);
  try {
    await hub.ready;
    while (open && !signal.aborted) {
      const next = waiting.shift();
      if (next) yield next;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    clearInterval(clock);
    hub.listeners.delete(listener);
    signal.removeEventListener("abort", close);
  }
}

const TICK_MS = 15_000;
