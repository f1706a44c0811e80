import { randomUUID } from "node:crypto";
import type { Db } from "@/db/client";
import type { Verdict } from "@/db/enums";
import { sittings, verdictEvents, verdicts } from "@/db/schema";
import type { MadeGrid } from "./grid";

type Options = { projectId: string; grid: MadeGrid; raterId: string };

/** The same grid by the same rater once more, straight in the database: one verdict an image. */
export async function makeRepeat(
  db: Db,
  { projectId, grid, raterId }: Options,
  said: readonly Verdict[],
): Promise<void> {
  const [sitting] = await db
    .insert(sittings)
    .values({
      projectId,
      gridId: grid.gridId,
      raterId,
      occasion: 2,
      kind: "repeat",
      state: "submitted",
      submittedAt: new Date(),
    })
    .returning();
  for (const [index, verdict] of said.entries()) {
    const imageId = grid.imageIds[index]!;
    const cell = { sittingId: sitting!.id, imageId, verdict, clientSeq: index + 1 };
    const [event] = await db
      .insert(verdictEvents)
      .values({
        ...cell,
        gridId: grid.gridId,
        method: "direct",
        clientKey: randomUUID(),
        clientAt: new Date(),
      })
      .returning();
    await db.insert(verdicts).values({ ...cell, eventId: event!.id });
  }
}
