import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { grids, sittings } from "@/db/schema";
import { startRepair } from "@/server/comparison/start-repair";
import { listGenerators } from "@/server/generation/list-generators";
import { makeRevision } from "@/server/generation/make-revision";
import { GeneratorParameters } from "@/server/generation/schemas";
import { startRun } from "@/server/generation/start-run";
import type { MemberContext } from "@/server/trpc/context";
import { claimSitting } from "./claim";
import type { LoopDriver } from "./loop-driver";
import { makeMember } from "./make/member";
import { makeProjectWithPairs } from "./make/project-with-pairs";
import { judgeAll, submit } from "./rate";

export type RepairProject = Awaited<ReturnType<typeof makeRepairProject>>;

/** Pairs that an expert put at Level 5 with the project's generator, and a method of an endpoint of its own. */
export async function makeRepairProject(db: Db, driver: LoopDriver, count: number) {
  const made = await makeProjectWithPairs(db, count);
  const { ctx, projectId } = made;
  const [baseline] = await listGenerators(db, projectId);
  const rater = await makeMember(db, { projectId, role: "expert", name: "Rita" });
  await startRun(ctx, { generatorRevisionId: baseline!.id });
  await driver.draw();
  await driver.settle();
  for (let pair = 0; pair < count; pair += 1) await driver.rateOne(rater, 0);
  const method = await makeMethod(ctx, baseline!);
  return {
    ...made,
    rater,
    baselineId: baseline!.id,
    methodId: method.id,
    methodEndpoint: method.endpoint,
    start: (pairIds = made.pairIds) =>
      startRepair(ctx, {
        baselineRevisionId: baseline!.id,
        methodRevisionIds: [method.id],
        pairIds,
      }),
    repairGrids: () =>
      db
        .select()
        .from(grids)
        .where(and(eq(grids.projectId, projectId), eq(grids.purpose, "repair"))),
    /** Rates the next grid as `correctOf` says of its pair and generator. */
    rateNext: async (
      correctOf: (grid: typeof grids.$inferSelect) => number,
      by: MemberContext = rater,
    ) => {
      const sittingId = await claimSitting(by);
      const [found] = await db
        .select({ grid: grids })
        .from(sittings)
        .innerJoin(grids, eq(grids.id, sittings.gridId))
        .where(eq(sittings.id, sittingId));
      const imageIds = await imagesOf(db, found!.grid.id);
      await judgeAll(by, sittingId, { imageIds, correct: correctOf(found!.grid) });
      await submit(by, sittingId);
      return found!.grid;
    },
  };
}

async function makeMethod(
  ctx: MemberContext,
  { generatorId, parameters }: Awaited<ReturnType<typeof listGenerators>>[number],
) {
  const endpoint = `method-${ctx.member.slug}`;
  const { id } = await makeRevision(ctx, {
    generatorId,
    method: "moce",
    parameters: { ...GeneratorParameters.parse(parameters), steps: 40 },
    endpointName: endpoint,
    otherWeights: false,
  });
  return { id, endpoint };
}

async function imagesOf(db: Db, gridId: string): Promise<string[]> {
  const rows = await db.query.gridImages.findMany({
    where: (row, { eq: is }) => is(row.gridId, gridId),
    orderBy: (row, { asc }) => asc(row.position),
  });
  return rows.map(({ imageId }) => imageId);
}
