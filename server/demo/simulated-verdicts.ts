import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { images, renders } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { automaticVerdict, judgeRule } from "@/server/metrics/domain/automatic-verdict";
import { listScorers, readMeasured } from "@/server/metrics/read-measured";
import { JUDGE } from "./judge-images";

/** The Sketch simulator's own record of what it drew, image by image. */
const SketchTrace = z.object({ scenes: z.array(z.object({ correct: z.boolean() })) });

type Simulated = "correct" | "incorrect";

/**
 * Image id -> whether it shows what was asked for: by the word of the program that drew it, where it gives one, else by the oracle's.
 * What the oracle abstained on is incorrect.
 */
export async function simulatedVerdicts(
  db: Db,
  projectId: string,
  imageIds: readonly string[],
): Promise<Map<string, Simulated>> {
  const rows = await db
    .select({ id: images.id, position: images.position, trace: renders.trace })
    .from(images)
    .innerJoin(renders, eq(renders.id, images.renderId))
    .where(and(eq(images.projectId, projectId), inArray(images.id, [...imageIds])));
  const untold = rows.filter(({ trace }) => !SketchTrace.safeParse(trace).success);
  const judged = await oracleVerdicts(
    db,
    projectId,
    untold.map(({ id }) => id),
  );
  return new Map(
    rows.map(({ id, position, trace }) => [id, judged.get(id) ?? toldVerdict(trace, position)]),
  );
}

function toldVerdict(trace: unknown, position: number): Simulated {
  const told = SketchTrace.safeParse(trace);
  if (!told.success) {
    throw new AppError("CONFLICT", "A grid has images that the oracle has not seen: run it again.");
  }
  const drawn = told.data.scenes[position];
  if (!drawn) throw new Error("The simulator's record has fewer scenes than it drew");
  return drawn.correct ? "correct" : "incorrect";
}

/** With new weights it is another scorer: the last one that was asked has the word. */
async function oracleVerdicts(db: Db, projectId: string, imageIds: readonly string[]) {
  const found = new Map<string, Simulated>();
  if (imageIds.length === 0) return found;
  for (const { id, name, settings } of await listScorers(db, projectId)) {
    const rule = name === JUDGE ? judgeRule(settings) : null;
    if (!rule) continue;
    for (const [imageId, { concepts }] of await readMeasured(db, projectId, id, imageIds)) {
      if (concepts === null) continue;
      const isCorrect = automaticVerdict(concepts, rule) === "correct";
      found.set(imageId, isCorrect ? "correct" : "incorrect");
    }
  }
  return found;
}
