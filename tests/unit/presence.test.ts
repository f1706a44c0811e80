// @vitest-environment jsdom

import { createTRPCClient, httpBatchLink } from "@trpc/client";
import superjson from "superjson";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withOutliving } from "@/app/_trpc/outlives-page";
import { ratingPort } from "@/app/(rate)/_session/rating-port";
import { watchPage } from "@/app/(rate)/rate/[sitting]/_room/watch-page";
import type { AppRouter } from "@/server/trpc/router";
import { closeRooms, openRoom, paint, rate, shown } from "@/tests/support/rating-session";

let isHidden = false;
Object.defineProperty(document, "hidden", { get: () => isHidden });
const setHidden = (hidden: boolean) => {
  isHidden = hidden;
  document.dispatchEvent(new Event("visibilitychange"));
};
const transition = (type: string, persisted: boolean) =>
  window.dispatchEvent(Object.assign(new Event(type), { persisted }));

beforeEach(() => {
  isHidden = false;
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await closeRooms();
});

function watched() {
  const session = {
    pause: vi.fn(),
    touch: vi.fn(),
    beat: vi.fn(async () => {}),
    nudge: vi.fn(),
    goAway: vi.fn(),
    comeBack: vi.fn(),
  };
  return { session, stop: watchPage(session) };
}

/** Grid a on the screen, b and c held but not looked at. */
async function openWithTwoAhead() {
  const room = await openRoom();
  paint(room.session);
  await room.answer();
  await vi.waitFor(() => expect(room.session.state().next?.view.id).toBe("b"));
  return room;
}

test("the heart beats at once when the page comes back into sight, and not while it is hidden", () => {
  vi.useFakeTimers();
  const { session, stop } = watched();
  setHidden(true);
  vi.advanceTimersByTime(300_000);
  expect(session.beat).not.toHaveBeenCalled();
  expect(session.pause).toHaveBeenCalledTimes(1);
  expect(session.touch).not.toHaveBeenCalled();

  setHidden(false);

  expect(session.beat).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(60_000);
  expect(session.beat).toHaveBeenCalledTimes(2);
  stop();
});

test("a beat that fails is no sign of the rater", async () => {
  const { session, stop } = watched();
  session.beat.mockRejectedValue(new Error("no route"));
  vi.useFakeTimers();
  const again = watchPage(session);

  await vi.advanceTimersByTimeAsync(60_000);

  expect(session.beat).toHaveBeenCalled();
  expect(session.touch).not.toHaveBeenCalled();
  again();
  stop();
});

test("when the page goes, grids nobody looked at are given back, and the one on the screen is kept", async () => {
  const { session, givenBack, asked, answer } = await openWithTwoAhead();
  const stop = watchPage(session);

  transition("pagehide", true);

  expect(givenBack).toEqual(["b", "c"]);
  expect(shown(session)).toBe("a");
  expect(session.state().next).toBeNull();

  transition("pageshow", true);
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  await answer();
  await vi.waitFor(() => expect(session.state().next?.view.id).toBe("b"));
  stop();
});

test("the request that gives a grid back outlives its page, and is under way before the page is gone", async () => {
  const fetched = vi.fn(async (_address: string, _options?: RequestInit) =>
    Response.json({ result: { data: superjson.serialize(null) } }),
  );
  vi.stubGlobal("fetch", fetched);
  const others = httpBatchLink({ url: "/api/trpc", transformer: superjson });
  const client = createTRPCClient<AppRouter>({ links: [withOutliving("/api/trpc", others)] });
  vi.useFakeTimers({ toFake: ["setTimeout", "setInterval", "setImmediate"] });

  // No timer runs any more.
  await ratingPort(client, "everyday").giveBackWhileLeaving("b");

  const [[address, options] = []] = fetched.mock.calls;
  expect(address).toBe("/api/trpc/rating.giveBack");
  expect(options).toMatchObject({ method: "POST", keepalive: true });
  expect(JSON.parse(String(options?.body)).json).toEqual({ project: "everyday", sittingId: "b" });
});

test("five minutes without a sign bring one quiet word, and a hidden page none", async () => {
  const { session } = await openRoom();
  vi.useFakeTimers({ toFake: ["Date"] });
  paint(session);
  const notice = () => session.state().table?.grid.notice;
  const before = notice();

  vi.setSystemTime(Date.now() + 299_000);
  session.nudge();
  expect(notice()).toBe(before);
  vi.setSystemTime(Date.now() + 2_000);
  session.nudge();
  const nudged = notice();
  expect(nudged?.text).toBe("The clock rests until you go on. All you rated is kept.");
  vi.setSystemTime(Date.now() + 600_000);
  session.nudge();
  expect(notice()).toBe(nudged);

  session.pause();
  vi.setSystemTime(Date.now() + 600_000);
  session.nudge();
  expect(notice()).toBe(nudged);
});

test("a seat that went to another rater is told, and the next grid's own is not taken for it", async () => {
  const { session, answer } = await openRoom({
    stillHeld: (ids) => ids.filter((id) => id !== "a"),
  });
  paint(session);
  await answer();
  await vi.waitFor(() => expect(session.state().next?.view.id).toBe("b"));
  expect(session.state().isSeatLost).toBe(false);

  await session.beat();
  expect(session.state().isSeatLost).toBe(true);

  rate(session);
  expect(shown(session)).toBe("b");
  expect(session.state().isSeatLost).toBe(false);
  await session.beat();
  expect(session.state().isSeatLost).toBe(false);
});
