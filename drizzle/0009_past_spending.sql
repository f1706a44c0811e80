-- What was spent before there were budgets counts as spent: each exchange, drawn render and rated grid gets its entry.
insert into budget_entry (id, project_id, kind, subject, reserved, settled, settled_at)
  select gen_random_uuid(), project_id, 'tokens', id::text, tokens, tokens, coalesce(answered_at, created_at)
  from (select *, coalesce(tokens_in, 0) + coalesce(tokens_out, 0) as tokens from exchange where outcome <> 'pending') said
  where tokens > 0
  on conflict (kind, subject) do nothing;
--> statement-breakpoint
insert into budget_entry (id, project_id, kind, subject, reserved, settled, settled_at)
  select gen_random_uuid(), project_id, 'renders', id || '/' || attempt, 1,
    case when state = 'done' then 1 end, case when state = 'done' then coalesce(finished_at, created_at) end
  from render where state in ('done', 'queued', 'leased')
  on conflict (kind, subject) do nothing;
--> statement-breakpoint
insert into budget_entry (id, project_id, kind, subject, reserved, settled, settled_at)
  select gen_random_uuid(), s.project_id, 'rater_ms', s.id::text, s.active_ms, s.active_ms, coalesce(s.submitted_at, s.created_at)
  from sitting s join account a on a.id = s.rater_id
  where s.state <> 'live' and s.active_ms > 0 and not a.is_simulated
  on conflict (kind, subject) do nothing;
--> statement-breakpoint
update budget set reserved = spent.reserved, settled = spent.settled
  from (select project_id, kind, coalesce(sum(reserved) filter (where settled is null), 0) as reserved, coalesce(sum(settled), 0) as settled
        from budget_entry group by 1, 2) spent
  where spent.project_id = budget.project_id and spent.kind = budget.kind and budget.reserved = 0 and budget.settled = 0;
