import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { and, eq, inArray } from "drizzle-orm";
import { grids } from "@/db/schema";
import { claimNextSeat } from "@/server/rating/claim-next-seat";
import { openPositions } from "@/server/rating/domain/open-positions";
import { getSitting } from "@/server/rating/get-sitting";
import { recordVerdictEvents } from "@/server/rating/record-verdict-events";
import { submitSitting } from "@/server/rating/submit-sitting";
import type { MemberContext } from "@/server/trpc/context";
import { patiently } from "./patiently";
import type { Report } from "./progress";
import { simulatedVerdicts } from "./simulated-verdicts";

const POLL_MS = 250;
// A person may sit at one of the grids; the demo does not wait for them for ever.
const LEAVE_AFTER_MS = 60_000;

/** Rates every open grid of the demo as the simulated rater, as the worker opens them. */
export const rateGrids = (
  rater: MemberContext,
  pairIds: readonly string[],
  report: Report,
): Promise<void> => rateUntil(rater, pairIds.length, () => countClosed(rater, pairIds), report);

/** The same of a comparison: each pair has a grid for each of its generators, on seeds that are its own. */
export const rateRepair = (
  rater: MemberContext,
  { seedSetId, wanted }: { seedSetId: string; wanted: number },
  report: Report,
): Promise<void> => rateUntil(rater, wanted, () => countClosedOf(rater, seedSetId), report);

async function rateUntil(
  rater: MemberContext,
  wanted: number,
  count: () => Promise<number>,
  report: Report,
): Promise<void> {
  let lastChange = Date.now();
  let before = -1;
  while (Date.now() - lastChange < LEAVE_AFTER_MS) {
    while (await rateNext(rater)) {
      // One grid after the other until none is open.
    }
    const closed = await patiently(count);
    report(closed, wanted);
    if (closed >= wanted) return;
    if (closed !== before) lastChange = Date.now();
    before = closed;
    await wait(POLL_MS);
  }
}

/** Goes on where a demo that was cut off stopped: what was judged stays judged. */
async function rateNext(rater: MemberContext): Promise<boolean> {
  const claimed = await patiently(() => claimNextSeat(rater));
  if (!claimed || "refused" in claimed) return false;
  const { sittingId } = claimed;
  const startedAt = new Date();
  const { mode, cells, lastSeq, guideline } = await patiently(() => getSitting(rater, sittingId));
  const open = openPositions(cells, mode).flatMap((number) => cells[number - 1]?.imageId ?? []);
  const verdicts = await patiently(() => simulatedVerdicts(rater.db, rater.member.projectId, open));
  const judged = open.flatMap((imageId) => {
    const verdict = verdicts.get(imageId);
    return verdict ? [{ imageId, verdict }] : [];
  });
  const given = mode === "screen" ? upToFirstCorrect(judged) : judged;
  const events = given.map(({ imageId, verdict }, index) => ({
    clientKey: randomUUID(),
    clientSeq: lastSeq + index + 1,
    clientAt: new Date(),
    imageId,
    verdict,
    detail: null,
    method: "direct" as const,
  }));
  if (events.length > 0) await patiently(() => recordVerdictEvents(rater, { sittingId, events }));
  await patiently(() =>
    submitSitting(rater, {
      sittingId,
      guidelineVersion: guideline.version,
      paintedAt: startedAt,
      firstActionAt: startedAt,
      clientSubmittedAt: new Date(),
      activeMs: Date.now() - startedAt.getTime(),
    }),
  );
  return true;
}

function upToFirstCorrect<Judged extends { verdict: string }>(judged: readonly Judged[]): Judged[] {
  const first = judged.findIndex(({ verdict }) => verdict === "correct");
  return first === -1 ? [...judged] : judged.slice(0, first + 1);
}

async function countClosed({ db, member }: MemberContext, pairIds: readonly string[]) {
  const closed = await db
    .selectDistinct({ pairId: grids.pairId })
    .from(grids)
    .where(
      and(
        eq(grids.projectId, member.projectId),
        eq(grids.state, "closed"),
        inArray(grids.pairId, [...pairIds]),
      ),
    );
  return closed.length;
}

const countClosedOf = ({ db, member: { projectId } }: MemberContext, seedSetId: string) =>
  db.$count(
    grids,
    and(eq(grids.projectId, projectId), eq(grids.seedSetId, seedSetId), eq(grids.state, "closed")),
  );
