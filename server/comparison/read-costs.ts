import { and, eq, inArray, isNotNull, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { DbOrTx } from "@/db/client";
import { images, renders, runRenders, runs } from "@/db/schema";
import { isFirstImage } from "@/server/generation/is-first-image";

export type Cost = {
  generatorRevisionId: string;
  images: number;
  /** Forward UNet rows an image, as counted by the endpoint; null: it counts none. */
  evals: number | null;
  backwards: number | null;
  /** Of the endpoint's own clock, an image; null: it told no times. */
  seconds: number | null;
};

const second = alias(renders, "second");
const ofRender = sql`(select count(*) from ${images} where ${images.renderId} = ${renders.id})`;
// `total` is the whole of it where an endpoint tells that; otherwise its phases follow each other.
const secondsOf = sql`coalesce((${renders.timings} ->> 'total')::float8,
  (select sum(value::float8) from jsonb_each_text(case jsonb_typeof(${renders.timings}) when 'object' then ${renders.timings} else '{}' end)))`;

/** What an image of each revision has cost so far, over all that it drew in the project, or in one comparison. */
export async function readCosts(
  db: DbOrTx,
  projectId: string,
  of: { revisionIds: readonly string[] } | { repairId: string },
): Promise<Cost[]> {
  return db
    .select({
      generatorRevisionId: renders.generatorRevisionId,
      images: sql<number>`coalesce(sum(${ofRender}) filter (where not ${isFirstImage}), 0)::int`,
      evals: perImage(sql`${renders.evals}`),
      backwards: perImage(sql`${renders.backwards}`),
      seconds: sql<
        number | null
      >`sum(${secondsOf}) / nullif(sum(${ofRender}) filter (where ${secondsOf} is not null and not ${isFirstImage}), 0)`,
    })
    .from(renders)
    .where(
      and(
        eq(renders.projectId, projectId),
        eq(renders.state, "done"),
        "repairId" in of
          ? or(
              inArray(renders.id, rendersOf(db, of.repairId)),
              inArray(renders.id, firstsOf(db, of.repairId)),
            )
          : inArray(renders.generatorRevisionId, [...of.revisionIds]),
      ),
    )
    .groupBy(renders.generatorRevisionId);
}

/** Evals and backward passes are told per image; renders of more images weigh more. */
const perImage = (column: SQL) =>
  sql<
    number | null
  >`sum(${column} * ${ofRender})::float8 / nullif(sum(${ofRender}) filter (where ${column} is not null and not ${isFirstImage}), 0)`;

const rendersOf = (db: DbOrTx, repairId: string) =>
  db
    .select({ id: runRenders.renderId })
    .from(runRenders)
    .innerJoin(runs, eq(runs.id, runRenders.runId))
    .where(eq(runs.repairId, repairId));

const firstsOf = (db: DbOrTx, repairId: string) =>
  db
    .select({ id: sql<string>`${second.firstRenderId}` })
    .from(second)
    .where(and(isNotNull(second.firstRenderId), inArray(second.id, rendersOf(db, repairId))));
