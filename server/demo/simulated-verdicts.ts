import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { images, renders } from "@/db/schema";

/** The simulator's own record of what it drew, image by image. */
const SketchTrace = z.object({ scenes: z.array(z.object({ correct: z.boolean() })) });

/** Image id -> whether it shows what was asked for, by the word of the program that drew it. */
export async function simulatedVerdicts(
  db: Db,
  projectId: string,
  imageIds: readonly string[],
): Promise<Map<string, "correct" | "incorrect">> {
  const rows = await db
    .select({ id: images.id, position: images.position, trace: renders.trace })
    .from(images)
    .innerJoin(renders, eq(renders.id, images.renderId))
    .where(and(eq(images.projectId, projectId), inArray(images.id, [...imageIds])));
  return new Map(
    rows.map(({ id, position, trace }) => {
      const drawn = SketchTrace.parse(trace).scenes[position];
      if (!drawn) throw new Error("The simulator's record has fewer scenes than it drew");
      return [id, drawn.correct ? "correct" : "incorrect"];
    }),
  );
}
