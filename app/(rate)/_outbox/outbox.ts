import type { Verdict } from "@/db/enums";
import { type ResendPlan, resendDelay } from "@/server/rating/domain/resend-plan";
import type { VerdictDetail } from "@/server/rating/schemas";
import {
  type Arrange,
  addItem,
  allItems,
  forgetBases,
  hasSeen,
  type OutboxDb,
  type OutboxItem,
  oldestItems,
  type RefusedItem,
  rearrangeItems,
  refuseItems,
  removeItems,
  restoreRefused,
  type SittingTimes,
  type StoredItem,
} from "./outbox-db";
import { runAlone } from "./run-alone";

/** What the server has of a sitting, told to a window that did not see it. */
export type ServerVersion = {
  version: number;
  lastSeq: number;
  cells: { imageId: string; verdict: Verdict | null; detail: VerdictDetail | null }[];
};
export type Delivery =
  | { outcome: "done" }
  | { outcome: "conflict"; conflict: ServerVersion }
  | { outcome: ResendPlan; reason: string };
export type Deliver = (items: readonly StoredItem[]) => Promise<Delivery>;

export type OutboxStatus = {
  /** What the server does not have yet. */
  pending: number;
  /** As much of it as the browser has stored: whatever becomes of this tab, that is not lost. */
  kept: number;
  state: "idle" | "offline" | "signedOut" | "notKept";
  refused: readonly RefusedItem[];
  /** By window: its writes wait until its rater has chosen between the two versions. */
  conflicts: ReadonlyMap<string, ServerVersion>;
};

type Message = "added" | "sent" | { windowKey: string; conflict: ServerVersion | null };

const MOST_A_REQUEST = 50;

export type Outbox = Awaited<ReturnType<typeof createOutbox>>;

/**
 * Holds what the rater did until the server has it: in order, through reloads and outages. Any tab
 * may add; one tab at a time sends.
 */
