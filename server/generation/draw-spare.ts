import { eq, exists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { type Render, renders, seedSets } from "@/db/schema";
import { hasOwnSeeds, spareForFiltered } from "./domain/spare-seeds";
import { endAttempt } from "./end-attempt";
import type { Place } from "./open-places";
import type { RenderInput } from "./schemas";

type Taken = { places: readonly Place[]; reason: string };

/**
 * A filter took some of a render's images: the others stay, and spare seeds are drawn in their places. It is no failure of the model and
 * counts for none; where spare seeds are taken again and again, or cannot stand in, the render ends with the filter's own reason.
 */
export async function drawSpare(tx: Tx, render: Render, { places, reason }: Taken): Promise<void> {
  const seedSet = await setWithSpares(tx, render);
  await endAttempt(tx, render, {
    outcome: "failed",
    kind: "filtered",
    reason,
    waits: false,
    spares: seedSet ? render.filtered : null,
  });
  const { seeds } = render.input as RenderInput;
  const next = seeds.map((seed, position) =>
    seedSet && places.some((place) => place.position === position)
      ? spareForFiltered(seedSet, position, render.filtered)
      : seed,
  );
  await tx
    .update(renders)
    .set({
      filtered: render.filtered + 1,
      input: sql`${renders.input} || ${JSON.stringify({ seeds: next })}::jsonb`,
    })
    .where(eq(renders.id, render.id));
}

/**
 * null where another seed would not stand for the first: a second image is drawn at the seeds of its plain one, and what is drawn in the
 * place of broken images is known by its seeds.
 */
async function setWithSpares(tx: Tx, render: Render) {
  if (render.firstRenderId !== null) return null;
  const second = alias(renders, "second");
  const [set] = await tx
    .select({
      projectId: seedSets.projectId,
      number: seedSets.number,
      seeds: seedSets.seeds,
      isFirst: sql<boolean>`${exists(
        tx.select({ id: second.id }).from(second).where(eq(second.firstRenderId, render.id)),
      )}`,
    })
    .from(seedSets)
    .where(eq(seedSets.id, render.seedSetId));
  return set && !set.isFirst && hasOwnSeeds(set) ? set : null;
}
