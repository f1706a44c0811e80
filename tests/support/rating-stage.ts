import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { sittings } from "@/db/schema";
import { claimSeats } from "@/server/rating/claim-next-seat";
import type { MemberContext } from "@/server/trpc/context";
import { cloneGrids } from "./make/clone-grids";
import { type MadeGrid, makeGrid } from "./make/grid";
import { makeMember } from "./make/member";
import { makeProject } from "./make/project";

/** A project with so many grids of so many seats, and people to rate them. */
export async function openStage(
  db: Db,
  { grids: count, raters = 1 }: { grids: number; raters?: number },
) {
  const { id: projectId } = await makeProject(db);
  const first = await makeGrid(db, { projectId, raters });
  const grids: MadeGrid[] = [first, ...(await cloneGrids(db, first, count - 1))];
  const researcher = await makeMember(db, { projectId, role: "researcher" });
  return {
    projectId,
    grids,
    researcher,
    rater: () => makeMember(db, { projectId, role: "expert" }),
    imageIds: first.imageIds,
  };
}

export async function claimBatch(rater: MemberContext, most = 3, besides: string[] = []) {
  const { sittingIds } = await claimSeats(rater, besides, most);
  return sittingIds;
}

export async function readSitting(db: Db, id: string) {
  const [sitting] = await db.select().from(sittings).where(eq(sittings.id, id));
  return sitting!;
}

/** As if all verdicts had been given and sent, in so many ms: for tests of what is handed out next. */
export async function finish(db: Db, sittingId: string, activeMs = 60_000): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(
      sql`update seat set completed_at = now(), leased_until = null where sitting_id = ${sittingId}`,
    );
    await tx
      .update(sittings)
      .set({ state: "submitted", submittedAt: sql`clock_timestamp()`, activeMs })
      .where(eq(sittings.id, sittingId));
    await tx.execute(sql`
      update grid set state = 'closed' where id = (select grid_id from sitting where id = ${sittingId}) and seats_open = 0`);
  });
}

export const ofKind = (db: Db, projectId: string, kind: "seat" | "repeat" | "gold" | "training") =>
  db
    .select()
    .from(sittings)
    .where(and(eq(sittings.projectId, projectId), eq(sittings.kind, kind)))
    .orderBy(sittings.id);
