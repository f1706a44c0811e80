import { and, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { judgeTasks } from "@/db/schema";
import { hashOf } from "@/server/generation/hashes";
import { tagInput } from "./domain/tag-phrases";

type Asked = {
  projectId: string;
  renderId: string;
  endpointName: string;
  concepts: readonly string[];
};

/** Has the images of a finished render looked at by an endpoint that tags, once. */
export async function askForTags(tx: Tx, { concepts, ...asked }: Asked): Promise<void> {
  const input = tagInput(concepts);
  await tx
    .insert(judgeTasks)
    .values({ ...asked, input, inputHash: hashOf(input) })
    .onConflictDoNothing();
}

/** What nobody could say is asked again: a person has retried what waits for it. */
export async function reaskTags(tx: Tx, renderIds: readonly string[]): Promise<void> {
  if (renderIds.length === 0) return;
  await tx
    .update(judgeTasks)
    .set({
      state: "queued",
      attempt: sql`${judgeTasks.attempt} + 1`,
      failures: 0,
      reason: null,
      notBefore: sql`now()`,
      finishedAt: null,
    })
    .where(
      and(
        inArray(judgeTasks.renderId, [...renderIds]),
        isNull(judgeTasks.scoringId),
        inArray(judgeTasks.state, ["failed", "cancelled"]),
      ),
    );
}
