import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Acknowledged } from "./http-rater";

type Row = {
  sitting_id: string;
  image_id: string;
  client_key: string;
  client_seq: number;
  verdict: string;
  stands: string | null;
};

/**
 * What raters were told is saved, beside what the database has of their project. Answers what is wrong, in words;
 * nothing when every acknowledged verdict is there once, in its order, stands as given, and no other is.
 */
export async function compareAcknowledged(
  db: Db,
  projectId: string,
  told: { verdicts: readonly Acknowledged[]; submitted: readonly string[] },
): Promise<string[]> {
  const rows = await listEvents(db, projectId);
  const byKey = Map.groupBy(rows, (row) => row.client_key);
  const wrong = told.verdicts.flatMap((verdict) => {
    const [row, ...more] = byKey.get(verdict.clientKey) ?? [];
    if (!row) return [`lost: ${verdict.clientKey}`];
    if (more.length > 0) return [`${more.length} too many: ${verdict.clientKey}`];
    return isAsTold(row, verdict) ? [] : [`changed: ${verdict.clientKey}`];
  });
  const keys = new Set(told.verdicts.map(({ clientKey }) => clientKey));
  if (keys.size !== told.verdicts.length) wrong.push("a key was acknowledged twice");
  const strangers = rows.filter((row) => !keys.has(row.client_key)).length;
  if (strangers > 0) wrong.push(`${strangers} that nobody was told of`);
  return [
    ...wrong,
    ...sayDisordered(rows),
    ...sayUnfinished(await listSubmitted(db, projectId), told.submitted),
  ];
}

const isAsTold = (row: Row, told: Acknowledged) =>
  row.sitting_id === told.sittingId &&
  row.image_id === told.imageId &&
  row.client_seq === told.clientSeq &&
  row.verdict === told.verdict &&
  row.stands === told.verdict;

/** Recorded in the order of the presses, within each sitting. */
function sayDisordered(rows: readonly Row[]): string[] {
  const bySitting = Map.groupBy(rows, (row) => row.sitting_id);
  return [...bySitting].flatMap(([sittingId, events]) => {
    const order = events.map((event) => event.client_seq);
    const isInOrder = order.every((seq, index) => seq === index + 1);
    return isInOrder ? [] : [`out of order in ${sittingId}: ${order.join(" ")}`];
  });
}

function sayUnfinished(sittings: ReadonlySet<string>, told: readonly string[]): string[] {
  const lost = told.filter((id) => !sittings.has(id));
  const wrong = lost.map((id) => `not submitted: ${id}`);
  if (sittings.size !== told.length) wrong.push(`${sittings.size} submitted, ${told.length} told`);
  return wrong;
}

async function listEvents(db: Db, projectId: string): Promise<Row[]> {
  // Ids go up with time: the order of recording.
  return db.execute<Row>(sql`
    select e.sitting_id, e.image_id, e.client_key, e.client_seq, e.verdict, v.verdict as stands
    from verdict_event e join sitting s on s.id = e.sitting_id
    left join verdict v on v.event_id = e.id
    where s.project_id = ${projectId} order by e.id`);
}

async function listSubmitted(db: Db, projectId: string): Promise<Set<string>> {
  const rows = await db.execute<{ id: string }>(sql`
    select id from sitting where project_id = ${projectId} and state = 'submitted'`);
  return new Set(rows.map(({ id }) => id));
}
