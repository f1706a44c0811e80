// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import type { Outbox } from "@/app/(rate)/_outbox/outbox";
import { RoomNotices } from "@/app/(rate)/rate/[sitting]/_room/room-notices";
import { closeRooms, openRoom, paint } from "@/tests/support/rating-session";
import { renderPart } from "@/tests/support/render";

const opened = vi.hoisted(() => ({ outbox: null as unknown }));
vi.mock("@/app/(rate)/_outbox/outbox-provider", () => ({
  useOutbox: () => opened.outbox,
  useOutboxStatus: () => (opened.outbox as Outbox).status(),
}));

afterEach(closeRooms);

const nothing = () => {};
const keys = { layout: "block", name: String, cell: String, detail: String } as const;
/** Whether the browser would ask before the page is left. */
const asks = () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));

test("the browser asks before a page is left whose verdicts are not sent, and not once they are", async () => {
  let isOnline = false;
  const { session, outbox } = await openRoom({
    deliver: () => (isOnline ? { outcome: "done" } : { outcome: "again", reason: "no route" }),
  });
  opened.outbox = outbox;
  await renderPart(
    <RoomNotices
      isSeatLost={false}
      isOpenElsewhere={false}
      submitted={null}
      sittingId="a"
      isBreakDue={false}
      onGoOn={nothing}
      hasNewGuidelines={false}
      keys={keys}
      onGuidelines={nothing}
      onGuidelinesKnown={nothing}
    />,
  );
  expect(asks()).toBe(false);

  paint(session);
  session.act({ type: "press", index: 0, firstPress: "incorrect" });
  expect(asks()).toBe(true);

  await vi.waitFor(() => expect(outbox.status().state).toBe("offline"));
  isOnline = true;
  outbox.wake();
  await vi.waitFor(() => expect(outbox.status().pending).toBe(0));
  expect(asks()).toBe(false);
});
