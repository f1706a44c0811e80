import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Step } from "@/server/rating/domain/grid-state";
import type { SubmitSitting, VerdictEvent } from "@/server/rating/schemas";

/** What one window knew of a sitting when it did this: a version, and how many of its own came since. */
export type Base = { version: number; nth: number };

export type OutboxWrite =
  | { kind: "verdict"; event: VerdictEvent; base?: Base }
  | { kind: "submit"; submission: Omit<SubmitSitting, "sittingId"> }
  | { kind: "cannotJudge"; reason: string; activeMs?: number }
  | { kind: "note"; note: string; isGuidelineGap?: boolean }
  | { kind: "putOff"; activeMs?: number }
  /** `reopen` takes up what was put off, `revisit` withdraws a submission. */
  | { kind: "reopen" | "revisit" | "giveBack" };

export type OutboxItem = {
  project: string;
  sittingId: string;
  /** One laying of the sitting on one screen: another window, or a reload, is another. */
  windowKey?: string;
  write: OutboxWrite;
};
export type StoredItem = OutboxItem & { id: number };
export type RefusedItem = OutboxItem & { id: number; reason: string };

/** What a reload would lose of a sitting and the server need not know. */
export type SittingTimes = {
  paintedAt: Date | null;
  firstActionAt: Date | null;
  activeMs: number;
  /** What undo can take back; an earlier version of this page kept none. */
  done?: readonly Step[];
  wasSubmitted?: boolean;
};

type Schema = DBSchema & {
  items: { key: number; value: OutboxItem & { id?: number } };
  refused: { key: number; value: RefusedItem };
  times: { key: string; value: SittingTimes };
};
export type OutboxDb = IDBPDatabase<Schema>;

/** One database an account: what one person judged is never sent under another's name. */
export function openOutboxDb(accountId: string): Promise<OutboxDb> {
  return openDB<Schema>(`teacup-outbox-${accountId}`, 1, {
    upgrade(db) {
      db.createObjectStore("items", { keyPath: "id", autoIncrement: true });
      db.createObjectStore("refused", { keyPath: "id" });
      db.createObjectStore("times");
    },
  });
}

/**
 * With its end, so all of it is with the browser before this returns: a page that is gone in the next moment, by a
 * reload or a crash, would otherwise take along what it had not ended.
 */
export async function addItem(db: OutboxDb, item: OutboxItem): Promise<void> {
  const tx = db.transaction("items", "readwrite", { durability: "relaxed" });
  const added = tx.store.add(item);
  tx.commit();
  await Promise.all([added, tx.done]);
}

export type IsHeld = (item: OutboxItem) => boolean;

/**
 * The oldest writes that one request can carry: verdicts of one window together, all else alone.
 * What waits for its rater to choose is passed over.
 */
export async function oldestItems(
  db: OutboxDb,
  most: number,
  isHeld: IsHeld,
): Promise<StoredItem[]> {
  const stored = (await db.getAll("items", null, most)) as StoredItem[];
  const items = (stored.some(isHeld) ? await allItems(db) : stored)
    .filter((item) => !isHeld(item))
    .slice(0, most);
  const [first] = items;
  if (first?.write.kind !== "verdict") return items.slice(0, 1);
  const isOther = (item: StoredItem) =>
    item.write.kind !== "verdict" ||
    item.sittingId !== first.sittingId ||
    item.windowKey !== first.windowKey;
  const end = items.findIndex(isOther);
  return end === -1 ? items : items.slice(0, end);
}

export const allItems = async (db: OutboxDb) => (await db.getAll("items")) as StoredItem[];

export type Arrange = (items: readonly StoredItem[]) => {
  old: readonly StoredItem[];
  items: readonly OutboxItem[];
};

/**
 * Puts other items in the place of some, at the queue's end. Read and written in one transaction: what
 * is added meanwhile comes behind them.
 */
export async function rearrangeItems(db: OutboxDb, arrange: Arrange): Promise<void> {
  const tx = db.transaction("items", "readwrite");
  const { old, items } = arrange((await tx.store.getAll()) as StoredItem[]);
  await Promise.all([
    ...old.map(({ id }) => tx.store.delete(id)),
    ...items.map((item) => tx.store.add(item)),
    tx.done,
  ]);
}

/**
 * The server has nothing that this window had not seen: the count is off because the answer to some of these
 * was lost, or some before them were refused, so that it has fewer than this window reckons with. Then there is
 * nobody's version to choose.
 */
export const hasSeen = ({ write }: OutboxItem, { version }: { version: number }): boolean =>
  write.kind === "verdict" && write.base !== undefined
    ? version <= write.base.version + Math.max(0, write.base.nth)
    : false;

/** From now on the server takes this window's verdicts without asking what it had seen before them. */
export async function forgetBases(db: OutboxDb, windowKey: string): Promise<void> {
  const tx = db.transaction("items", "readwrite");
  const stored = (await tx.store.getAll()) as StoredItem[];
  const puts = stored.flatMap((item) =>
    item.windowKey === windowKey && item.write.kind === "verdict"
      ? [tx.store.put({ ...item, write: { kind: "verdict", event: item.write.event } })]
      : [],
  );
  await Promise.all([...puts, tx.done]);
}

export async function removeItems(db: OutboxDb, items: readonly StoredItem[]): Promise<void> {
  const tx = db.transaction("items", "readwrite");
  await Promise.all([...items.map((item) => tx.store.delete(item.id)), tx.done]);
}

/** Back in their old places, before what was written since. */
export async function restoreRefused(db: OutboxDb): Promise<void> {
  const tx = db.transaction(["items", "refused"], "readwrite");
  for (const { reason: _, ...item } of await tx.objectStore("refused").getAll()) {
    await tx.objectStore("items").put(item);
  }
  await tx.objectStore("refused").clear();
  await tx.done;
}

/** Kept beside the queue, so that a refusal neither blocks what follows nor is lost. */
export async function refuseItems(
  db: OutboxDb,
  items: readonly StoredItem[],
  reason: string,
): Promise<void> {
  const tx = db.transaction(["items", "refused"], "readwrite");
  await Promise.all([
    ...items.map((item) => tx.objectStore("refused").put({ ...item, reason })),
    ...items.map((item) => tx.objectStore("items").delete(item.id)),
    tx.done,
  ]);
}
