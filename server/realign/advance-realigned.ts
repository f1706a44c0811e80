import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { pairs, prompts, renders } from "@/db/schema";
import { inputHash } from "@/server/generation/hashes";
import type { RenderInput } from "@/server/generation/schemas";
import type { JobPayload } from "@/server/jobs/contracts";
import type { JobContext } from "@/server/jobs/handle";
import { notifyLive } from "@/server/live/live";
import { askOnce } from "@/server/mining/ask-once";
import { askForTags } from "./ask-for-tags";
import { nextStep } from "./domain/next-step";
import { objectsOf } from "./domain/objects";
import { withObjects } from "./domain/realigned-input";
import { failWaiting } from "./fail-waiting";
import { readStanding } from "./read-standing";
import { readTags } from "./read-tags";

type Waiting = Awaited<ReturnType<typeof readStanding>>[number];

/**
 * Takes the step that is due before a second image can be drawn. Safe to run twice: what is due is read from the rows, under the
 * second image's lock, and each step changes what is read; one that is whole already is left alone.
 */
export async function advanceRealigned(
  { firstRenderId }: JobPayload<"realign.advance">,
  { db }: JobContext,
): Promise<void> {
  await db.transaction(async (tx) => {
    const locked = await lockWaiting(tx, firstRenderId);
    if (!locked) return;
    const [waiting] = await readStanding(tx, locked.projectId, [locked.id]);
    if (!waiting) return;
    const { render, standing, pairId, concepts, taggedBy } = waiting;
    const { projectId } = render;
    const { ask, next } = nextStep(standing);
    if (ask.includes("phrases"))
      await askOnce(tx, {
        projectId,
        actorId: null,
        purpose: "find_phrases",
        pairId,
        parameters: {},
      });
    if (ask.includes("tags"))
      await askForTags(tx, {
        projectId,
        renderId: firstRenderId,
        endpointName: taggedBy,
        concepts,
      });
    if (next === "wait") return;
    if (next === "draw") await fill(tx, firstRenderId, waiting);
    else await failWaiting(tx, render, next.fail);
    await notifyLive(tx, { projectId, topic: "render", id: render.id });
  });
}

/** The pair first, by whose row two that ask the same wait for each other. */
async function lockWaiting(tx: Tx, firstRenderId: string) {
  await tx
    .select({ id: pairs.id })
    .from(renders)
    .innerJoin(prompts, eq(prompts.id, renders.promptId))
    .innerJoin(pairs, eq(pairs.id, prompts.pairId))
    .where(eq(renders.id, firstRenderId))
    .for("no key update", { of: pairs });
  const [found] = await tx
    .select({ id: renders.id, projectId: renders.projectId })
    .from(renders)
    .where(
      and(
        eq(renders.firstRenderId, firstRenderId),
        eq(renders.awaitsObjects, true),
        eq(renders.state, "queued"),
      ),
    )
    .for("update");
  return found;
}

/** From here on it is a render like any other, with a hash that covers what it is told. */
async function fill(
  tx: Tx,
  firstRenderId: string,
  { render, concepts, phrases }: Waiting,
): Promise<void> {
  const tags = (await readTags(tx, [firstRenderId])).get(firstRenderId);
  if (!tags || !phrases) throw new Error("A second image is due without what it is told");
  const plain = render.input as RenderInput;
  const { prompt, seeds } = plain;
  const input = withObjects(plain, objectsOf({ prompt, seeds, concepts, phrases, tags }));
  await tx
    .update(renders)
    .set({ input, inputHash: inputHash(input), awaitsObjects: false, notBefore: sql`now()` })
    .where(eq(renders.id, render.id));
}
