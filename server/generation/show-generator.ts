import { and, asc, desc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { generatorRevisions, generators } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { drawnBy } from "./domain/drawn-by";
import { toldTraining } from "./domain/training";
import { readFailures, readFigures } from "./figures/read-figures";
import { GeneratorParameters } from "./schemas";

/** A generator with all its revisions, newest first, and what each has drawn, failed at and cost so far. */
export async function showGenerator(
  db: Db,
  projectId: string,
  { generatorId }: { generatorId: string },
) {
  const [generator] = await db
    .select({ id: generators.id, name: generators.name })
    .from(generators)
    .where(and(eq(generators.projectId, projectId), eq(generators.id, generatorId)));
  if (!generator) throw new AppError("NOT_FOUND", "No such generator.");
  const rows = await db
    .select()
    .from(generatorRevisions)
    .where(
      and(
        eq(generatorRevisions.projectId, projectId),
        eq(generatorRevisions.generatorId, generatorId),
      ),
    )
    .orderBy(desc(generatorRevisions.number), asc(generatorRevisions.id));
  const ids = rows.map(({ id }) => id);
  const [figures, failures] = await Promise.all([readFigures(db, ids), readFailures(db, ids)]);
  return {
    ...generator,
    revisions: rows.map(
      ({
        id,
        number,
        endpointName,
        method,
        parameters,
        weightsHash,
        training,
        createdAt,
        ...of
      }) => ({
        id,
        number,
        endpointName,
        method,
        weightsHash,
        training: toldTraining(training),
        drawnBy: drawnBy({ ...of, input: null }, of),
        createdAt,
        parameters: GeneratorParameters.safeParse(parameters).data ?? null,
        figures: figures.find(({ revisionId }) => revisionId === id) ?? null,
        failures: failures.filter(({ revisionId }) => revisionId === id),
      }),
    ),
  };
}
export type ShownGenerator = Awaited<ReturnType<typeof showGenerator>>;
