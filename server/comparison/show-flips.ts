import { and, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { images, renders, runRenders, runs } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import { flipCurves } from "./domain/flip-curves";
import { PROBE, type Probed, readProbe } from "./domain/read-probe";
import { findRepair, readSides } from "./find-repair";
import { readComparedPairs } from "./read-compared";
import type { ShowFlips } from "./schemas";

type Context = { db: DbOrTx; member: Pick<MemberContext["member"], "projectId"> };

// Traces of so many pairs are held at once: with 100 intervals both ways round, some ten kilobytes an image.
const PAIRS_AT_ONCE = 50;

/** When each concept is decided, of every generator of a comparison that is the probe, over all images that it drew in it. */
export async function showFlips({ db, member }: Context, { repair: number, patternId }: ShowFlips) {
  const { projectId } = member;
  const repair = await findRepair(db, projectId, number);
  if (!repair) throw new AppError("NOT_FOUND", "No such comparison.");
  const probes = (await readSides(db, repair)).filter(({ method }) => method === PROBE);
  if (probes.length === 0) return [];
  const pairIds = (await readComparedPairs(db, repair))
    .filter((pair) => !patternId || pair.patternId === patternId)
    .map(({ pairId }) => pairId);
  const found: { revisionId: string; images: number; curves: ReturnType<typeof flipCurves> }[] = [];
  for (const { revisionId } of probes) {
    const told: (Probed | null)[] = [];
    for (let from = 0; from < pairIds.length; from += PAIRS_AT_ONCE) {
      const some = pairIds.slice(from, from + PAIRS_AT_ONCE);
      for (const { trace, positions } of await readTraces(
        { db, member },
        { repairId: repair.id, revisionId, pairIds: some },
      ))
        told.push(...positions.map((position) => readProbe(trace, position)));
    }
    found.push({ revisionId, images: told.length, curves: flipCurves(told) });
  }
  return found;
}

type Asked = { repairId: string; revisionId: string; pairIds: string[] };

function readTraces({ db, member }: Context, { repairId, revisionId, pairIds }: Asked) {
  const ofPairs = db
    .select({ id: runRenders.renderId })
    .from(runRenders)
    .innerJoin(runs, eq(runs.id, runRenders.runId))
    .where(and(eq(runs.repairId, repairId), inArray(runRenders.pairId, pairIds)));
  return db
    .select({
      trace: renders.trace,
      positions: sql<number[]>`array_agg(${images.position})`,
    })
    .from(renders)
    .innerJoin(images, eq(images.renderId, renders.id))
    .where(
      and(
        eq(renders.projectId, member.projectId),
        eq(renders.generatorRevisionId, revisionId),
        inArray(renders.id, ofPairs),
      ),
    )
    .groupBy(renders.id);
}
