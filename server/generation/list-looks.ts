import { and, asc, count, eq, inArray, or } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { generatorRevisions, generators, images, pairs, quickLooks } from "@/db/schema";

const READY_PAGE = 100;
const STOPPED_SHOWN = 20;

/**
 * Looks that wait for a person, pairs before concepts, with their images; and what else is under way. What the LLM expects
 * to see instead is left out on purpose: it would steer the eye.
 */
export async function listLooks(db: DbOrTx, projectId: string) {
  const [ready, stopped, [drawing]] = await Promise.all([
    readyLooks(db, projectId),
    stoppedLooks(db, projectId),
    db
      .select({ looks: count() })
      .from(quickLooks)
      .where(and(eq(quickLooks.projectId, projectId), eq(quickLooks.state, "drawing"))),
  ]);
  return { ready, stopped, drawing: drawing?.looks ?? 0 };
}
export type ReadyLook = Awaited<ReturnType<typeof listLooks>>["ready"][number];
export type StoppedLook = Awaited<ReturnType<typeof listLooks>>["stopped"][number];

const SUBJECT = {
  id: quickLooks.id,
  kind: quickLooks.kind,
  pairId: quickLooks.pairId,
  a: pairs.conceptA,
  b: pairs.conceptB,
  concept: quickLooks.concept,
  renderId: quickLooks.renderId,
};

const isOfLivePair = or(eq(quickLooks.kind, "capability"), eq(pairs.state, "accepted"));

async function readyLooks(db: DbOrTx, projectId: string) {
  const rows = await db
    .select({
      ...SUBJECT,
      generator: generators.name,
      revision: generatorRevisions.number,
    })
    .from(quickLooks)
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, quickLooks.generatorRevisionId))
    .innerJoin(generators, eq(generators.id, generatorRevisions.generatorId))
    .leftJoin(pairs, eq(pairs.id, quickLooks.pairId))
    .where(and(eq(quickLooks.projectId, projectId), eq(quickLooks.state, "ready"), isOfLivePair))
    .orderBy(asc(quickLooks.kind), asc(quickLooks.id))
    .limit(READY_PAGE);
  const made = await imagesOf(
    db,
    rows.map(({ renderId }) => renderId),
  );
  return rows.map((row) => ({ ...row, imageIds: made.get(row.renderId) ?? [] }));
}

const stoppedLooks = (db: DbOrTx, projectId: string) =>
  db
    .select({
      ...SUBJECT,
      state: quickLooks.state,
      reason: quickLooks.reason,
      generatorRevisionId: quickLooks.generatorRevisionId,
    })
    .from(quickLooks)
    .leftJoin(pairs, eq(pairs.id, quickLooks.pairId))
    .where(
      and(
        eq(quickLooks.projectId, projectId),
        inArray(quickLooks.state, ["failed", "cancelled"]),
        isOfLivePair,
      ),
    )
    .orderBy(asc(quickLooks.id))
    .limit(STOPPED_SHOWN);

/** The images of these renders in the order of their seeds. */
export async function imagesOf(db: DbOrTx, renderIds: readonly string[]) {
  if (renderIds.length === 0) return new Map<string, string[]>();
  const rows = await db
    .select({ id: images.id, renderId: images.renderId })
    .from(images)
    .where(inArray(images.renderId, [...renderIds]))
    .orderBy(asc(images.renderId), asc(images.position));
  const byRender = Map.groupBy(rows, ({ renderId }) => renderId);
  return new Map([...byRender].map(([id, group]) => [id, group.map((image) => image.id)]));
}
