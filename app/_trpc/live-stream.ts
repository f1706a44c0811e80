import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/trpc/router";

type Streamed =
  inferRouterOutputs<AppRouter>["live"]["projects"] extends AsyncIterable<infer T> ? T : never;
export type LiveEvent = Exclude<Streamed, "resync">;
type Message = LiveEvent | "resync";
/** What tabs tell each other: events, whether the stream stands, and who came late and asks for that. */
type Told = Message | "live" | "away" | "ask";
/** Opens the stream, whose first word is "resync"; the answer closes it. `onAway`: lost, and opened again by itself. */
export type LiveSource = (
  onData: (event: Message) => void,
  onEnd: () => void,
  onAway: () => void,
) => () => void;

const NAME = "teacup-live";
const AGAIN_MS = 2_000;
// A stream that has spoken watches for silence itself; before that nobody else does.
const FIRST_WORD_MS = 10_000;
// Where a message was lost, screens still move.
const SLOW_POLL_MS = 30_000;
// A screen's data is read before the screen listens; longer than that lasts, nothing is kept.
const RECENT_MS = 15_000;

/**
 * The first tab to hold the lock has the stream; the others hear of it, and one follows when it closes.
 * A listener is first told what was heard of late: its data may be from before that.
 */
export function subscribeLive(source: LiveSource, listener: (event: Message) => void): () => void {
  for (const { event } of recentlyHeard()) listener(event);
  listeners.add(listener);
  if (listeners.size === 1) stop = start(source);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stop();
    heard = [];
    // Nobody follows any more: the next screen begins without a warning.
    setLive(true);
  };
}

const listeners = new Set<(event: Message) => void>();
let stop: () => void = () => undefined;
let heard: { event: Message; at: number }[] = [];

function recentlyHeard() {
  const now = Date.now();
  heard = heard.filter(({ at }) => now - at < RECENT_MS);
  return heard;
}

const tellAll = (event: Message) => {
  for (const listener of listeners) listener(event);
};

function remember(event: Message): void {
  const others = recentlyHeard().filter((past) => !isSame(past.event, event));
  heard = [...others, { event, at: Date.now() }];
}

function isSame(one: Message, other: Message): boolean {
  if (one === "resync" || other === "resync") return one === other;
  return one.project === other.project && one.topic === other.topic;
}

// Until something is heard of the stream it is thought to stand: no page begins with a warning.
let lostAt: number | null = null;
const watchers = new Set<() => void>();

/** When the stream was lost, by this browser's clock in milliseconds; null while it stands. */
export const readLostAt = (): number | null => lostAt;

export function watchLiveState(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function setLive(now: boolean): void {
  if (now === (lostAt === null)) return;
  lostAt = now ? null : Date.now();
  for (const watcher of watchers) watcher();
}

function hear(told: Told): void {
  if (told === "ask") return;
  setLive(told !== "away");
  if (told === "live" || told === "away") return;
  remember(told);
  tellAll(told);
}

function start(source: LiveSource): () => void {
  const channel = new BroadcastChannel(NAME);
  let isNew = true;
  channel.onmessage = ({ data }: MessageEvent<Told>) => {
    // The stream stood before this tab heard of it: what it told until now was missed.
    hear(data === "live" && isNew ? "resync" : data);
    if (data !== "ask") isNew = false;
  };
  channel.postMessage("ask" satisfies Told);
  const slowPoll = setInterval(() => tellAll("resync"), SLOW_POLL_MS);
  const closing = new AbortController();
  void lead(source, channel, closing.signal);
  return () => {
    closing.abort();
    clearInterval(slowPoll);
    channel.close();
  };
}

async function lead(source: LiveSource, channel: BroadcastChannel, signal: AbortSignal) {
  if (!navigator.locks) return leadWhileVisible(source, channel, signal);
  try {
    await navigator.locks.request(NAME, { signal }, () => holdStream(source, channel, signal));
  } catch (error) {
    // The tab closed or left the page before it came to lead.
    if (!signal.aborted) throw error;
  }
}

/** Without locks (a plain-HTTP address) the tabs that are looked at hold streams, and tell the others. */
function leadWhileVisible(source: LiveSource, channel: BroadcastChannel, signal: AbortSignal) {
  let held: AbortController | null = null;
  const follow = () => {
    const isWanted = document.visibilityState === "visible" && !signal.aborted;
    if (isWanted && !held) {
      held = new AbortController();
      void holdStream(source, channel, held.signal);
    }
    if (!isWanted) {
      held?.abort();
      held = null;
    }
  };
  document.addEventListener("visibilitychange", follow, { signal });
  signal.addEventListener("abort", follow);
  follow();
}

/** Keeps a stream open until this tab stops leading; one that ends, or never speaks, is opened again. */
function holdStream(source: LiveSource, channel: BroadcastChannel, signal: AbortSignal) {
  return new Promise<void>((resolve) => {
    let close: () => void = () => undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (told: Told) => {
      // Closing a stream ends it too; that is no loss, and the channel may be shut already.
      if (signal.aborted) return;
      hear(told);
      channel.postMessage(told);
    };
    const answer = ({ data }: MessageEvent<Told>) => {
      if (data === "ask") channel.postMessage(lostAt === null ? "live" : "away");
    };
    const openAgain = () => {
      if (signal.aborted) return;
      tell("away");
      clearTimeout(timer);
      timer = setTimeout(open, AGAIN_MS);
    };
    const open = () => {
      timer = setTimeout(() => {
        close();
        openAgain();
      }, FIRST_WORD_MS);
      const onData = (told: Message) => {
        clearTimeout(timer);
        tell(told);
      };
      close = source(onData, openAgain, () => tell("away"));
    };
    channel.addEventListener("message", answer);
    open();
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      channel.removeEventListener("message", answer);
      close();
      resolve();
    });
  });
}
