// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { closeRooms, openRoom, paint, rate, shown } from "@/tests/support/rating-session";

afterEach(closeRooms);

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
