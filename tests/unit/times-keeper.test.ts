// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { closeRooms, openRoom, paint, rate, shown } from "@/tests/support/rating-session";

afterEach(closeRooms);
afterEach(() => void vi.unstubAllGlobals());

/** The room, and no frame drawn before the test says so. */
async function openStill() {
  const room = await openRoom();
  paint(room.session);
  const frames = new Map<number, FrameRequestCallback>();
  let last = 0;
  vi.stubGlobal("requestAnimationFrame", (frame: FrameRequestCallback) => {
    last += 1;
    frames.set(last, frame);
    return last;
  });
  vi.stubGlobal("cancelAnimationFrame", (frame: number) => frames.delete(frame));
  const keep = vi.spyOn(room.outbox, "keepTimes");
  const press = (index: number) =>
    room.session.act({ type: "press", index, firstPress: "incorrect" });
  const frame = async () => {
    for (const [id, draw] of [...frames]) {
      frames.delete(id);
      draw(0);
    }
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { ...room, keep, press, frame };
}

test("keys of one frame are drawn first, then what a reload needs is kept once", async () => {
  const { outbox, keep, press, frame } = await openStill();
  press(0);
  press(1);
  expect(keep).not.toHaveBeenCalled();

  await frame();

  expect(keep).toHaveBeenCalledOnce();
  await vi.waitFor(async () => expect((await outbox.findTimes("a"))?.done).toHaveLength(2));
});

test("a page that goes keeps it at once", async () => {
  const { session, keep, press } = await openStill();
  press(0);

  session.goAway();

  expect(keep).toHaveBeenCalledExactlyOnceWith("a", expect.objectContaining({}));
});

test("a grid that was submitted within the frame of its last key leaves nothing behind", async () => {
  const { session, outbox, answer, frame } = await openStill();
  await answer();
  rate(session);
  expect(shown(session)).not.toBe("a");

  await frame();

  expect(await outbox.findTimes("a")).toBeUndefined();
});
