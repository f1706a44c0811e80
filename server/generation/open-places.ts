import { inArray } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { images, type Render } from "@/db/schema";
import type { RenderInput } from "./schemas";

/** Where in its prompt's row, from 0, a render still lacks an image, and the seed that is drawn there. */
export type Place = { position: number; seed: number };

/** All of a render's places, but for those whose images came while a filter took the others. */
export async function openPlaces(
  db: DbOrTx,
  renders: readonly Pick<Render, "id" | "input" | "filtered">[],
): Promise<Map<string, Place[]>> {
  const ids = renders.flatMap(({ id, filtered }) => (filtered > 0 ? id : []));
  const kept =
    ids.length === 0
      ? []
      : await db
          .select({ renderId: images.renderId, position: images.position })
          .from(images)
          .where(inArray(images.renderId, ids));
  return new Map(
    renders.map(({ id, input }) => {
      const { seeds } = input as RenderInput;
      const isKept = (place: number) =>
        kept.some(({ renderId, position }) => renderId === id && position === place);
      const places = seeds.map((seed, position) => ({ position, seed }));
      return [id, places.filter(({ position }) => !isKept(position))];
    }),
  );
}
