import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "@/db/client";
import type { Verdict } from "@/db/enums";
import { accounts, decisions, gridImages, grids, seats, sittings } from "@/db/schema";
import type { Decided } from "@/server/rating/domain/consensus";
import { isRated, type JudgedSeat, type Verdicts } from "./domain/is-rated";

/** Pairs with a Level of record, by the verdict events, the rulings and the completions that were decided. */
export async function readRatedPairs(db: DbOrTx, projectId: string): Promise<ReadonlySet<string>> {
  const found = await db
    .select({ id: grids.id, pairId: grids.pairId, mode: grids.mode, raters: grids.raters })
    .from(grids)
    .where(and(eq(grids.projectId, projectId), eq(grids.purpose, "mining")));
  const images = await readImages(db, projectId);
  const seated = await readSeats(db, projectId);
  const rulings = await readRulings(db, projectId);
  const screened = await readScreened(db, projectId);
  const rated = found.filter(({ id, mode, raters }) =>
    isRated({
      mode,
      raters,
      imageIds: images.get(id) ?? [],
      seats: seated.get(id) ?? [],
      rulings: rulings.get(id) ?? new Map(),
      screened: screened.get(id) ?? [],
    }),
  );
  return new Set(rated.map(({ pairId }) => pairId));
}

async function readImages(db: DbOrTx, projectId: string): Promise<Map<string, string[]>> {
  const rows = await db
    .select({ gridId: gridImages.gridId, imageId: gridImages.imageId })
    .from(gridImages)
    .innerJoin(grids, eq(grids.id, gridImages.gridId))
    .where(eq(grids.projectId, projectId));
  const byGrid = Map.groupBy(rows, ({ gridId }) => gridId);
  return new Map([...byGrid].map(([id, group]) => [id, group.map(({ imageId }) => imageId)]));
}

async function readSeats(db: DbOrTx, projectId: string): Promise<Map<string, JudgedSeat[]>> {
  const verdicts = bySitting(await readEvents(db, projectId));
  const rows = await db
    .select({
      gridId: seats.gridId,
      kind: seats.kind,
      completedAt: seats.completedAt,
      sittingId: seats.sittingId,
      mode: sittings.mode,
      isSimulated: accounts.isSimulated,
    })
    .from(seats)
    .leftJoin(sittings, eq(sittings.id, seats.sittingId))
    .leftJoin(accounts, eq(accounts.id, sittings.raterId))
    .where(eq(seats.projectId, projectId));
  const byGrid = Map.groupBy(rows, ({ gridId }) => gridId);
  const seatOf = ({ kind, completedAt, sittingId, mode, isSimulated }: (typeof rows)[number]) => ({
    kind,
    isCompleted: completedAt !== null,
    isSimulated: isSimulated === true,
    mode: mode ?? "full",
    verdicts: verdicts.get(sittingId ?? "") ?? new Map(),
  });
  return new Map([...byGrid].map(([id, group]) => [id, group.map(seatOf)]));
}

const Ruled = z.object({
  gridId: z.string(),
  rulings: z.array(
    z.object({ imageId: z.string(), verdict: z.enum(["correct", "incorrect"]).nullable() }),
  ),
});

/** The newest ruling of each image; one without a verdict took the ruling back. */
async function readRulings(
  db: DbOrTx,
  projectId: string,
): Promise<Map<string, Map<string, Decided>>> {
  const rows = await db
    .select({ payload: decisions.payload })
    .from(decisions)
    .where(and(eq(decisions.projectId, projectId), eq(decisions.action, "grid.adjudicate")))
    .orderBy(asc(decisions.seq));
  const byGrid = new Map<string, Map<string, Decided>>();
  for (const { payload } of rows) {
    const { gridId, rulings } = Ruled.parse(payload);
    const standing = byGrid.get(gridId) ?? new Map<string, Decided>();
    for (const { imageId, verdict } of rulings) {
      if (verdict) standing.set(imageId, verdict);
      else standing.delete(imageId);
    }
    byGrid.set(gridId, standing);
  }
  return byGrid;
}

type Judged = { sitting_id: string; image_id: string; verdict: Verdict | null };

const readEvents = (db: DbOrTx, projectId: string) =>
  db.execute<Judged>(sql`
    select distinct on (e.sitting_id, e.image_id) e.sitting_id, e.image_id, e.verdict
      from verdict_event e join sitting s on s.id = e.sitting_id
      where s.project_id = ${projectId}
      order by e.sitting_id, e.image_id, e.client_seq desc, e.client_at desc, e.id desc`);

/** What the sittings of a screened grid had judged when it was made a full one: their Level of that time stands. */
async function readScreened(db: DbOrTx, projectId: string): Promise<Map<string, Verdicts[]>> {
  const rows = await db.execute<Judged & { grid_id: string }>(sql`
    select distinct on (e.sitting_id, e.image_id) e.grid_id, e.sitting_id, e.image_id, e.verdict
      from decision d
        cross join lateral jsonb_array_elements_text(d.payload -> 'sittingIds') as ended (id)
        join verdict_event e on e.sitting_id = ended.id::uuid and e.created_at <= d.created_at
      where d.project_id = ${projectId} and d.action = 'grid.complete'
      order by e.sitting_id, e.image_id, e.client_seq desc, e.client_at desc, e.id desc`);
  const byGrid = Map.groupBy(rows, ({ grid_id }) => grid_id);
  return new Map([...byGrid].map(([id, group]) => [id, [...bySitting(group).values()]]));
}

function bySitting(rows: readonly Judged[]): Map<string, Verdicts> {
  const groups = Map.groupBy(rows, ({ sitting_id }) => sitting_id);
  const standing = (group: readonly Judged[]): Verdicts =>
    new Map(group.flatMap(({ image_id, verdict }) => (verdict ? [[image_id, verdict]] : [])));
  return new Map([...groups].map(([id, group]) => [id, standing(group)]));
}
