import { and, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { accounts, goldVerdicts, sittings, verdicts } from "@/db/schema";
import type { RowOf } from "./column";
import type { RATER_COLUMNS } from "./columns";
import { pseudonym } from "./rater";

/** Everyone who sat at a grid, by pseudonym alone: neither name nor mail is read here. */
export async function* raterRows(
  tx: Tx,
  projectId: string,
): AsyncGenerator<RowOf<typeof RATER_COLUMNS>> {
  const raters = await readRaters(tx, projectId);
  const repeats = new Map((await readRepeats(tx, projectId)).map((row) => [row.raterId, row]));
  const gold = new Map((await readGold(tx, projectId)).map((row) => [row.raterId, row]));
  const rows = raters.map(({ raterId, isSimulated, medianMs, ...counts }) => {
    const again = repeats.get(raterId);
    const known = gold.get(raterId);
    return {
      rater: pseudonym(projectId, raterId),
      kind: isSimulated ? "simulated" : "expert",
      ...counts,
      median_active_seconds: medianMs === null ? null : medianMs / 1000,
      repeats: again?.repeats ?? 0,
      repeat_images: again?.images ?? 0,
      repeat_same: again?.same ?? 0,
      gold_grids: known?.grids ?? 0,
      gold_images: known?.images ?? 0,
      gold_accuracy: known && known.images > 0 ? known.right / known.images : null,
    };
  });
  // Their ids would tell who came to the instance before whom.
  yield* rows.sort((one, other) => (one.rater < other.rater ? -1 : 1));
}

const number = (expression: ReturnType<typeof sql>) => sql<number>`${expression}`.mapWith(Number);

function readRaters(tx: Tx, projectId: string) {
  const isForLevel = sql`${sittings.kind} = 'seat' and ${sittings.state} = 'submitted'`;
  return tx
    .select({
      raterId: sittings.raterId,
      isSimulated: accounts.isSimulated,
      grids: number(sql`count(*) filter (where ${isForLevel})`),
      late: number(sql`count(*) filter (where ${isForLevel} and ${sittings.isExtra})`),
      medianMs: sql<
        number | null
      >`percentile_cont(0.5) within group (order by ${sittings.activeMs}) filter (where ${isForLevel})`,
    })
    .from(sittings)
    .innerJoin(accounts, eq(accounts.id, sittings.raterId))
    .where(eq(sittings.projectId, projectId))
    .groupBy(sittings.raterId, accounts.isSimulated);
}

/** Images that the same rater judged at the first time and again; a broken one was not judged. */
function readRepeats(tx: Tx, projectId: string) {
  const first = alias(sittings, "first_sitting");
  const before = alias(verdicts, "first_verdict");
  const isJudged = sql`${verdicts.verdict} <> 'broken' and ${before.verdict} <> 'broken'`;
  return tx
    .select({
      raterId: sittings.raterId,
      repeats: number(sql`count(distinct ${sittings.id})`),
      images: number(sql`count(*) filter (where ${isJudged})`),
      same: number(
        sql`count(*) filter (where ${isJudged} and ${verdicts.verdict} = ${before.verdict})`,
      ),
    })
    .from(sittings)
    .innerJoin(
      first,
      and(
        eq(first.gridId, sittings.gridId),
        eq(first.raterId, sittings.raterId),
        eq(first.kind, "seat"),
        eq(first.state, "submitted"),
      ),
    )
    .innerJoin(verdicts, eq(verdicts.sittingId, sittings.id))
    .innerJoin(before, and(eq(before.sittingId, first.id), eq(before.imageId, verdicts.imageId)))
    .where(
      and(
        eq(sittings.projectId, projectId),
        eq(sittings.kind, "repeat"),
        eq(sittings.state, "submitted"),
      ),
    )
    .groupBy(sittings.raterId);
}

function readGold(tx: Tx, projectId: string) {
  return tx
    .select({
      raterId: sittings.raterId,
      grids: number(sql`count(distinct ${sittings.id})`),
      images: number(sql`count(*) filter (where ${verdicts.verdict} <> 'broken')`),
      right: number(sql`count(*) filter (where ${verdicts.verdict} = ${goldVerdicts.verdict})`),
    })
    .from(sittings)
    .innerJoin(verdicts, eq(verdicts.sittingId, sittings.id))
    .innerJoin(
      goldVerdicts,
      and(eq(goldVerdicts.gridId, sittings.gridId), eq(goldVerdicts.imageId, verdicts.imageId)),
    )
    .where(
      and(
        eq(sittings.projectId, projectId),
        eq(sittings.kind, "gold"),
        eq(sittings.state, "submitted"),
      ),
    )
    .groupBy(sittings.raterId);
}
