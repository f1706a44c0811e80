import { and, asc, desc, eq, gt, inArray, ne } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import {
  accounts,
  adjudications,
  consensuses,
  gridImages,
  grids,
  levels,
  seats,
  sittings,
  verdictEvents,
} from "@/db/schema";
import {
  type GridEvidence,
  type RecordedLevels,
  sayConsensus,
  sayLevel,
} from "./domain/recorded-levels";

export type KeptGrid = {
  gridId: string;
  projectId: string;
  evidence: GridEvidence;
  kept: RecordedLevels;
};

/** The next so many grids in the order of their ids: what was done at each, and what was kept of it. */
export async function readEvidence(
  tx: DbOrTx,
  { after, most }: { after: string | null; most: number },
): Promise<KeptGrid[]> {
  const page = await tx
    .select({ id: grids.id, projectId: grids.projectId, mode: grids.mode, layout: grids.layout })
    .from(grids)
    .where(after ? gt(grids.id, after) : undefined)
    .orderBy(asc(grids.id))
    .limit(most);
  const ids = page.map(({ id }) => id);
  if (ids.length === 0) return [];
  const images = byGrid(await readImages(tx, ids));
  const chairs = byGrid(await readSeats(tx, ids));
  const sat = byGrid(await readSittings(tx, ids));
  const kept = await readKept(tx, ids);
  return page.map(({ id, projectId, mode, layout }) => ({
    gridId: id,
    projectId,
    evidence: {
      mode,
      layout,
      images: images.get(id) ?? [],
      seats: chairs.get(id) ?? [],
      sittings: sat.get(id) ?? [],
    },
    kept: kept(id, sat.get(id) ?? []),
  }));
}

const byGrid = <Row extends { gridId: string }>(rows: readonly Row[]) =>
  Map.groupBy(rows, (row) => row.gridId);

async function readImages(tx: DbOrTx, ids: string[]) {
  const rows = await tx
    .select({
      gridId: gridImages.gridId,
      imageId: gridImages.imageId,
      position: gridImages.position,
      verdict: adjudications.verdict,
    })
    .from(gridImages)
    .leftJoin(
      adjudications,
      and(
        eq(adjudications.gridId, gridImages.gridId),
        eq(adjudications.imageId, gridImages.imageId),
      ),
    )
    .where(inArray(gridImages.gridId, ids));
  return rows.map(({ verdict, ...image }) => ({
    ...image,
    adjudicated: verdict === "correct" || verdict === "incorrect" ? verdict : null,
  }));
}

async function readSeats(tx: DbOrTx, ids: string[]) {
  const rows = await tx
    .select({
      gridId: seats.gridId,
      sittingId: seats.sittingId,
      kind: seats.kind,
      completedAt: seats.completedAt,
    })
    .from(seats)
    .where(inArray(seats.gridId, ids))
    .orderBy(asc(seats.number));
  return rows.map(({ completedAt, ...seat }) => ({ ...seat, isCompleted: completedAt !== null }));
}

async function readSittings(tx: DbOrTx, ids: string[]) {
  const ofSeats = and(
    inArray(sittings.gridId, ids),
    eq(sittings.kind, "seat"),
    eq(sittings.state, "submitted"),
  );
  const [sat, events] = [
    await tx
      .select({
        gridId: sittings.gridId,
        sittingId: sittings.id,
        mode: sittings.mode,
        orderSeed: sittings.orderSeed,
        isSimulated: accounts.isSimulated,
      })
      .from(sittings)
      .innerJoin(accounts, eq(accounts.id, sittings.raterId))
      .where(ofSeats),
    // The last word on each image: the same order as when it was recorded.
    await tx
      .selectDistinctOn([verdictEvents.sittingId, verdictEvents.imageId], {
        sittingId: verdictEvents.sittingId,
        imageId: verdictEvents.imageId,
        verdict: verdictEvents.verdict,
      })
      .from(verdictEvents)
      .innerJoin(sittings, eq(sittings.id, verdictEvents.sittingId))
      .where(ofSeats)
      .orderBy(
        verdictEvents.sittingId,
        verdictEvents.imageId,
        desc(verdictEvents.clientSeq),
        desc(verdictEvents.clientAt),
        desc(verdictEvents.id),
      ),
  ];
  const said = Map.groupBy(events, (event) => event.sittingId);
  return sat.map((sitting) => ({
    ...sitting,
    verdicts: new Map(
      (said.get(sitting.sittingId) ?? []).flatMap(({ imageId, verdict }) =>
        verdict ? [[imageId, verdict] as const] : [],
      ),
    ),
  }));
}

type Sat = Awaited<ReturnType<typeof readSittings>>;

async function readKept(tx: DbOrTx, ids: string[]) {
  const own = byGrid(
    await tx
      .select()
      .from(levels)
      .where(and(inArray(levels.gridId, ids), ne(levels.source, "automatic"))),
  );
  const joint = new Map(
    (await tx.select().from(consensuses).where(inArray(consensuses.gridId, ids))).map((row) => [
      row.gridId,
      sayConsensus(row),
    ]),
  );
  return (gridId: string, sat: Sat): RecordedLevels => {
    const modes = new Map(sat.map(({ sittingId, mode }) => [sittingId, mode]));
    // The screened Level of a grid that was completed since stands on what was seen back then.
    const isOfToday = ({ sittingId, mode }: { sittingId: string | null; mode: string }) =>
      sittingId === null || mode === "full" || modes.get(sittingId) === mode;
    return {
      levels: (own.get(gridId) ?? []).filter(isOfToday).map(sayLevel),
      consensus: joint.get(gridId) ?? null,
    };
  };
}
