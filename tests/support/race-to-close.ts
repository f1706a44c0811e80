import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { closeRound, reopenRound } from "@/server/rating/close-round";
import { recordVerdictEvents } from "@/server/rating/record-verdict-events";
import type { MemberContext } from "@/server/trpc/context";
import { claimSitting } from "./claim";
import { verdictEvent } from "./rate";
import { openStage } from "./rating-stage";

const RATERS = 8;
const REASON = "Enough.";
const LATEST = 40;
// Who asked before the closing goes first; of those who ask later only what was on its way.
const LONGEST_LINE = 10 * RATERS;

type Judging = { who: MemberContext; sittingId: string };

/** Eight raters with a grid each; `raceToClose` may be run over and over on it. */
export async function openClosing(db: Db) {
  const { projectId, researcher, rater, imageIds } = await openStage(db, { grids: RATERS });
  const held: Judging[] = [];
  for (let seated = 0; seated < RATERS; seated += 1) {
    const who = await rater();
    held.push({ who, sittingId: await claimSitting(who) });
  }
  return { projectId, researcher, held, imageIds };
}

/**
 * The round closes at a random moment while its raters judge without a pause. What is there when the researcher is
 * told that it is closed is all that there will be, and who comes later is told why. Answers what was wrong, in
 * words, and opens the round again.
 */
export async function raceToClose(
  db: Db,
  { projectId, researcher, held, imageIds }: Awaited<ReturnType<typeof openClosing>>,
): Promise<string[]> {
  const wrong: string[] = [];
  const moment = Math.floor(Math.random() * LATEST);
  let recorded = 0;
  let come = () => {};
  const hasCome = new Promise<void>((resolve) => {
    come = resolve;
  });

  /** Until the first refusal; answers its reason. */
  async function judge({ who, sittingId }: Judging): Promise<string> {
    for (let seq = 1; ; seq += 1) {
      const event = verdictEvent(imageIds[seq % imageIds.length]!, seq, "incorrect");
      try {
        await recordVerdictEvents(who, { sittingId, events: [event] });
      } catch (error) {
        come();
        return (error as Error).message;
      }
      recorded += 1;
      if (recorded > moment) come();
    }
  }

  const judging = held.map(judge);
  await hasCome;
  const before = recorded;
  await closeRound(researcher, { number: 1, reason: REASON });
  const atClosing = await countEvents(db, projectId);
  const reasons = await Promise.all(judging);
  const late = (await countEvents(db, projectId)) - atClosing;
  const overtook = recorded - before;
  if (overtook > LONGEST_LINE) wrong.push(`${overtook} verdicts overtook the one who closes`);
  if (late > 0) wrong.push(`${late} verdicts came after the round was closed`);
  wrong.push(...reasons.filter((reason) => reason !== `Round 1 is closed: ${REASON}`));
  await reopenRound(researcher, 1);
  return wrong;
}

async function countEvents(db: Db, projectId: string): Promise<number> {
  const [row] = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from verdict_event e join sitting s on s.id = e.sitting_id where s.project_id = ${projectId}`);
  return row!.n;
}
