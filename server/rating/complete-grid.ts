import { and, asc, eq, inArray, isNotNull, isNull, max, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accounts, grids, memberships, pairs, seats, sittings } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { openPositions } from "./domain/open-positions";
import { isSimulatedRater } from "./is-simulated-rater";
import type { GridInput } from "./schemas";
import { readShown, writeLevel } from "./write-level";

type Screened = Awaited<ReturnType<typeof lockScreened>>[number];

/** Days that the seat is kept for the rater who screened the grid; then anyone may judge it. */
const KEPT_DAYS = 7;

/** Makes a screened grid a full one: what is still open is judged, and a full Level joins the screened one. */
export async function completeGrid(ctx: MemberContext, { gridId }: GridInput): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [grid] = await tx
      .select({ mode: grids.mode })
      .from(grids)
      .where(and(eq(grids.id, gridId), eq(grids.projectId, ctx.member.projectId)));
    if (!grid) throw new AppError("NOT_FOUND", "No such grid.");
    if (grid.mode === "full") return;
    if ((await completeGrids(tx, ctx, [gridId])) === 0) {
      throw new AppError("CONFLICT", "Nobody has screened this grid to its end yet.");
    }
  });
}

/** Answers how many grids were screened to their end and so became full ones. */
export async function completeGrids(
  tx: Tx,
  ctx: MemberContext,
  gridIds: readonly string[],
): Promise<number> {
  const screened = await lockScreened(tx, ctx.member.projectId, gridIds);
  const byGrid = Map.groupBy(screened, ({ seat }) => seat.gridId);
  for (const [gridId, ended] of byGrid) {
    // A full grid stands in columns, whatever order it was screened in.
    await tx.update(grids).set({ mode: "full", layout: "columns" }).where(eq(grids.id, gridId));
    for (const one of ended) await goOn(tx, one);
    await recordCompletion(tx, ctx, gridId, ended);
  }
  return byGrid.size;
}

/** Every seat before any counter moves, and in one order: two who complete at once take turns. */
function lockScreened(tx: Tx, projectId: string, gridIds: readonly string[]) {
  return tx
    .select({ seat: seats, sitting: sittings })
    .from(seats)
    .innerJoin(sittings, eq(sittings.id, seats.sittingId))
    .innerJoin(grids, eq(grids.id, seats.gridId))
    .where(
      and(
        eq(seats.projectId, projectId),
        inArray(seats.gridId, [...gridIds]),
        isNotNull(seats.completedAt),
        eq(grids.mode, "screen"),
        eq(grids.state, "closed"),
      ),
    )
    .orderBy(asc(seats.id))
    .for("no key update", { of: [seats, sittings, grids] });
}

async function goOn(tx: Tx, { seat, sitting }: Screened): Promise<void> {
  const full = { ...sitting, mode: "full" as const };
  const cells = await readShown(tx, full);
  if (openPositions(cells, "full").length === 0) return closeAsFull(tx, full, cells);
  await tx.update(grids).set({ state: "open" }).where(eq(grids.id, seat.gridId));
  if (await isStillHere(tx, sitting)) return reviveSitting(tx, seat.id, sitting.id);
  const [last] = await tx
    .select({ number: max(seats.number) })
    .from(seats)
    .where(eq(seats.gridId, seat.gridId));
  const number = (last?.number ?? 0) + 1;
  await tx.insert(seats).values({ projectId: seat.projectId, gridId: seat.gridId, number });
}

/** All 20 were judged already: screening found none correct, and nobody has to look again. */
async function closeAsFull(
  tx: Tx,
  sitting: Screened["sitting"],
  cells: Awaited<ReturnType<typeof readShown>>,
): Promise<void> {
  await tx.update(sittings).set({ mode: "full" }).where(eq(sittings.id, sitting.id));
  const isSimulated = await isSimulatedRater(tx, sitting.raterId);
  await writeLevel(tx, { ...sitting, isSimulated }, cells);
}

async function reviveSitting(tx: Tx, seatId: string, sittingId: string): Promise<void> {
  await tx
    .update(sittings)
    .set({ state: "live", mode: "full", submittedAt: null })
    .where(eq(sittings.id, sittingId));
  await tx
    .update(seats)
    .set({ completedAt: null, leasedUntil: sql`now() + make_interval(days => ${KEPT_DAYS})` })
    .where(eq(seats.id, seatId));
}

async function isStillHere(
  tx: Tx,
  { projectId, raterId }: Pick<Screened["sitting"], "projectId" | "raterId">,
): Promise<boolean> {
  const [rater] = await tx
    .select({ id: accounts.id })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.projectId, projectId),
        eq(memberships.accountId, raterId),
        isNull(accounts.disabledAt),
      ),
    );
  return rater !== undefined;
}

async function recordCompletion(
  tx: Tx,
  { viewer, member }: MemberContext,
  gridId: string,
  ended: readonly Screened[],
): Promise<void> {
  const [grid] = await tx
    .select({ pairId: pairs.id })
    .from(grids)
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .where(eq(grids.id, gridId));
  await recordDecision(tx, {
    projectId: member.projectId,
    actorId: viewer.accountId,
    action: "grid.complete",
    subjectId: grid?.pairId,
    payload: { gridId, sittingIds: ended.map(({ sitting }) => sitting.id) },
  });
  await notifyLive(tx, { projectId: member.projectId, topic: "grid", id: gridId });
}
