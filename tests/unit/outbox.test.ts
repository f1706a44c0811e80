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

const foreign = (seqs: readonly number[]) => (items: readonly StoredItem[]) =>
  items.some(({ write }) => write.kind === "verdict" && seqs.includes(write.event.clientSeq))
    ? ({ outcome: "wrong", reason: "Not in this grid" } as const)
    : done();

test("of verdicts that came together only the wrong one is set aside; the others and their submission arrive in order", async () => {
  const { outbox, arrived } = await open(newAccount(), foreign([3]));
  for (const item of [1, 2, 3, 4, 5].map((seq) => verdict(seq))) outbox.add(item);
  outbox.add(submit);

  await vi.waitFor(() => expect(outbox.status().pending).toBe(0));

  expect(arrived.join(" ")).toBe("1 2 4 5 submit");
  expect(outbox.status().refused.map(nameOf)).toEqual(["3"]);
});

test("what comes after a split is sent together again", async () => {
  let isOnline = false;
  const answer = foreign([1]);
  const { outbox, arrived } = await open(newAccount(), (items) =>
    isOnline ? answer(items) : offline(),
  );
  for (const item of [verdict(1), verdict(2), submit]) outbox.add(item);
  for (const seq of [1, 2, 3]) outbox.add(verdict(seq + 2, "two"));
  await vi.waitFor(() => expect(outbox.status().kept).toBe(6));

  isOnline = true;
  outbox.wake();

  await vi.waitFor(() => expect(arrived).toEqual(["2", "submit", "3 4 5"]));
});

test("tried again, what was set aside goes with the same key, and only what is still wrong comes back", async () => {
  const wrong = [1, 2];
  const keys: string[] = [];
  const { outbox, arrived } = await open(newAccount(), (items) => {
    const delivery = foreign(wrong)(items);
    for (const { write } of items)
      if (delivery.outcome === "done" && write.kind === "verdict") keys.push(write.event.clientKey);
    return delivery;
  });
  for (const seq of [1, 2, 3]) outbox.add(verdict(seq));
  await vi.waitFor(() => expect(outbox.status().refused).toHaveLength(2));

  wrong.shift();
  await outbox.retryRefused();

  await vi.waitFor(() => expect(outbox.status().pending).toBe(0));
  expect(arrived).toEqual(["3", "1"]);
  expect(keys).toEqual(["key-3", "key-1"]);
  expect(outbox.status().refused.map(nameOf)).toEqual(["2"]);
});

test("a verdict set aside makes no other window of the ones behind it", async () => {
  let version = 7;
  const { outbox, arrived } = await open(newAccount(), (items) => {
    const [first] = items;
    if (foreign([2])(items).outcome === "wrong") return foreign([2])(items);
    const base = first?.write.kind === "verdict" ? first.write.base : undefined;
    if (base && base.version + base.nth !== version)
      return { outcome: "conflict", conflict: { version, lastSeq: 0, cells: [] } };
    version += items.length;
    return done();
  });
  for (const seq of [1, 2, 3, 4]) {
    const { write, ...item } = verdict(seq);
    const base = { version: 7, nth: seq - 1 };
    outbox.add({ ...item, windowKey: "window", write: { ...write, base } as typeof write });
  }

  await vi.waitFor(() => expect(outbox.status().pending).toBe(0));

  expect(arrived.join(" ")).toBe("1 3 4");
  expect(outbox.status().conflicts.size).toBe(0);
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
