import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { recordVerdictEvents } from "@/server/rating/record-verdict-events";
import type { MemberContext } from "@/server/trpc/context";
import { verdictEvent } from "./rate";

const TIMES = 10;

type Place = { who: MemberContext; sittingId: string; imageIds: readonly string[] };

/**
 * One press after the other, each sent ten times at once as by a window that hears no answer: one of the ten is
 * recorded, the others are told that it is known. Answers what was wrong, in words; nothing when all was right.
 */
export async function sendAtOnce(
  db: Db,
  { who, sittingId, imageIds }: Place,
  bursts: number,
): Promise<string[]> {
  const wrong: string[] = [];
  const keys: string[] = [];
  const before = await readCounts(db, sittingId);
  for (let burst = 1; burst <= bursts; burst += 1) {
    const imageId = imageIds[burst % imageIds.length]!;
    const event = verdictEvent(imageId, before.version + burst, "incorrect");
    const key = { ...event, clientKey: randomUUID() };
    keys.push(key.clientKey);
    const answers = await Promise.allSettled(
      Array.from({ length: TIMES }, () => recordVerdictEvents(who, { sittingId, events: [key] })),
    );
    wrong.push(...answers.flatMap((answer) => sayRefused(answer)));
    const recorded = answers.filter(
      (answer) =>
        answer.status === "fulfilled" && "recorded" in answer.value && answer.value.recorded === 1,
    ).length;
    if (recorded !== 1) wrong.push(`${recorded} of ten were recorded`);
  }
  return [...wrong, ...(await listDoubled(db, sittingId, before.version + bursts))];
}

const sayRefused = (answer: PromiseSettledResult<unknown>) =>
  answer.status === "rejected" ? [`refused: ${(answer.reason as Error).message}`] : [];

async function listDoubled(db: Db, sittingId: string, wanted: number): Promise<string[]> {
  const { version, events, keys } = await readCounts(db, sittingId);
  const wrong = [];
  if (events !== wanted) wrong.push(`${events} events of ${wanted} keys`);
  if (keys !== events) wrong.push(`${events - keys} events doubled`);
  if (version !== wanted) wrong.push(`version ${version} after ${wanted} events`);
  return wrong;
}

async function readCounts(db: Db, sittingId: string) {
  const [row] = await db.execute<{ version: number; events: number; keys: number }>(sql`
    select s.version, count(e.id)::int as events, count(distinct e.client_key)::int as keys
    from sitting s left join verdict_event e on e.sitting_id = s.id where s.id = ${sittingId} group by s.id`);
  return row!;
}
