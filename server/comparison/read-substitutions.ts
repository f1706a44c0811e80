import { sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { Judge } from "@/db/enums";
import type { Repair } from "./find-repair";

export type SubstitutedImages = {
  revisionId: string;
  pairId: string;
  /** Images whose raters were asked what they see. */
  asked: number;
  /** Of them, with the expected other concept and without B. */
  substituted: number;
};

/** How often the concept that nobody asked for stands where B should be, in a comparison's own grids: verdicts of completed seats. */
export async function readSubstitutions(
  db: DbOrTx,
  { id }: Pick<Repair, "id">,
  judge: Judge,
): Promise<SubstitutedImages[]> {
  const rows = await db.execute<SubstitutedImages>(sql`
    select grid.generator_revision_id as "revisionId", grid.pair_id as "pairId", count(*)::int as asked,
      count(*) filter (where verdict.detail -> 'latentSeen' = 'true'::jsonb
        and verdict.detail -> 'bSeen' = 'false'::jsonb)::int as substituted
    from run
      join run_pair on run_pair.run_id = run.id
      join grid on grid.pair_id = run_pair.pair_id and grid.prompt_set_id = run_pair.prompt_set_id
        and grid.generator_revision_id = run.generator_revision_id and grid.seed_set_id = run.seed_set_id
      join seat on seat.grid_id = grid.id and seat.completed_at is not null
      join sitting on sitting.id = seat.sitting_id
      join account on account.id = sitting.rater_id and account.is_simulated = ${judge === "simulated"}
      join verdict on verdict.sitting_id = sitting.id and verdict.verdict <> 'broken'
    where run.repair_id = ${id} and run.state <> 'cancelled'
      and verdict.detail ?& array['bSeen', 'latentSeen']
    group by 1, 2`);
  return [...rows];
}
