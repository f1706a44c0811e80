// @vitest-environment jsdom
import "fake-indexeddb/auto";
import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { createOutbox, type Delivery } from "@/app/(rate)/_outbox/outbox";
import { openOutboxDb } from "@/app/(rate)/_outbox/outbox-db";
import { createSession, type RatingSession } from "@/app/(rate)/_session/rating-session";
import type { SittingView } from "@/app/(rate)/_session/table";

// jsdom draws nothing.
HTMLImageElement.prototype.decode = async () => {};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const view = (id: string): SittingView => ({
  id,
  project: "everyday",
  state: "live",
  mode: "full",
  layout: "columns",
  note: "",
  isGuidelineGap: false,
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
  const beats: string[][] = [];
  const port = {
    next: (besides: string[]) =>
      new Promise<SittingView | null>((resolve) => {
        asked.push(besides);
        const free = [..."abcd"].find((id) => !besides.includes(id) && !sent.has(id));
        answers.push(() => resolve(free ? view(free) : null));
      }),
    lastDone: async () => null,
    heartbeat: async (ids: string[]) => {
      beats.push(ids);
      return { held: ids };
    },
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
  return { session, outbox, asked, beats, sent, answer };
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

/** Grid a on the screen, b and c held. */
async function openWithTwoAhead() {
  const room = await openRoom();
  paint(room.session);
  await room.answer();
  await vi.waitFor(() => expect(room.asked).toHaveLength(2));
  await room.answer();
  await vi.waitFor(async () => {
    await room.session.beat();
    expect(room.beats.at(-1)).toEqual(["a", "b", "c"]);
  });
  return room;
}

test("on and back among the held grids: nothing is submitted, and verdicts stay", async () => {
  const { session, sent } = await openWithTwoAhead();
  session.act({ type: "press", index: 0, firstPress: "incorrect" });

  session.goToNext();
  expect(shown(session)).toBe("b");
  session.goToPrevious();

  expect(shown(session)).toBe("a");
  expect(session.state().table?.grid.cells[0]?.verdict).toBe("incorrect");
  expect([...sent]).toEqual([]);
});

test("a grid set aside keeps its seat and comes again after those held", async () => {
  const { session, beats } = await openWithTwoAhead();

  session.goToNext();
  await session.beat();
  expect(beats.at(-1)).toEqual(["b", "c", "a"]);
  session.goToNext();
  session.goToNext();

  expect(shown(session)).toBe("a");
});

test("back without a grid set aside opens the one submitted last", async () => {
  const { session } = await openWithTwoAhead();
  rate(session);
  expect(shown(session)).toBe("b");

  session.goToPrevious();
  await vi.waitFor(() => expect(shown(session)).toBe("a"));
});

test("on leaving, only grids that nobody looked at are given back", async () => {
  const { session, outbox } = await openWithTwoAhead();
  session.goToNext();
  const added = vi.spyOn(outbox, "add");

  session.close();

  const given = added.mock.calls.flatMap(([{ write, sittingId }]) =>
    write.kind === "giveBack" ? [sittingId] : [],
  );
  expect(given).toEqual(["c"]);
});

test("a grid that comes before its images leaves a mark for whoever measures", async () => {
  HTMLImageElement.prototype.decode = () => new Promise(() => {});
  const { session } = await openWithTwoAhead();

  session.goToNext();

  const [miss] = performance.getEntriesByName("teacup:prefetch-miss") as PerformanceMark[];
  expect(miss?.detail).toEqual({ sittingId: "b", missing: 20 });
});
