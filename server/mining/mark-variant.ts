import { and, desc, eq, isNotNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { type Pair, pairs, proposals } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { conceptKey } from "./domain/concept";
import { facing } from "./domain/facing";

const twins = alias(pairs, "twin");

/** Marks a pair as a rewording of its twin: each concept that is written otherwise names the twin's. */
export async function markVariant(
  tx: Tx,
  pair: Pick<Pair, "id" | "projectId" | "conceptA" | "conceptB">,
): Promise<Pick<Pair, "variantOfA" | "variantOfB">> {
  const [twin] = await tx
    .select({ a: twins.conceptA, b: twins.conceptB })
    .from(proposals)
    .innerJoin(twins, eq(twins.id, proposals.twinId))
    .where(
      and(
        eq(proposals.projectId, pair.projectId),
        eq(proposals.pairId, pair.id),
        isNotNull(proposals.twinId),
      ),
    )
    .orderBy(desc(proposals.id))
    .limit(1);
  if (!twin) throw new AppError("CONFLICT", "This pair has no twin that it could be a variant of");
  const [a, b] = facing({ a: pair.conceptA, b: pair.conceptB }, twin);
  const marks = {
    variantOfA: conceptKey(a) === conceptKey(pair.conceptA) ? null : a,
    variantOfB: conceptKey(b) === conceptKey(pair.conceptB) ? null : b,
  };
  await tx
    .update(pairs)
    .set(marks)
    .where(and(eq(pairs.id, pair.id), eq(pairs.projectId, pair.projectId)));
  return marks;
}
