// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { closeRooms, openRoom, paint, rate, shown } from "@/tests/support/rating-session";

afterEach(closeRooms);

/** Grid a on the screen, b and c held. */
async function openWithTwoAhead() {
  const room = await openRoom();
  paint(room.session);
  await room.answer();
  await vi.waitFor(async () => {
    await room.session.beat();
    expect(room.beats.at(-1)).toEqual(["a", "b", "c"]);
  });
  return room;
}

test("the next two grids come with one request", async () => {
  const { asked } = await openWithTwoAhead();

  expect(asked).toEqual([["a"]]);
});

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
