import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { uuidv7 } from "@/db/columns";
import type { MadeGrid } from "./grid";

/** More grids of the same images, each under a protocol version of its own: hundreds in a moment, for tests of the queue. */
export async function cloneGrids(
  db: Db,
  { gridId, imageIds, pairId }: MadeGrid,
  count: number,
): Promise<MadeGrid[]> {
  const ids = Array.from({ length: count }, uuidv7);
  const made = sql`unnest(${sql.param(ids)}::uuid[]) with ordinality n (id, place)`;
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      insert into grid (id, project_id, pair_id, generator_revision_id, prompt_set_id, seed_set_id, protocol_version, round, purpose, raters)
      select n.id, g.project_id, g.pair_id, g.generator_revision_id, g.prompt_set_id, g.seed_set_id,
        n.place + (select max(protocol_version) from grid o where o.pair_id = g.pair_id), g.round, g.purpose, g.raters
      from grid g cross join ${made} where g.id = ${gridId}`);
    await tx.execute(sql`
      insert into grid_image (grid_id, position, image_id)
      select n.id, i.position, i.image_id from grid_image i cross join ${made} where i.grid_id = ${gridId}`);
    await tx.execute(sql`
      insert into seat (id, project_id, grid_id, number)
      select gen_random_uuid(), s.project_id, n.id, s.number from seat s cross join ${made} where s.grid_id = ${gridId} and s.kind = 'plan'`);
  });
  return ids.map((id) => ({ gridId: id, pairId, imageIds }));
}
