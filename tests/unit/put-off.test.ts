// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { leftBehind } from "@/app/(rate)/_session/table";
import { closeRooms, openRoom, paint, rate, shown } from "@/tests/support/rating-session";

afterEach(closeRooms);
afterEach(() => void vi.useRealTimers());

const press = { type: "press", index: 0, firstPress: "incorrect" } as const;

/** Grid a on the screen with one verdict, b and c held. */
async function openBegun() {
  const room = await openRoom();
  paint(room.session);
  await room.answer();
  await vi.waitFor(() => expect(room.session.state().next?.view.id).toBe("b"));
  room.session.act(press);
  return room;
}

test("undo straight after Later comes back to that grid, with its verdicts, and reopens no submitted one", async () => {
  const { session, outbox } = await openBegun();
  const added = vi.spyOn(outbox, "add");
  session.putOff();
  expect(shown(session)).toBe("b");

  session.undo();

  await vi.waitFor(() => expect(shown(session)).toBe("a"));
  expect(session.state().table?.grid.cells[0]?.verdict).toBe("incorrect");
  expect(session.state().table?.grid.notice).toMatchObject({
    text: "Back in the grid that was put off.",
    isShown: true,
  });
  expect(session.state().place.number).toBe(1);
  expect(session.state().next?.view.id).toBe("b");
  const written = added.mock.calls.map(([{ sittingId, write }]) => `${write.kind} ${sittingId}`);
  expect(written).toEqual(["putOff a", "reopen a"]);
  session.undo();
  expect(session.state().table?.grid.cells[0]?.verdict).toBeNull();
});

test("taken up again before the server heard of either, it is not behind its rater after a reload", async () => {
  const again = { outcome: "again", reason: "no route" } as const;
  const { session, outbox } = await openRoom({ deliver: () => again });
  paint(session);
  session.putOff();
  expect(leftBehind(await outbox.pendingItems())).toEqual(["a"]);

  session.undo();

  await vi.waitFor(() => expect(shown(session)).toBe("a"));
  expect(leftBehind(await outbox.pendingItems())).toEqual([]);
});

test("of grids put off and submitted, undo takes the last one first", async () => {
  const { session } = await openBegun();
  rate(session);
  paint(session);
  session.putOff();
  expect(shown(session)).toBe("c");

  session.undo();
  await vi.waitFor(() => expect(shown(session)).toBe("b"));
  session.undo();
  await vi.waitFor(() => expect(shown(session)).toBe("a"));
});

test("a put-off grid that came again is not there twice", async () => {
  const { session } = await openBegun();
  session.putOff();
  session.goToNext();
  session.goToNext();
  await vi.waitFor(() => expect(shown(session)).not.toBe("a"));
  const before = shown(session);

  session.undo();
  await vi.waitFor(() => expect(shown(session)).toBe("a"));
  session.putOff();
  session.undo();
  await vi.waitFor(() => expect(shown(session)).toBe("a"));
  session.goToNext();

  expect(shown(session)).toBe(before);
});

test("the time and the first action of a grid that is put off go on when it comes again", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(2026, 0, 1, 12) });
  const { session, outbox } = await openBegun();
  const first = session.state().table!;
  const added = vi.spyOn(outbox, "add");
  vi.setSystemTime(Date.now() + 20_000);
  session.act({ ...press, index: 1 });
  const spentMs = Date.now() - first.paintedAt!.getTime();
  expect(spentMs).toBeGreaterThanOrEqual(20_000);

  session.putOff();

  expect(added.mock.calls.map(([{ write }]) => write)).toContainEqual({
    kind: "putOff",
    activeMs: spentMs,
  });
  await vi.waitFor(async () =>
    expect(await outbox.findTimes("a")).toMatchObject({
      activeMs: spentMs,
      paintedAt: first.paintedAt,
      firstActionAt: first.firstActionAt,
    }),
  );
});

test("the only grid left comes again when it is put off, with the cursor where it was, and says so", async () => {
  const { session, outbox, sent, asked, answer } = await openRoom();
  for (const id of ["b", "c", "d"]) sent.add(id);
  paint(session);
  await answer();
  session.act({ type: "focus", index: 7 });
  session.putOff();
  // While the server has not heard of it there is none; then it comes again.
  await answer();
  await vi.waitFor(() => expect(outbox.status().pending).toBe(0));
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  await answer();

  await vi.waitFor(() => expect(shown(session)).toBe("a"));
  expect(session.state().table?.grid.notice).toMatchObject({
    text: "This is the only grid left.",
    isShown: true,
  });
  expect(session.state().table?.grid.focus).toBe(7);
  expect(session.state().leaving).toBeNull();
});
