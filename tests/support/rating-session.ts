import "fake-indexeddb/auto";
import { randomUUID } from "node:crypto";
import { expect, vi } from "vitest";
import { createOutbox, type Delivery } from "@/app/(rate)/_outbox/outbox";
import { openOutboxDb, type StoredItem } from "@/app/(rate)/_outbox/outbox-db";
import { createSession, type RatingSession } from "@/app/(rate)/_session/rating-session";
import type { SittingView } from "@/app/(rate)/_session/table";

// jsdom draws nothing.
HTMLImageElement.prototype.decode = async () => {};

export const closing: (() => Promise<void>)[] = [];
export async function closeRooms() {
  for (const close of closing.splice(0)) await close();
}

export const view = (id: string): SittingView => ({
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
  version: 0,
  activeMs: 0,
  guideline: { version: 0, text: "", isNew: false },
  queue: { done: 0, open: 4, later: 0, begun: 0 },
});

/** A queue of grids a to d that hands out the first ones the browser does not name. */
type Answering = {
  deliver?: (items: readonly StoredItem[]) => Delivery;
  account?: string;
  /** The sitting that the page comes with. */
  first?: SittingView;
  lastDone?: (besides: readonly string[]) => Promise<SittingView | null>;
  /** Which of these grids' seats are still the rater's. */
  stillHeld?: (ids: string[]) => string[];
};

export async function openRoom({
  deliver = () => ({ outcome: "done" }),
  account = randomUUID(),
  first = view("a"),
  lastDone = async () => null,
  stillHeld = (ids) => ids,
}: Answering = {}) {
  const outbox = await createOutbox(account, await openOutboxDb(account), async (items) => {
    const delivery = deliver(items);
    const [first] = items;
    if (delivery.outcome === "done" && first?.write.kind === "submit") sent.add(first.sittingId);
    return delivery;
  });
  const sent = new Set<string>();
  const answers: (() => void)[] = [];
  const asked: string[][] = [];
  const beats: string[][] = [];
  const givenBack: string[] = [];
  const port = {
    next: (besides: string[], most: number) =>
      new Promise<{ sittings: SittingView[]; refused: null }>((resolve) => {
        asked.push(besides);
        const free = [..."abcd"].filter((id) => !besides.includes(id) && !sent.has(id));
        answers.push(() => resolve({ sittings: free.slice(0, most).map(view), refused: null }));
      }),
    sitting: async (id: string) => view(id),
    lastDone,
    feedback: async () => [],
    heartbeat: async (ids: string[]) => {
      beats.push(ids);
      return { held: stillHeld(ids) };
    },
    giveBackWhileLeaving: async (id: string) => void givenBack.push(id),
  };
  const session = createSession(first, port, outbox);
  closing.push(async () => {
    session.close();
    await outbox.close();
  });
  await session.start();
  const answer = async () => {
    await vi.waitFor(() => expect(answers).not.toHaveLength(0));
    answers.shift()?.();
  };
  return { session, outbox, port, asked, beats, givenBack, sent, answer };
}

export const shown = (session: RatingSession) => session.state().table?.view.id;

export function paint(session: RatingSession) {
  for (let index = 0; index < 20; index += 1) session.act({ type: "load", index, load: "ready" });
}

export function rate(session: RatingSession) {
  for (let index = 0; index < 20; index += 1) {
    session.act({ type: "press", index, firstPress: "incorrect" });
  }
  session.submit();
}
