// @vitest-environment jsdom
import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { createPast } from "@/app/(rate)/_session/past";
import type { RatingSession } from "@/app/(rate)/_session/rating-session";
import { layTable, type SittingView } from "@/app/(rate)/_session/table";
import { closeRooms, openRoom, paint, rate, shown, view } from "@/tests/support/rating-session";

afterEach(closeRooms);
afterEach(() => void vi.useRealTimers());

const press = (session: RatingSession, index: number) =>
  session.act({ type: "press", index, firstPress: "incorrect" });

test("a grid is never dealt twice, however fast its rater moves on while others are fetched", async () => {
  const { session, outbox, asked, answer } = await openRoom();
  paint(session);
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  rate(session);
  await vi.waitFor(() => expect(outbox.status().pending).toBe(0));
  await answer();
  await vi.waitFor(() => expect(shown(session)).toBe("b"));

  paint(session);
  await vi.waitFor(() => expect(asked).toHaveLength(2));

  expect(asked[1]).toEqual(expect.arrayContaining(["b", "c"]));
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
  const { session, beats, answer } = await openRoom({
    deliver: () => ({ outcome: "again", reason: "no route" }),
  });
  paint(session);
  await answer();
  await vi.waitFor(async () => {
    await session.beat();
    expect(beats.at(-1)).toEqual(["a", "b", "c"]);
  });
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

/** Grid a as the server tells it once it has these verdicts. */
const judged = (verdicts: Record<number, "correct" | "incorrect">): SittingView => ({
  ...view("a"),
  lastSeq: Object.keys(verdicts).length,
  version: Object.keys(verdicts).length,
  cells: view("a").cells.map((cell, index) => ({ ...cell, verdict: verdicts[index] ?? null })),
});

const verdictsIn = (session: RatingSession) =>
  session.state().table?.grid.cells.flatMap(({ verdict }, index) => (verdict ? [index] : []));

test("after a reload undo takes back this grid's verdicts, the last one first, and reopens no other", async () => {
  const account = randomUUID();
  const before = await openRoom({ account });
  paint(before.session);
  for (const index of [4, 2, 7]) press(before.session, index);
  await vi.waitFor(() => expect(before.outbox.status().pending).toBe(0));
  await closeRooms();
  const lastDone = vi.fn(async () => null);
  const first = judged({ 4: "incorrect", 2: "incorrect", 7: "incorrect" });
  const { session } = await openRoom({ account, first, lastDone });

  const left = [session, session, session].map((room) => {
    room.undo();
    return verdictsIn(room);
  });

  expect(left).toEqual([[2, 4], [4], []]);
  expect(lastDone).not.toHaveBeenCalled();
  session.undo();
  expect(lastDone).toHaveBeenCalledTimes(1);
});

test("verdicts that another browser gave are taken back too, as they stand in the grid", async () => {
  const { session, outbox } = await openRoom({ first: judged({ 0: "correct", 5: "incorrect" }) });
  const sent = vi.spyOn(outbox, "add");

  session.undo();
  session.undo();

  expect(sent.mock.calls.map(([{ write }]) => write)).toMatchObject([
    { kind: "verdict", event: { imageId: "a-6", verdict: null, method: "undo" } },
    { kind: "verdict", event: { imageId: "a-1", verdict: null, method: "undo" } },
  ]);
});

const activeMs = (session: RatingSession) => session.state().table?.active.ms;
const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

test("signs of the rater count nothing before the room's own grid is painted, whatever was seen before", async () => {
  const { session } = await openRoom();
  vi.useFakeTimers({ toFake: ["Date"] });
  session.touch();
  later(20_000);
  session.touch();
  session.act({ type: "load", index: 0, load: "ready" });
  press(session, 0);
  later(5000);
  session.touch();
  expect(activeMs(session)).toBe(0);

  paint(session);
  later(3000);
  session.touch();
  expect(activeMs(session)).toBe(3000);
});

test("after a reload the clock of a grid begun before rests until its images are there again", async () => {
  const account = randomUUID();
  const before = await openRoom({ account });
  vi.useFakeTimers({ toFake: ["Date"] });
  paint(before.session);
  later(4000);
  press(before.session, 0);
  await vi.waitFor(() => expect(before.outbox.status().pending).toBe(0));
  await closeRooms();
  const { session } = await openRoom({ account, first: judged({ 0: "incorrect" }) });
  expect(session.state().table?.paintedAt).toBeInstanceOf(Date);

  session.touch();
  later(20_000);
  session.touch();
  expect(activeMs(session)).toBe(4000);

  paint(session);
  later(1000);
  session.touch();
  expect(activeMs(session)).toBe(5000);
});

test("a submission says under which guidelines it was judged", async () => {
  const guideline = { version: 3, text: "", isNew: false };
  const { session, outbox } = await openRoom({ first: { ...view("a"), guideline } });
  const sent = vi.spyOn(outbox, "add");
  paint(session);

  rate(session);

  const submitted = sent.mock.calls.map(([{ write }]) => write).at(-1);
  expect(submitted).toMatchObject({ kind: "submit", submission: { guidelineVersion: 3 } });
});

test("without the server the grid before is out of reach, and its rater hears so", async () => {
  const { session } = await openRoom({
    lastDone: async () => {
      throw new Error("no route");
    },
  });

  session.undo();

  const notice = () => session.state().table?.grid.notice.text;
  await vi.waitFor(() => expect(notice()).toBe("The grid before is out of reach: offline."));
  expect(shown(session)).toBe("a");
});

test("the last ten grids are kept to go back to, and no more", async () => {
  const { outbox, port } = await openRoom();
  const past = createPast(port, outbox);
  for (let number = 1; number <= 12; number += 1) {
    past.push(layTable(view(String(number)), [], undefined));
  }

  const back = Array.from({ length: 11 }, () => past.pop()?.view.id);

  expect(back).toEqual(["12", "11", "10", "9", "8", "7", "6", "5", "4", "3", undefined]);
});

test("a full disk is told: what could not be stored is not counted as kept", async () => {
  const { session, outbox } = await openRoom();
  paint(session);
  const full = vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(() => {
    throw new DOMException("no room", "QuotaExceededError");
  });

  press(session, 0);

  await vi.waitFor(() => expect(outbox.status()).toMatchObject({ state: "notKept", kept: 0 }));
  full.mockRestore();
});
