// @vitest-environment jsdom
import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { createOutbox, type Delivery } from "@/app/(rate)/_outbox/outbox";
import { openOutboxDb, type StoredItem } from "@/app/(rate)/_outbox/outbox-db";
import { createSession } from "@/app/(rate)/_session/rating-session";
import { closeRooms, closing, openRoom, paint, rate, view } from "@/tests/support/rating-session";

afterEach(closeRooms);

/** What the server would have of grid a, had another window judged image 9 of it meanwhile. */
const elsewhere = () => ({
  version: 1,
  lastSeq: 1,
  cells: view("a").cells.map(({ imageId, position, detail }) => ({
    imageId,
    verdict: position === 9 ? ("correct" as const) : null,
    detail,
  })),
});

/** A room whose first writes meet another window's; what gets through afterwards is kept. */
async function openBesideAnother() {
  const arrived: StoredItem[] = [];
  let isTold = false;
  const room = await openRoom({
    deliver(items) {
      if (!isTold && items[0]?.write.kind === "verdict") {
        isTold = true;
        return { outcome: "conflict", conflict: elsewhere() };
      }
      arrived.push(...items);
      return { outcome: "done" };
    },
  });
  paint(room.session);
  room.session.act({ type: "press", index: 0, firstPress: "incorrect" });
  await vi.waitFor(() => expect(room.session.state().twoVersions).not.toBeNull());
  return { ...room, arrived };
}

const said = (arrived: readonly StoredItem[]) =>
  arrived.flatMap(({ write }) =>
    write.kind === "verdict"
      ? [[write.event.imageId, write.event.verdict, write.base?.version, write.base?.nth]]
      : [],
  );

test("both versions are shown image by image, and nothing is sent before one is picked", async () => {
  const { session, arrived } = await openBesideAnother();

  expect(session.state().twoVersions?.disputed.map(({ index }) => index)).toEqual([0, 8]);
  expect(arrived).toEqual([]);
});

test("this window's version: what waited is sent, then the disputed images once more", async () => {
  const { session, outbox, arrived } = await openBesideAnother();

  await session.pick("mine");

  await vi.waitFor(() => expect(outbox.status().pending).toBe(0));
  expect(said(arrived)).toEqual([
    ["a-1", "incorrect", 1, 0],
    ["a-1", "incorrect", 1, 1],
    ["a-9", null, 1, 2],
  ]);
  expect(session.state().table?.grid.cells[8]?.verdict).toBeNull();
});

test("the other's version: this window shows it, and what it had said stands in the log", async () => {
  const { session, outbox, arrived } = await openBesideAnother();

  await session.pick("theirs");
  session.act({ type: "press", index: 1, firstPress: "incorrect" });

  await vi.waitFor(() => expect(outbox.status().pending).toBe(0));
  expect(said(arrived)).toEqual([
    ["a-1", "incorrect", 1, 0],
    ["a-1", null, 1, 1],
    ["a-9", "correct", 1, 2],
    ["a-2", "incorrect", 1, 3],
  ]);
  expect(session.state().table?.grid.cells[0]?.verdict).toBeNull();
  expect(session.state().table?.grid.cells[8]?.verdict).toBe("correct");
});

test("a submission waits with the verdicts before it, and goes after the choice", async () => {
  const { session, outbox, arrived } = await openBesideAnother();
  rate(session);
  await vi.waitFor(() => expect(session.state().place.number).toBe(2));
  expect(arrived).toEqual([]);

  await session.pick("mine");

  await vi.waitFor(() => expect(outbox.status().pending).toBe(0));
  const kinds = arrived.map(({ write }) => write.kind);
  expect(kinds.filter((kind) => kind === "verdict").length).toBeGreaterThan(20);
  expect(kinds.at(-1)).toBe("submit");
});

test("a second window of the same grid takes over what the first could not send", async () => {
  const account = randomUUID();
  const offline = async (): Promise<Delivery> => ({ outcome: "again", reason: "no route" });
  const left = await createOutbox(account, await openOutboxDb(account), offline);
  const port = {
    next: async () => ({ sittings: [], refused: null }),
    sitting: async (id: string) => view(id),
    lastDone: async () => null,
    feedback: async () => [],
    heartbeat: async () => ({ held: [] }),
    giveBackWhileLeaving: async () => {},
  };
  const before = createSession(view("a"), port, left);
  await before.start();
  paint(before);
  before.act({ type: "press", index: 0, firstPress: "incorrect" });
  before.close();
  await left.close();
  const arrived: StoredItem[] = [];
  const outbox = await createOutbox(account, await openOutboxDb(account), async (items) => {
    arrived.push(...items);
    return { outcome: arrived.length > 0 ? "again" : "done", reason: "no route" };
  });
  closing.push(() => outbox.close());

  const session = createSession(view("a"), port, outbox);
  await session.start();
  paint(session);
  session.act({ type: "press", index: 1, firstPress: "correct" });

  const items = await outbox.pendingItems();
  expect(said(items)).toEqual([
    ["a-1", "incorrect", 0, 0],
    ["a-2", "correct", 0, 1],
  ]);
  expect(new Set(items.map(({ windowKey }) => windowKey)).size).toBe(1);
  session.close();
});

test("what was sent while the page was on its way is read anew, and asks nobody to choose", async () => {
  const account = randomUUID();
  const db = await openOutboxDb(account);
  const event = {
    clientKey: randomUUID(),
    clientSeq: 1,
    clientAt: new Date(),
    imageId: "a-1",
    verdict: "correct" as const,
    detail: null,
    method: "direct" as const,
  };
  await db.add("items", {
    project: "everyday",
    sittingId: "a",
    windowKey: "before",
    write: { kind: "verdict", event, base: { version: 0, nth: 0 } },
  });
  let version = 0;
  const outbox = await createOutbox(account, db, async (items) => {
    version += items.length;
    return { outcome: "done" };
  });
  closing.push(() => outbox.close());
  await vi.waitFor(() => expect(outbox.status().pending).toBe(0));
  const asked: string[] = [];
  const port = {
    next: async () => ({ sittings: [], refused: null }),
    sitting: async (id: string) => {
      asked.push(id);
      const cells = view(id).cells.map((cell, at) =>
        at === 0 ? { ...cell, verdict: "correct" as const } : cell,
      );
      return { ...view(id), version, lastSeq: 1, cells };
    },
    lastDone: async () => null,
    feedback: async () => [],
    heartbeat: async () => ({ held: [] }),
    giveBackWhileLeaving: async () => {},
  };

  const session = createSession(view("a"), port, outbox);
  await session.start();

  expect(asked).toEqual(["a"]);
  expect(session.state().table?.grid.cells[0]?.verdict).toBe("correct");
  expect(session.state().table?.view.version).toBe(1);
  session.close();
});
