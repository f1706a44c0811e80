// @vitest-environment jsdom
import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { createOutbox, type Delivery } from "@/app/(rate)/_outbox/outbox";
import { type OutboxWrite, openOutboxDb, type StoredItem } from "@/app/(rate)/_outbox/outbox-db";
import { findLeftOver } from "@/app/(rate)/_session/left-over";
import { settle } from "@/app/(rate)/_session/two-windows";
import { closeRooms, closing, view } from "@/tests/support/rating-session";

afterEach(closeRooms);

/** What another window has sent of grid a meanwhile: its first image is incorrect. */
const byTheOther = () => ({
  ...view("a"),
  version: 1,
  lastSeq: 1,
  cells: view("a").cells.map((cell, at) =>
    at === 0 ? { ...cell, verdict: "incorrect" as const } : cell,
  ),
});

const verdict = (at: number, verdict: "correct" | "incorrect") => ({
  kind: "verdict" as const,
  event: {
    clientKey: randomUUID(),
    clientSeq: at,
    clientAt: new Date(),
    imageId: `a-${at}`,
    verdict,
    detail: null,
    method: "direct" as const,
  },
  base: { version: 0, nth: at - 1 },
});

/** What began before the other's is answered with it; all else is taken. */
const beforeTheOther = ([first]: readonly StoredItem[]): Delivery =>
  first?.write.kind === "verdict" && first.write.base?.version === 0
    ? { outcome: "conflict", conflict: byTheOther() }
    : { outcome: "done" };

/** An outbox in which a window that is gone left these, and whose server has the other's. */
async function leftBy(writes: readonly OutboxWrite[], take = beforeTheOther) {
  const account = randomUUID();
  const db = await openOutboxDb(account);
  for (const write of writes) {
    await db.add("items", { project: "everyday", sittingId: "a", windowKey: "gone", write });
  }
  const arrived: StoredItem[] = [];
  const outbox = await createOutbox(account, db, async (items) => {
    const delivery = take(items);
    if (delivery.outcome === "done") arrived.push(...items);
    return delivery;
  });
  closing.push(() => outbox.close());
  await vi.waitFor(() => expect(outbox.status().conflicts.size).toBe(1));
  return { outbox, arrived };
}

const submit: OutboxWrite = {
  kind: "submit",
  submission: { guidelineVersion: 0, paintedAt: null, firstActionAt: null, activeMs: 1000 },
};

test("only what the closed window said otherwise is in dispute, and its submission goes after the choice", async () => {
  const { outbox, arrived } = await leftBy([
    verdict(1, "correct"),
    verdict(2, "incorrect"),
    submit,
  ]);

  const found = await findLeftOver(outbox, async () => byTheOther());
  expect(
    found?.disputed.map(({ index, mine, theirs }) => [index, mine.verdict, theirs.verdict]),
  ).toEqual([
    [0, "correct", "incorrect"],
    [1, "incorrect", null],
  ]);
  expect(arrived).toEqual([]);

  await settle(outbox, found!, "theirs");

  await vi.waitFor(() => expect(outbox.status().pending).toBe(0));
  expect(
    arrived.map(({ write }) =>
      write.kind === "verdict" ? [write.event.imageId, write.event.verdict] : write.kind,
    ),
  ).toEqual([
    ["a-1", "correct"],
    ["a-2", "incorrect"],
    ["a-1", "incorrect"],
    ["a-2", null],
    "submit",
  ]);
  expect(await findLeftOver(outbox, async () => byTheOther())).toBeNull();
});

test("where both windows mean the same nobody is asked", async () => {
  const { outbox, arrived } = await leftBy([verdict(1, "incorrect"), submit]);

  expect(await findLeftOver(outbox, async () => byTheOther())).toBeNull();

  await vi.waitFor(() => expect(outbox.status().pending).toBe(0));
  expect(arrived.map(({ write }) => write.kind)).toEqual(["verdict", "submit"]);
});

/** Counts and answers as the server does: a batch whose head it knows already goes on behind that head. */
function countingServer() {
  const keys: string[] = [];
  return {
    keys,
    take(items: readonly StoredItem[]): Delivery {
      const events = items.flatMap(({ write }) => (write.kind === "verdict" ? [write] : []));
      const fresh = events.filter(({ event }) => !keys.includes(event.clientKey));
      const [first] = fresh;
      const base = events[0]?.base;
      if (first && base && base.version + base.nth + events.indexOf(first) !== keys.length) {
        return { outcome: "conflict", conflict: { ...byTheOther(), version: keys.length } };
      }
      keys.push(...fresh.map(({ event }) => event.clientKey));
      return { outcome: "done" };
    },
  };
}

test("where the answer to some of it was lost, one choice is enough", async () => {
  const server = countingServer();
  const [first, second] = [verdict(1, "correct"), verdict(2, "incorrect")];
  // The first arrived before the window died, and then came the other's.
  server.keys.push(first.event.clientKey, "the other's");
  const { outbox } = await leftBy([first, second], server.take);

  const found = await findLeftOver(outbox, async () => ({ ...byTheOther(), version: 2 }));
  await settle(outbox, found!, "mine");

  await vi.waitFor(() => expect(outbox.status().pending).toBe(0));
  expect(outbox.status().conflicts.size).toBe(0);
  expect(server.keys).toContain(second.event.clientKey);
});
