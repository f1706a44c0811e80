import { type SQL, sql } from "drizzle-orm";

export type Counter = {
  /** The table that is counted into. */
  name: string;
  /** One row for every figure that is not what its rows say: `project_id` and `was`, `is`. */
  drift: SQL;
  /** Counts anew. The rows that are counted are locked against writers meanwhile. */
  recount: readonly SQL[];
};

const SEATS_OF_GRID = sql`
  select count(*) filter (where completed_at is null)::int as open, count(*) filter (where completed_at is not null)::int as done,
    count(*) filter (where completed_at is null and rater_id is null)::int as free
  from seat where seat.grid_id = g.id`;

/** Every counter that screens rely on, with the recount that proves it. Triggers of drizzle/0003 and 0011 keep the first three, those of 0013 the last two. */
export const COUNTERS: readonly Counter[] = [
  {
    name: "pair_count",
    drift: sql`
      select coalesce(c.project_id, r.project_id) as project_id, coalesce(c.pairs, 0) as was, coalesce(r.n, 0) as is
      from pair_count c
      full join (
        select project_id, pattern_id, phase, origin::text, state::text, coalesce(stage::text, '') as stage, count(*)::int as n
        from pair group by 1, 2, 3, 4, 5, 6
      ) r using (pattern_id, phase, origin, state, stage)
      where coalesce(c.pairs, 0) <> coalesce(r.n, 0)`,
    recount: [
      sql`lock table pair in share mode`,
      sql`delete from pair_count`,
      sql`insert into pair_count (project_id, pattern_id, phase, origin, state, stage, pairs)
        select project_id, pattern_id, phase, origin::text, state::text, coalesce(stage::text, ''), count(*)
        from pair group by 1, 2, 3, 4, 5, 6`,
    ],
  },
  {
    // Before level_count, which is counted from it.
    name: "pair_level",
    drift: sql`
      select coalesce(p.project_id, r.project_id) as project_id, coalesce(p.level, 0) as was, coalesce(r.level, 0) as is
      from pair_level p full join level_of_record r using (pair_id, generator_revision_id, judge)
      where (p.level_id, p.level) is distinct from (r.level_id, r.level)`,
    recount: [
      sql`lock table level, seat in share mode`,
      sql`delete from pair_level p where not exists (
        select from level_of_record r
        where r.pair_id = p.pair_id and r.generator_revision_id = p.generator_revision_id and r.judge = p.judge)`,
      sql`select teacup_record_levels(grid_id) from (select distinct grid_id from level) graded`,
    ],
  },
  {
    name: "level_count",
    drift: sql`
      select coalesce(c.project_id, r.project_id) as project_id, coalesce(c.pairs, 0) as was, coalesce(r.n, 0) as is
      from level_count c
      full join (
        select project_id, pattern_id, phase, generator_revision_id, judge, mode, coalesce(level, 0) as level,
          teacup_trivial_word(is_trivial) as trivial, count(*)::int as n
        from pair_level group by 1, 2, 3, 4, 5, 6, 7, 8
      ) r using (pattern_id, phase, generator_revision_id, judge, mode, level, trivial)
      where coalesce(c.pairs, 0) <> coalesce(r.n, 0)`,
    recount: [
      sql`lock table pair_level in share mode`,
      sql`delete from level_count`,
      sql`insert into level_count (project_id, pattern_id, phase, generator_revision_id, judge, mode, level, trivial, pairs)
        select project_id, pattern_id, phase, generator_revision_id, judge, mode, coalesce(level, 0),
          teacup_trivial_word(is_trivial), count(*)
        from pair_level group by 1, 2, 3, 4, 5, 6, 7, 8`,
    ],
  },
  {
    name: "budget",
    drift: sql`
      select b.project_id, b.reserved + b.settled as was, r.reserved + r.settled as is
      from budget b
      cross join lateral (
        select coalesce(sum(e.reserved) filter (where e.settled is null), 0) as reserved, coalesce(sum(e.settled), 0) as settled
        from budget_entry e where e.project_id = b.project_id and e.kind = b.kind
      ) r
      where (b.reserved, b.settled) <> (r.reserved, r.settled)`,
    recount: [
      sql`lock table budget_entry in share mode`,
      // The guard holds reservations; what was spent already has to be told even above the limit.
      sql`alter table budget disable trigger budget_holds`,
      sql`update budget b set reserved = r.reserved, settled = r.settled
        from budget o
        cross join lateral (
          select coalesce(sum(e.reserved) filter (where e.settled is null), 0) as reserved, coalesce(sum(e.settled), 0) as settled
          from budget_entry e where e.project_id = o.project_id and e.kind = o.kind
        ) r
        where (o.project_id, o.kind) = (b.project_id, b.kind)`,
      sql`alter table budget enable trigger budget_holds`,
    ],
  },
  {
    name: "pattern",
    drift: sql`
      select p.project_id, p.returned as was, r.returned as is
      from pattern p
      cross join lateral (
        select coalesce(sum(b.returned), 0) as returned, coalesce(sum(b.fresh), 0) as fresh
        from batch b where b.pattern_id = p.id
      ) r
      where (p.returned, p.fresh) <> (r.returned, r.fresh)`,
    recount: [
      sql`lock table batch in share mode`,
      sql`update pattern p set returned = r.returned, fresh = r.fresh
        from pattern o
        cross join lateral (
          select coalesce(sum(b.returned), 0) as returned, coalesce(sum(b.fresh), 0) as fresh
          from batch b where b.pattern_id = o.id
        ) r
        where o.id = p.id and (p.returned, p.fresh) <> (r.returned, r.fresh)`,
    ],
  },
  {
    name: "saturation",
    drift: sql`
      select s.project_id, s.proposals as was, r.proposals as is
      from saturation s
      cross join lateral (
        select coalesce(sum(t.times), 0) as proposals, count(*) as distinct_keys,
          count(*) filter (where t.times = 1) as once, count(*) filter (where t.times = 2) as twice
        from proposal_tally t where t.pattern_id = s.pattern_id and t.proposer = s.proposer
      ) r
      where (s.proposals, s."distinct", s.once, s.twice) <> (r.proposals, r.distinct_keys, r.once, r.twice)`,
    recount: [
      sql`lock table proposal_tally in share mode`,
      sql`update saturation s set proposals = r.proposals, "distinct" = r.distinct_keys, once = r.once, twice = r.twice
        from saturation o
        cross join lateral (
          select coalesce(sum(t.times), 0) as proposals, count(*) as distinct_keys,
            count(*) filter (where t.times = 1) as once, count(*) filter (where t.times = 2) as twice
          from proposal_tally t where t.pattern_id = o.pattern_id and t.proposer = o.proposer
        ) r
        where (o.pattern_id, o.proposer) = (s.pattern_id, s.proposer)`,
    ],
  },
  {
    // Before rating_count, which is counted from it.
    name: "grid",
    drift: sql`
      select g.project_id, g.seats_open as was, r.open as is
      from grid g cross join lateral (${SEATS_OF_GRID}) r
      where (g.seats_open, g.seats_done, g.seats_free) <> (r.open, r.done, r.free)`,
    recount: [
      sql`lock table seat in share mode`,
      sql`update grid set seats_open = r.open, seats_done = r.done, seats_free = r.free
        from grid g cross join lateral (${SEATS_OF_GRID}) r
        where g.id = grid.id and (g.seats_open, g.seats_done, g.seats_free) <> (r.open, r.done, r.free)`,
    ],
  },
  {
    name: "rating_count",
    drift: sql`
      select coalesce(c.project_id, r.project_id) as project_id, coalesce(c.n, 0) as was, coalesce(r.n, 0) as is
      from rating_count c
      full join rating_recount r on (r.project_id, r.round, r.field) = (c.project_id, c.round, c.field)
        and coalesce(r.rater_id::text, '') = coalesce(c.rater_id::text, '')
      where coalesce(c.n, 0) <> coalesce(r.n, 0)`,
    recount: [
      sql`lock table grid, sitting in share mode`,
      // What the recount before has changed is in the recount of this one.
      sql`delete from rating_delta`,
      sql`delete from rating_count`,
      sql`insert into rating_count (project_id, round, rater_id, field, n) select project_id, round, rater_id, field, n from rating_recount`,
    ],
  },
];
