import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import {
  blobs,
  generatorRevisions,
  images,
  type Render,
  renderAttempts,
  renders,
} from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { enqueue } from "@/server/jobs/queue";
import { notifyLive } from "@/server/live/live";
import { wakeSecond } from "@/server/realign/wake-waiting";
import { findBlob } from "@/server/storage/blobs";
import type { BridgeContext } from "@/server/trpc/context";
import { mergeAnswers } from "./domain/merge-answers";
import { drawSpare } from "./draw-spare";
import { endAttempt } from "./end-attempt";
import { lockHeldRender } from "./held-render";
import { openPlaces, type Place } from "./open-places";
import { settleRenders } from "./pay-for-renders";
import { type OwnAnswered, pinAnswered } from "./pin-answered";
import type { FinishRender, RenderInput } from "./schemas";
import { settleRunsOf } from "./settle-runs";

/** One fact, one transaction: images, counts, trace and what follows from them, or nothing. */
export async function finishRender(
  { db, bridge }: BridgeContext,
  answer: FinishRender,
): Promise<{ outcome: "done" | "failed" }> {
  const stored = await Promise.all(answer.images.map(({ sha256 }) => findBlob(sha256)));
  return db.transaction(async (tx) => {
    const render = await lockHeldRender(tx, bridge.id, answer);
    const pinned = await pinAnswered(tx, render.generatorRevisionId, answer);
    if ("refusal" in pinned) {
      await endAttempt(tx, render, {
        outcome: "failed",
        kind: "outdated",
        reason: pinned.refusal,
        waits: false,
      });
      return { outcome: "failed" };
    }
    await noteTraining(tx, render.generatorRevisionId, answer.training);
    const open = (await openPlaces(tx, [render])).get(render.id) ?? [];
    refuseOtherSeeds(open, answer);
    await insertImages(tx, { render, open, answer, stored });
    await keepTold(tx, { render, open, answer, pinned });
    if (answer.filtered) {
      const places = open.filter((_, at) => answer.images.every(({ position }) => position !== at));
      await drawSpare(tx, render, { places, reason: answer.filtered });
      return { outcome: "failed" };
    }
    await markDone(tx, render);
    await settleRenders(tx, render.projectId, [render], 1);
    await settleRunsOf(tx, render.id);
    await enqueue(tx, "generation.makeRenditions", { renderId: render.id });
    await enqueue(tx, "generation.openGrids", { renderId: render.id });
    await wakeSecond(tx, render.id);
    await notifyLive(tx, { projectId: render.projectId, topic: "render", id: render.id });
    return { outcome: "done" };
  });
}

/** What is said last of the same weights stands: a person may have corrected it. */
async function noteTraining(tx: Tx, revisionId: string, training: FinishRender["training"]) {
  if (training === undefined) return;
  const said = training && sql`${JSON.stringify(training)}::jsonb`;
  const isNew = sql`${generatorRevisions.training} is distinct from ${said}`;
  await tx
    .update(generatorRevisions)
    .set({ training: said })
    .where(and(eq(generatorRevisions.id, revisionId), isNew));
}

function refuseOtherSeeds(open: readonly Place[], { images: made, filtered }: FinishRender) {
  const isAsAsked = made.every(({ position, seed }) => open[position]?.seed === seed);
  const places = new Set(made.map(({ position }) => position));
  const isWhole =
    places.size === made.length && (made.length === open.length) !== Boolean(filtered);
  if (!isAsAsked || !isWhole) {
    throw new AppError("INVALID", `Expected one image for each of the ${open.length} seeds.`);
  }
}

type Finished = { render: Render; open: readonly Place[]; answer: FinishRender };
type Stored = { stored: Awaited<ReturnType<typeof findBlob>>[] };

async function insertImages(tx: Tx, { render, open, answer, stored }: Finished & Stored) {
  const { width, height } = render.input as RenderInput;
  const rows = answer.images.map((image, i) => {
    const blob = stored[i];
    if (!blob || blob.width !== width || blob.height !== height) {
      throw new AppError("INVALID", `Image ${image.position} was not uploaded.`);
    }
    return { image: { ...image, position: open[image.position]?.position ?? 0 }, blob };
  });
  if (rows.length === 0) return;
  await tx
    .insert(blobs)
    .values(rows.map(({ image, blob }) => ({ ...blob, sha256: image.sha256, mime: "image/png" })))
    .onConflictDoNothing();
  await tx
    .insert(images)
    .values(
      rows.map(({ image }) => ({ ...image, projectId: render.projectId, renderId: render.id })),
    );
}

/** Over all its answers: what was drawn, and taken by a filter, was told and paid for as well. */
async function keepTold(
  tx: Tx,
  { render, open, answer, pinned }: Finished & { pinned: OwnAnswered },
) {
  const { evals, backwards, timings, trace } = answer;
  const now = { evals, backwards, timings, trace };
  const places = open.map(({ position }) => position);
  const { seeds } = render.input as RenderInput;
  const told =
    render.filtered > 0 ? mergeAnswers(render, now, { places, images: seeds.length }) : now;
  await tx
    .update(renders)
    .set({ ...told, ...pinned })
    .where(eq(renders.id, render.id));
}

async function markDone(tx: Tx, render: Render) {
  await tx
    .update(renders)
    .set({
      state: "done",
      reason: null,
      finishedAt: sql`now()`,
      leaseToken: null,
      leasedBy: null,
      leasedUntil: null,
    })
    .where(eq(renders.id, render.id));
  await tx.insert(renderAttempts).values({
    renderId: render.id,
    attempt: render.attempt,
    bridgeId: render.leasedBy,
    outcome: "done",
  });
}
