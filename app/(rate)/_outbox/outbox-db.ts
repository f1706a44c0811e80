import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { SubmitSitting, VerdictEvent } from "@/server/rating/schemas";

export type OutboxWrite =
  | { kind: "verdict"; event: VerdictEvent }
  | { kind: "submit"; submission: Omit<SubmitSitting, "sittingId"> }
  | { kind: "cannotJudge"; reason: string; activeMs?: number }
  | { kind: "note"; note: string; isGuidelineGap?: boolean }
  | { kind: "putOff" | "reopen" | "giveBack" };

export type OutboxItem = { project: string; sittingId: string; write: OutboxWrite };
export type StoredItem = OutboxItem & { id: number };
export type RefusedItem = OutboxItem & { id: number; reason: string };

export type SittingTimes = {
  paintedAt: Date | null;
  firstActionAt: Date | null;
  activeMs: number;
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

/** The oldest writes that one request can carry: verdicts of one sitting together, all else alone. */
export async function oldestItems(db: OutboxDb, most: number): Promise<StoredItem[]> {
  const items = (await db.getAll("items", null, most)) as StoredItem[];
  const [first] = items;
  if (first?.write.kind !== "verdict") return items.slice(0, 1);
  const isOther = (item: StoredItem) =>
    item.write.kind !== "verdict" || item.sittingId !== first.sittingId;
  const end = items.findIndex(isOther);
  return end === -1 ? items : items.slice(0, end);
}

export async function removeItems(db: OutboxDb, items: readonly StoredItem[]): Promise<void> {
  const tx = db.transaction("items", "readwrite");
  await Promise.all([...items.map((item) => tx.store.delete(item.id)), tx.done]);
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
