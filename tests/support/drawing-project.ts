import { randomUUID } from "node:crypto";
import { and, eq, ne, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { images, renderAttempts, renders } from "@/db/schema";
import { listGenerators } from "@/server/generation/list-generators";
import { makeRevision } from "@/server/generation/make-revision";
import { GeneratorParameters } from "@/server/generation/schemas";
import { startRun } from "@/server/generation/start-run";
import { makeProjectWithPairs } from "./make/project-with-pairs";

export type DrawingProject = Awaited<ReturnType<typeof makeDrawingProject>>;

/** A project whose run waits for an endpoint of its own name, so that tests never share work. */
export async function makeDrawingProject(db: Db, { renders: kept }: { renders: number }) {
  const { ctx, projectId } = await makeProjectWithPairs(db, Math.ceil(kept / 5));
  const endpoint = `fake-${randomUUID()}`;
  const [revision] = await listGenerators(db, projectId);
  if (!revision) throw new Error("The project has no generator");
  const { generatorId, method } = revision;
  const parameters = GeneratorParameters.parse(revision.parameters);
  const own = { generatorId, method, parameters, endpointName: endpoint, otherWeights: false };
  const { id: generatorRevisionId } = await makeRevision(ctx, own);
  await startRun(ctx, { generatorRevisionId });
  const mine = await db
    .select()
    .from(renders)
    .where(eq(renders.projectId, projectId))
    .orderBy(renders.id);
  for (const { id } of mine.slice(kept)) {
    await db.update(renders).set({ state: "cancelled" }).where(eq(renders.id, id));
  }
  const [first] = mine;
  if (!first) throw new Error("The run has no renders");
  return {
    ctx,
    projectId,
    endpoint,
    first,
    /** The first render as it is now. */
    render: async () => {
      const [render] = await db.select().from(renders).where(eq(renders.id, first.id));
      return render!;
    },
    countDone: async () => {
      const done = await db.select().from(renders).where(eq(renders.projectId, projectId));
      return done.filter((render) => render.state === "done").length;
    },
    images: () => db.select().from(images).where(eq(images.projectId, projectId)),
    attempts: () =>
      db
        .select()
        .from(renderAttempts)
        .where(eq(renderAttempts.renderId, first.id))
        .orderBy(renderAttempts.attempt),
    /** Ends the wait of a backoff without waiting. */
    hurry: () =>
      db.update(renders).set({ notBefore: sql`now()` }).where(eq(renders.projectId, projectId)),
    /** Leaves one render to be drawn; the ids of the others, which wait for `drawNow`. */
    putOffAllButFirst: async () => {
      const isOther = and(eq(renders.projectId, projectId), ne(renders.id, first.id));
      const put = await db
        .update(renders)
        .set({ notBefore: sql`now() + interval '1 hour'` })
        .where(and(isOther, eq(renders.state, "queued")))
        .returning({ id: renders.id });
      return put.map(({ id }) => id);
    },
    drawNow: (id: string) =>
      db.update(renders).set({ notBefore: sql`now()` }).where(eq(renders.id, id)),
    /** Changes what is asked of the endpoint, a size for instance. */
    askFor: (change: Record<string, unknown>) =>
      db
        .update(renders)
        .set({ input: sql`${renders.input} || ${JSON.stringify(change)}::jsonb` })
        .where(eq(renders.id, first.id)),
    /** Lets another endpoint draw what still waits. */
    moveTo: (endpointName: string) =>
      db.update(renders).set({ endpointName }).where(eq(renders.endpointName, endpoint)),
    /** Writes an old lease on all that this bridge holds. */
    loseLeasesOf: (bridgeId: string) =>
      db
        .update(renders)
        .set({ leasedUntil: sql`now() - interval '1 second'` })
        .where(eq(renders.leasedBy, bridgeId)),
  };
}
