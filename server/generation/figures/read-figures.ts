import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { AttemptFailure } from "@/db/enums";
import { endpoints, renderAttempts, renders } from "@/db/schema";

/** Figures are of a revision's newest renders: what a generator does now, at a cost that does not grow. */
export const FIGURES_OF = 2000;

export type Figures = {
  revisionId: string;
  renders: number;
  images: number;
  imagesLastHour: number;
  /** While it drew: of the time in which at least one of them was in work; null: the endpoint told no times. */
  imagesPerHour: number | null;
  /** Of the endpoint's own clock, an image. */
  secondsP50: number | null;
  secondsP95: number | null;
  evals: number | null;
  backwards: number | null;
  /** Hundredths an image, from the price of an image there, or measured seconds and the price of the hour; null: nobody said one. */
  centsPerImage: number | null;
  /** How many of the images have a price. */
  pricedImages: number;
};

// `total` is the whole of it where an endpoint tells that; otherwise its phases follow each other.
const secondsOf = (render: string) => {
  const timings = sql.raw(`${render}.timings`);
  return sql`coalesce((${timings} ->> 'total')::float8,
  (select sum(value::float8) from jsonb_each_text(case jsonb_typeof(${timings}) when 'object' then ${timings} else '{}' end)))`;
};

/** Counted from what was drawn: nothing here is an estimate. */
export async function readFigures(db: Db, revisionIds: readonly string[]): Promise<Figures[]> {
  if (revisionIds.length === 0) return [];
  return db.execute<Figures>(sql`
    with newest as (
      select wanted.id as revision_id, r.*
      from unnest(${textArray(revisionIds)}) as wanted (id)
      cross join lateral (
        select r.id, r.evals, r.backwards, r.finished_at, r.attempt, r.endpoint_name, ${secondsOf("r")} as seconds,
          jsonb_array_length(r.input -> 'seeds') as seeds,
          -- What a method draws twice is one image: the first is a part of its cost, and none of its images.
          case when exists (select 1 from ${renders} s where s.first_render_id = r.id) then 0
            else jsonb_array_length(r.input -> 'seeds') end as images,
          coalesce((select ${secondsOf("f")} from ${renders} f where f.id = r.first_render_id), 0) as first_seconds
        from ${renders} r
        where r.generator_revision_id = wanted.id and r.state = 'done' and r.finished_at is not null
        order by r.id desc limit ${FIGURES_OF}
      ) r
    ), priced as (
      select newest.*,
        case when e.image_cents is null then e.hour_cents * newest.seconds / 3600
          -- Who is charged by the image pays for each that was drawn, a first one too.
          else e.image_cents * newest.seeds + coalesce(e.hour_cents * newest.seconds / 3600, 0) end as cents
      from newest
      left join ${renderAttempts} a on a.render_id = newest.id and a.attempt = newest.attempt
      left join ${endpoints} e on e.bridge_id = a.bridge_id and e.name = newest.endpoint_name
    ), busy as (
      select revision_id, range_agg(tstzrange(finished_at - seconds * interval '1 second', finished_at)) as spans,
        sum(images) as images
      from newest where seconds > 0 group by revision_id
    )
    select priced.revision_id as "revisionId", count(*)::int as renders, sum(priced.images)::int as images,
      coalesce(sum(priced.images) filter (where finished_at > now() - interval '1 hour'), 0)::int as "imagesLastHour",
      (select busy.images * 3600.0 / nullif((select sum(extract(epoch from upper(span) - lower(span))) from unnest(spans) span), 0)
        from busy where busy.revision_id = priced.revision_id)::float8 as "imagesPerHour",
      percentile_cont(0.5) within group (order by (seconds + first_seconds) / nullif(images, 0)) as "secondsP50",
      percentile_cont(0.95) within group (order by (seconds + first_seconds) / nullif(images, 0)) as "secondsP95",
      ${perImage(sql`evals`)} as evals, ${perImage(sql`backwards`)} as backwards,
      (sum(cents) / nullif(sum(images) filter (where cents is not null), 0))::float8 as "centsPerImage",
      coalesce(sum(images) filter (where cents is not null), 0)::int as "pricedImages"
    from priced group by priced.revision_id`);
}

const perImage = (column: SQL) =>
  sql`(sum(${column} * seeds)::float8 / nullif(sum(images) filter (where ${column} is not null), 0))`;

const textArray = (ids: readonly string[]) =>
  sql`array[${sql.join(
    ids.map((id) => sql`${id}::uuid`),
    sql`, `,
  )}]`;

export type Failures = {
  revisionId: string;
  outcome: "failed" | "expired";
  /** null: of before kinds were written down. */
  kind: AttemptFailure | null;
  count: number;
  lastReason: string | null;
  lastAt: Date;
};

/** Attempts that failed, by kind, each with the sentence of the last one. */
export async function readFailures(db: Db, revisionIds: readonly string[]): Promise<Failures[]> {
  if (revisionIds.length === 0) return [];
  const newestFirst = sql`order by ${renderAttempts.createdAt} desc, ${renderAttempts.id} desc`;
  const rows = await db
    .select({
      revisionId: renders.generatorRevisionId,
      outcome: renderAttempts.outcome,
      kind: renderAttempts.kind,
      count: sql<number>`count(*)::int`,
      lastReason: sql<string | null>`(array_agg(${renderAttempts.reason} ${newestFirst}))[1]`,
      lastAt: sql<Date>`max(${renderAttempts.createdAt})`.mapWith(renderAttempts.createdAt),
    })
    .from(renderAttempts)
    .innerJoin(renders, eq(renders.id, renderAttempts.renderId))
    .where(
      and(
        inArray(renders.generatorRevisionId, [...revisionIds]),
        inArray(renderAttempts.outcome, ["failed", "expired"]),
      ),
    )
    .groupBy(renders.generatorRevisionId, renderAttempts.outcome, renderAttempts.kind)
    .orderBy(sql`count(*) desc`);
  return rows.map(({ outcome, ...row }) => ({
    ...row,
    outcome: outcome === "expired" ? "expired" : "failed",
  }));
}
