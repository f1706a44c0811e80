import { inArray, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { uuidv7 } from "@/db/columns";
import { gridImages } from "@/db/schema";
import type { MadeGrid } from "./grid";

type Options = {
  /** The same pictures as images of their own, so that no browser has them already. */
  withOwnImages?: boolean;
};

const IMAGES_A_RENDER = 4;

/** More grids of the same images, each under a protocol version of its own: hundreds in a moment, for tests of the queue. */
export async function cloneGrids(
  db: Db,
  { gridId, imageIds, pairId }: MadeGrid,
  count: number,
  { withOwnImages = false }: Options = {},
): Promise<MadeGrid[]> {
  const ids = Array.from({ length: count }, uuidv7);
  const made = sql`unnest(${sql.param(ids)}::uuid[]) with ordinality n (id, place)`;
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      insert into grid (id, project_id, pair_id, generator_revision_id, prompt_set_id, seed_set_id, protocol_version, round, purpose, raters)
      select n.id, g.project_id, g.pair_id, g.generator_revision_id, g.prompt_set_id, g.seed_set_id,
        n.place + (select max(protocol_version) from grid o where o.pair_id = g.pair_id), g.round, g.purpose, g.raters
      from grid g cross join ${made} where g.id = ${gridId}`);
    const step = withOwnImages ? IMAGES_A_RENDER : 0;
    if (withOwnImages) {
      await tx.execute(sql`
        insert into image (id, project_id, render_id, position, seed, sha256)
        select gen_random_uuid(), i.project_id, i.render_id, i.position + ${step} * n.place, i.seed, i.sha256
        from grid_image g join image i on i.id = g.image_id cross join ${made} where g.grid_id = ${gridId}`);
    }
    await tx.execute(sql`
      insert into grid_image (grid_id, position, image_id)
      select n.id, g.position, own.id from grid_image g join image i on i.id = g.image_id cross join ${made}
      join image own on own.render_id = i.render_id and own.position = i.position + ${step} * n.place
      where g.grid_id = ${gridId}`);
    await tx.execute(sql`
      insert into seat (id, project_id, grid_id, number)
      select gen_random_uuid(), s.project_id, n.id, s.number from seat s cross join ${made} where s.grid_id = ${gridId} and s.kind = 'plan'`);
  });
  const own = withOwnImages ? await imagesOf(db, ids) : new Map<string, string[]>();
  return ids.map((id) => ({ gridId: id, pairId, imageIds: own.get(id) ?? imageIds }));
}

async function imagesOf(db: Db, gridIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db
    .select({ gridId: gridImages.gridId, imageId: gridImages.imageId })
    .from(gridImages)
    .where(inArray(gridImages.gridId, [...gridIds]))
    .orderBy(gridImages.gridId, gridImages.position);
  const byGrid = new Map(gridIds.map((id) => [id, [] as string[]]));
  for (const { gridId, imageId } of rows) byGrid.get(gridId)?.push(imageId);
  return byGrid;
}
