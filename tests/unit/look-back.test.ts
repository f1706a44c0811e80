// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import type { Outbox } from "@/app/(rate)/_outbox/outbox";
import type { SittingView } from "@/app/(rate)/_session/table";
import { closeRooms, openRoom, paint, rate, shown, view } from "@/tests/support/rating-session";

afterEach(closeRooms);

const submitted = (id: string): SittingView => ({
  ...view(id),
  state: "submitted",
  cells: view(id).cells.map((cell) => ({ ...cell, verdict: "incorrect" })),
  queue: { done: 2, open: 2, later: 0, begun: 0 },
});

function writesOf(outbox: Outbox) {
  const added = vi.spyOn(outbox, "add");
  return () => added.mock.calls.map(([{ sittingId, write }]) => `${write.kind} ${sittingId}`);
}

/** Grid a submitted, b on the screen, and back in a. */
async function openBack() {
  const room = await openRoom();
  paint(room.session);
  await room.answer();
  await vi.waitFor(() => expect(room.session.state().next?.view.id).toBe("b"));
  rate(room.session);
  paint(room.session);
  const written = writesOf(room.outbox);
  room.session.undo();
  await vi.waitFor(() => expect(shown(room.session)).toBe("a"));
  return { ...room, written };
}

test("to look back at a submitted grid and to leave it unchanged, by whatever key, withdraws and sends nothing", async () => {
  const { session, written } = await openBack();
  const ways = [session.submit, session.putOff, session.goToNext];
  for (const goOn of ways) {
    expect(session.state().table?.submitted).toBe("stands");
    expect(session.state().place.number).toBe(1);
    goOn();
    expect(shown(session)).toBe("b");
    expect(session.state().place.number).toBe(2);
    session.goToPrevious();
    await vi.waitFor(() => expect(shown(session)).toBe("a"));
  }
  session.goAway();
  session.close();

  expect(written()).toEqual([]);
});

test("the first change withdraws the submission, before it is recorded, and the grid counts again once sent", async () => {
  const { session, written } = await openBack();

  session.act({ type: "press", index: 0, firstPress: "incorrect" });
  session.act({ type: "press", index: 1, firstPress: "incorrect" });
  expect(session.state().table?.submitted).toBe("withdrawn");
  session.submit();

  expect(written()).toEqual(["revisit a", "verdict a", "verdict a", "submit a"]);
});

test("other words for what stood there are sent, and so is why a submitted grid cannot be judged", async () => {
  const { session, written } = await openBack();

  session.submit("a glass");
  session.undo();
  await vi.waitFor(() => expect(shown(session)).toBe("a"));
  session.cannotJudge("unknown");

  expect(written()).toEqual(["revisit a", "submit a", "revisit a", "cannotJudge a"]);
});

test("a grid opened from the list of what was rated stands, keeps no seat, and has its own number", async () => {
  const { session, beats } = await openRoom({ first: submitted("a") });

  expect(session.state().table?.submitted).toBe("stands");
  expect(session.state().place).toEqual({ number: 2, total: 4 });
  await session.beat();
  expect(beats).toEqual([]);
  expect(session.state().isSeatLost).toBe(false);
});

test("further back is the grid before the one that is looked at already", async () => {
  const done = ["z", "y"];
  const { session } = await openRoom({
    lastDone: async (besides) => {
      const id = done.find((one) => !besides.includes(one));
      return id ? submitted(id) : null;
    },
  });

  session.goToPrevious();
  await vi.waitFor(() => expect(shown(session)).toBe("z"));
  session.goToPrevious();
  await vi.waitFor(() => expect(shown(session)).toBe("y"));
});
