import { expect, test } from "vitest";
import type { OutboxWrite, RefusedItem } from "@/app/(rate)/_outbox/outbox-db";
import { refusedGroups } from "@/app/(rate)/_outbox/refused-groups";

const refused = (id: number, reason: string, write: OutboxWrite): RefusedItem => ({
  id,
  reason,
  project: "p",
  sittingId: "one",
  write,
});
const verdict = (clientSeq: number): OutboxWrite => ({
  kind: "verdict",
  event: {
    clientKey: `${clientSeq}`,
    clientSeq,
    clientAt: new Date(2026, 0, 1),
    imageId: "image",
    verdict: "correct",
    detail: null,
    method: "direct",
  },
});

test("what was refused is listed once a reason, by what it was", () => {
  const closed = "Round 1 is closed: enough";

  expect(
    refusedGroups([
      refused(1, closed, verdict(1)),
      refused(2, closed, verdict(2)),
      refused(3, "No such project.", { kind: "note", note: "A note" }),
      refused(4, closed, { kind: "reopen" }),
    ]),
  ).toEqual([
    { reason: closed, says: "2 verdicts, 1 grid taken back" },
    { reason: "No such project.", says: "1 note" },
  ]);
});