export async function createOutbox(name: string, db: OutboxDb, deliver: Deliver) {
  const channel = new BroadcastChannel(name);
  const closing = new AbortController();
  const listeners = new Set<() => void>();
  const left = await db.count("items");
  let status: OutboxStatus = {
    pending: left,
    kept: left,
    state: "idle",
    refused: await db.getAll("refused"),
    conflicts: new Map(),
  };
  let writes: Promise<unknown> = Promise.resolve();
  const sent = new Map<string, number>();
  let sentElsewhere = 0;
  let beingStored = 0;
  // Up to this one verdicts go one by one: among them is one that the server can never take.
  let singlyTo = 0;
  let isWoken = false;
  let endSleep = () => {};

  function show(change: Partial<OutboxStatus>) {
    status = { ...status, ...change };
    for (const tell of listeners) tell();
  }

  function wake() {
    isWoken = true;
    endSleep();
  }

  const post = (message: Message) => channel.postMessage(message);

  function setConflict(windowKey: string, conflict: ServerVersion | null) {
    const conflicts = new Map(status.conflicts);
    if (conflict) conflicts.set(windowKey, conflict);
    else conflicts.delete(windowKey);
    show({ conflicts });
  }

  const isHeld = ({ windowKey }: OutboxItem) =>
    windowKey !== undefined && status.conflicts.has(windowKey);

  async function recount() {
    const refused = await db.getAll("refused");
    // The last thing read: what was stored before it is in it, what comes later tells of itself.
    const kept = await db.count("items");
    show({ pending: kept + beingStored, kept, refused });
  }

  async function meetConflict(first: StoredItem, conflict: ServerVersion) {
    const windowKey = first.windowKey ?? "";
    if (hasSeen(first, conflict)) return forgetBases(db, windowKey);
    setConflict(windowKey, conflict);
    post({ windowKey, conflict });
  }

  /** Sends until nothing is left or nothing gets through; answers how long to wait, if a time is known. */
  async function sendAll(failures: number): Promise<{ failures: number; waitMs?: number }> {
    let failed = failures;
    while (!closing.signal.aborted) {
      await writes;
      const batch = await oldestItems(db, MOST_A_REQUEST, isHeld);
      const [first] = batch;
      if (!first) break;
      const items = first.id <= singlyTo ? [first] : batch;
      const delivery = await deliver(items);
      if (delivery.outcome === "conflict") {
        await meetConflict(first, delivery.conflict);
        continue;
      }
      if (delivery.outcome === "again") {
        failed += 1;
        show({ state: "offline" });
        return { failures: failed, waitMs: resendDelay(failed, Math.random()) };
      }
      if (delivery.outcome === "signIn") {
        show({ state: "signedOut" });
        return { failures: 0 };
      }
      failed = 0;
      if (delivery.outcome === "wrong" && items.length > 1) {
        singlyTo = items.at(-1)?.id ?? 0;
        continue;
      }
      if (delivery.outcome !== "done") await refuseItems(db, items, delivery.reason);
      else await letGo(items);
      show({ state: "idle" });
      await recount();
      post("sent");
    }
    return { failures: failed };
  }

  /** Counted before they go: who finds them gone also finds that they were sent. */
  async function letGo(items: readonly StoredItem[]) {
    const [first] = items;
    if (first) sent.set(first.sittingId, (sent.get(first.sittingId) ?? 0) + 1);
    await removeItems(db, items);
  }

  const sleep = (ms: number | undefined) =>
    new Promise<void>((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      endSleep = () => {
        clearTimeout(timer);
        resolve();
      };
      if (isWoken || closing.signal.aborted) endSleep();
    });

  async function sendForEver() {
    let failures = 0;
    while (!closing.signal.aborted) {
      isWoken = false;
      const next = await sendAll(failures);
      failures = next.failures;
      await sleep(next.waitMs);
    }
  }

  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data === "added") wake();
    else if (data === "sent") {
      sentElsewhere += 1;
      void recount();
    } else {
      setConflict(data.windowKey, data.conflict);
      wake();
    }
  };
  window.addEventListener("online", wake, { signal: closing.signal });
  const sender = runAlone(name, closing.signal, sendForEver);

  return {
    /** Counted at once, stored in the order of the calls, sent when it can be. */
    add(item: OutboxItem): void {
      beingStored += 1;
      show({ pending: status.pending + 1 });
      const announce = () => {
        beingStored -= 1;
        show({ kept: status.kept + 1 });
        wake();
        post("added");
      };
      // Handed to the browser at once: it keeps the order itself, and a tab may close at any moment.
      const stored = addItem(db, item).then(announce, () => {
        beingStored -= 1;
        show({ state: "notKept" });
      });
      // Without its value: each would hold all before it.
      writes = Promise.all([writes, stored]).then(() => {});
    },
    async pendingItems(): Promise<StoredItem[]> {
      await writes;
      return allItems(db);
    },
    /** Goes up with what was sent of a sitting: what a page read before is older than the server then. */
    sentOf: (sittingId: string): number => (sent.get(sittingId) ?? 0) + sentElsewhere,
    /**
     * Gives a sitting's writes another order or base, and lets those go on that waited for a choice
     * of their rater. What was written meanwhile stays behind them.
     */
    async rewrite(windowKey: string, arrange: Arrange): Promise<void> {
      await rearrangeItems(db, arrange);
      setConflict(windowKey, null);
      post({ windowKey, conflict: null });
      await recount();
      wake();
    },
    async retryRefused(): Promise<void> {
      await restoreRefused(db);
      await recount();
      wake();
    },
    discardRefused: (): Promise<void> => db.clear("refused").then(recount),
    keepTimes: (sittingId: string, times: SittingTimes) => db.put("times", times, sittingId),
    findTimes: (sittingId: string) => db.get("times", sittingId),
    dropTimes: (sittingId: string) => db.delete("times", sittingId),
    status: () => status,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    wake,
    async close(): Promise<void> {
      closing.abort();
      endSleep();
      await sender;
      await writes;
      channel.close();
      db.close();
    },
  };
}
