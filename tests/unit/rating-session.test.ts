// @vitest-environment jsdom
import "fake-indexeddb/auto";
import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { createOutbox, type Delivery } from "@/app/(rate)/_outbox/outbox";
import { openOutboxDb } from "@/app/(rate)/_outbox/outbox-db";
import { createSession, type RatingSession } from "@/app/(rate)/_session/rating-session";
import type { SittingView } from "@/app/(rate)/_session/table";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const view = (id: string): SittingView => ({
  id,
  project: "everyday",
  state: "live",
  mode: "full",
  note: "",
  asksDetail: false,
  isTraining: false,
  seenInstead: "",
  ownWords: [],
  conceptA: "iced coke",
  conceptB: "tea cup",
  prompts: ["one", "two", "three", "four", "five"],
  cells: Array.from({ length: 20 }, (_, index) => ({
    position: index + 1,
    imageId: `${id}-${index + 1}`,
    verdict: null,
    detail: null,
  })),
  lastSeq: 0,
  activeMs: 0,
  guideline: { version: 0, text: "" },
  queue: { done: 0, open: 4, later: 0, begun: 0 },
});

/** A queue of grids a to d that hands out the first one the browser does not name. */
async function openRoom({ deliver = () => ({ outcome: "done" }) as Delivery } = {}) {
  const account = randomUUID();
  const outbox = await createOutbox(account, await openOutboxDb(account), async (items) => {
    const delivery = deliver();
    const [first] = items;
    if (delivery.outcome === "done" && first?.write.kind === "submit") sent.add(first.sittingId);
    return delivery;
  });
  const sent = new Set<string>();
  const answers: (() => void)[] = [];
  const asked: string[][] = [];
  const port = {
    next: (besides: string[]) =>
      new Promise<SittingView | null>((resolve) => {
        asked.push(besides);
        const free = [..."abcd"].find((id) => !besides.includes(id) && !sent.has(id));
        answers.push(() => resolve(free ? view(free) : null));
      }),
    lastDone: async () => null,
    heartbeat: async (ids: string[]) => ({ held: ids }),
  };
  const session = createSession(view("a"), port, outbox);
  closing.push(async () => {
    session.close();
    await outbox.close();
  });
  await session.start();
  const answer = async () => {
    await vi.waitFor(() => expect(answers).not.toHaveLength(0));
    answers.shift()?.();
  };
  return { session, outbox, asked, answer };
}

const shown = (session: RatingSession) => session.state().table?.view.id;

function paint(session: RatingSession) {
  for (let index = 0; index < 20; index += 1) session.act({ type: "load", index, load: "ready" });
}

function rate(session: RatingSession) {
  for (let index = 0; index < 20; index += 1) {
    session.act({ type: "press", index, firstPress: "incorrect" });
  }
  session.submit();
}

test("a grid is never dealt twice, however fast its rater moves on while others are fetched", async () => {
  const { session, outbox, asked, answer } = await openRoom();
  paint(session);
  await answer();
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  rate(session);
  expect(shown(session)).toBe("b");
  await vi.waitFor(() => expect(outbox.status().pending).toBe(0));

  await answer();
  await vi.waitFor(() => expect(asked).toHaveLength(3));

  expect(asked[2]).toEqual(expect.arrayContaining(["b", "c"]));
});

test("a rater who is faster than the server gets the first grid that arrives", async () => {
  const { session, asked, answer } = await openRoom();
  paint(session);
  rate(session);
  expect(session.state().stage).toBe("fetching");

  await answer();

  await vi.waitFor(() => expect(shown(session)).toBe("b"));
  expect(asked[0]).toEqual(["a"]);
});

test("a submitted grid makes room at once, though nothing could be sent", async () => {
  const { session, asked, answer } = await openRoom({
    deliver: () => ({ outcome: "again", reason: "no route" }),
  });
  paint(session);
  await answer();
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  rate(session);

  expect(shown(session)).toBe("b");
  expect(session.state().leaving?.view.id).toBe("a");
  expect(session.state().place).toEqual({ number: 2, total: 4 });
});

test("no clock runs before all images of a grid are painted", async () => {
  const { session } = await openRoom();

  session.act({ type: "load", index: 0, load: "ready" });
  expect(session.state().table?.paintedAt).toBeNull();
  paint(session);
  expect(session.state().table?.paintedAt).toBeInstanceOf(Date);
});
