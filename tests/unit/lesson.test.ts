// @vitest-environment jsdom
import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { createOutbox } from "@/app/(rate)/_outbox/outbox";
import { openOutboxDb } from "@/app/(rate)/_outbox/outbox-db";
import { createSession } from "@/app/(rate)/_session/rating-session";
import { closeRooms, closing, paint, rate, shown, view } from "@/tests/support/rating-session";

afterEach(closeRooms);

const taught = [
  { imageId: "a-1", verdict: "incorrect", expected: "correct", explanation: "Look at the handle." },
] as const;

async function train(feedback: () => Promise<(typeof taught)[number][]>) {
  const account = randomUUID();
  const outbox = await createOutbox(account, await openOutboxDb(account), async () => ({
    outcome: "done",
  }));
  const port = {
    next: async (besides: string[]) => ({
      sittings: besides.includes("b") ? [] : [view("b")],
      refused: null,
    }),
    sitting: async (id: string) => view(id),
    lastDone: async () => null,
    feedback,
    heartbeat: async (ids: string[]) => ({ held: ids }),
    giveBackWhileLeaving: async () => {},
  };
  const session = createSession({ ...view("a"), isTraining: true }, port, outbox);
  closing.push(async () => {
    session.close();
    await outbox.close();
  });
  await session.start();
  paint(session);
  rate(session);
  return session;
}

test("a training grid leads to how it was meant, and only then on", async () => {
  const session = await train(async () => [...taught]);

  expect(session.state()).toMatchObject({ table: null, lesson: { cells: null } });
  await vi.waitFor(() => expect(session.state().lesson?.cells).toEqual(taught));
  session.hasLearnt();

  await vi.waitFor(() => expect(shown(session)).toBe("b"));
  expect(session.state().lesson).toBeNull();
});

test("an explanation that is out of reach is said, and holds nobody up", async () => {
  const session = await train(async () => {
    throw new Error("no route");
  });

  await vi.waitFor(() => expect(session.state().lesson?.failure).toBe("no route"));
  session.hasLearnt();
  await vi.waitFor(() => expect(shown(session)).toBe("b"));
});
