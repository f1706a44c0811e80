// @vitest-environment jsdom
import "fake-indexeddb/auto";
import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { createOutbox, type Delivery } from "@/app/(rate)/_outbox/outbox";
import { type OutboxItem, openOutboxDb, type StoredItem } from "@/app/(rate)/_outbox/outbox-db";

type Opened = Awaited<ReturnType<typeof createOutbox>>;
const opened: Opened[] = [];
const newAccount = () => randomUUID();

afterEach(async () => {
  await Promise.all(opened.splice(0).map((outbox) => outbox.close()));
});

/** A server that answers as told, and an outbox that sends to it. */
async function open(account: string, answer: (items: readonly StoredItem[]) => Delivery) {
  const arrived: string[] = [];
  const outbox = await createOutbox(account, await openOutboxDb(account), async (items) => {
    const delivery = answer(items);
    if (delivery.outcome === "done") arrived.push(items.map(nameOf).join(" "));
    return delivery;
  });
  opened.push(outbox);
  return { outbox, arrived };
}

const nameOf = ({ write }: OutboxItem) =>
  write.kind === "verdict" ? String(write.event.clientSeq) : write.kind;
const done = (): Delivery => ({ outcome: "done" });
const offline = (): Delivery => ({ outcome: "again", reason: "no route" });

const verdict = (clientSeq: number, sittingId = "one"): OutboxItem => ({
  project: "p",
  sittingId,
  write: {
    kind: "verdict",
    event: {
      clientKey: `key-${clientSeq}`,
      clientSeq,
      clientAt: new Date(2026, 0, 1),
      imageId: "image",
      verdict: "correct",
      detail: null,
      method: "direct",
    },
  },
});
const submit: OutboxItem = {
  project: "p",
  sittingId: "one",
  write: {
    kind: "submit",
    submission: { guidelineVersion: 0, paintedAt: null, firstActionAt: null, activeMs: 0 },
  },
};

test("writes arrive in their order, and a submission waits for the verdicts before it", async () => {
  const { outbox, arrived } = await open(newAccount(), done);

  for (const item of [verdict(1), verdict(2), submit, verdict(1, "two")]) outbox.add(item);

  await vi.waitFor(() => expect(outbox.status().pending).toBe(0));
  expect(arrived.join(" ")).toBe("1 2 submit 1");
  expect(arrived).toContain("submit");
});

test("what could not be sent is still there after the tab was closed, and is sent then", async () => {
  const account = newAccount();
  const before = await open(account, offline);
  for (const item of [verdict(1), verdict(2), submit]) before.outbox.add(item);
  await vi.waitFor(() => expect(before.outbox.status()).toMatchObject({ state: "offline" }));
  await before.outbox.close();

  const { outbox, arrived } = await open(account, done);

  await vi.waitFor(() => expect(outbox.status()).toMatchObject({ pending: 0, state: "idle" }));
  expect(arrived).toEqual(["1 2", "submit"]);
});

test("what the browser has not stored yet is on its way, and not yet counted as kept", async () => {
  const { outbox } = await open(newAccount(), offline);
  outbox.add(verdict(1));
  outbox.add(verdict(2));
  expect(outbox.status()).toMatchObject({ pending: 2, kept: 0 });

  const seen: string[] = [];
  outbox.subscribe(() => void seen.push(`${outbox.status().kept} of ${outbox.status().pending}`));
  await vi.waitFor(() => expect(outbox.status()).toMatchObject({ pending: 2, kept: 2 }));
  expect(seen.filter((said) => said !== "0 of 2")).toContain("1 of 2");
});

test("the browser coming back online is enough to send again", async () => {
  let isOnline = false;
  const { outbox, arrived } = await open(newAccount(), () => (isOnline ? done() : offline()));
  outbox.add(verdict(1));
  await vi.waitFor(() => expect(outbox.status().state).toBe("offline"));

  isOnline = true;
  window.dispatchEvent(new Event("online"));

  await vi.waitFor(() => expect(arrived).toEqual(["1"]));
});

test("a lost session keeps everything until the rater has signed in again", async () => {
  let isSignedIn = false;
  const { outbox, arrived } = await open(newAccount(), () =>
    isSignedIn ? done() : { outcome: "signIn", reason: "Please sign in" },
  );
  outbox.add(verdict(1));
  await vi.waitFor(() => expect(outbox.status()).toMatchObject({ state: "signedOut", pending: 1 }));

  isSignedIn = true;
  outbox.wake();

  await vi.waitFor(() => expect(arrived).toEqual(["1"]));
});

test("a refused write is set aside with its reason and blocks nothing behind it", async () => {
  const { outbox, arrived } = await open(newAccount(), ([first]) =>
    first?.write.kind === "submit" ? { outcome: "refused", reason: "Image 4 is open" } : done(),
  );
  for (const item of [verdict(1), submit, verdict(2)]) outbox.add(item);

  await vi.waitFor(() => expect(outbox.status().pending).toBe(0));
  expect(arrived).toEqual(["1", "2"]);
  expect(outbox.status().refused).toMatchObject([{ reason: "Image 4 is open" }]);
});

test("one account's verdicts are never sent under another's name", async () => {
  const left = await open(newAccount(), offline);
  left.outbox.add(verdict(1));
  await left.outbox.close();

  const { outbox } = await open(newAccount(), done);

  expect(outbox.status().pending).toBe(0);
});

test("what is written while a window's writes are rearranged stays behind them", async () => {
  const { outbox } = await open(newAccount(), offline);
  outbox.add(verdict(1));

  const rearranged = outbox.rewrite("window", (items) => ({
    old: items,
    items: items.map(({ id: _, ...item }) => ({ ...item, windowKey: "window" })),
  }));
  outbox.add(verdict(2));
  await rearranged;

  const items = await outbox.pendingItems();
  expect(items.map((item) => [nameOf(item), item.windowKey])).toEqual([
    ["1", "window"],
    ["2", undefined],
  ]);
});

test("a verdict is handed to the browser whole before the key's handler ends, so no reload is too quick for it", async () => {
  const { outbox } = await open(newAccount(), offline);
  const commit = vi.spyOn(IDBTransaction.prototype, "commit");

  outbox.add(verdict(1));

  expect(commit).toHaveBeenCalledTimes(1);
  await vi.waitFor(() => expect(outbox.status().kept).toBe(1));
});
