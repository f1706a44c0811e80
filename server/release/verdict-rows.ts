import { and, asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { gridImages, images, verdictEvents, verdicts } from "@/db/schema";
import { VerdictDetail } from "@/server/rating/schemas";
import type { RowOf } from "./column";
import type { EVENT_COLUMNS, VERDICT_COLUMNS } from "./columns";
import type { Files } from "./grid-chunks";
import { pseudonym, sourceOf } from "./rater";
import { type SittingRow, sittingChunks } from "./sitting-chunks";

export async function* verdictRows(
  tx: Tx,
  projectId: string,
  files: Files,
): AsyncGenerator<RowOf<typeof VERDICT_COLUMNS>> {
  for await (const chunk of sittingChunks(tx, projectId)) {
    const sat = new Map(chunk.map((row) => [row.sitting.id, row]));
    const rows = await standingVerdicts(tx, [...sat.keys()]);
    for (const row of rows) {
      const at = sat.get(row.sittingId);
      if (at?.sitting.state !== "submitted") continue;
      yield {
        ...judgedImage(projectId, at, row, files),
        decided_at: row.clientAt,
        painted_at: at.sitting.paintedAt,
        submitted_at: at.sitting.submittedAt,
        active_ms: at.sitting.activeMs,
        guideline_version: at.sitting.guidelineVersion,
        mode: at.sitting.mode,
        seen_instead: at.sitting.seenInstead,
      };
    }
  }
}

export async function* eventRows(
  tx: Tx,
  projectId: string,
  files: Files,
): AsyncGenerator<RowOf<typeof EVENT_COLUMNS>> {
  for await (const chunk of sittingChunks(tx, projectId)) {
    const sat = new Map(chunk.map((row) => [row.sitting.id, row]));
    const rows = await allEvents(tx, [...sat.keys()]);
    for (const row of rows) {
      const at = sat.get(row.sittingId);
      if (!at) continue;
      yield {
        ...judgedImage(projectId, at, row, files),
        sitting_state: at.sitting.state,
        sequence: row.clientSeq,
        client_at: row.clientAt,
        received_at: row.createdAt,
      };
    }
  }
}

type JudgedRow = Awaited<ReturnType<typeof allEvents>>[number];

function judgedImage(projectId: string, at: SittingRow, row: JudgedRow, files: Files) {
  return {
    image: files.get(row.imageId) ?? null,
    sha256: row.sha256,
    pair: at.pair,
    generator: at.generator,
    revision: at.revision,
    prompt: ((row.position - 1) % 5) + 1,
    seed: row.seed,
    protocol: at.protocol,
    round: at.round,
    sitting: at.sitting.id,
    rater: pseudonym(projectId, at.sitting.raterId),
    source: sourceOf(at.isSimulated),
    kind: at.sitting.kind,
    verdict: row.verdict,
    method: row.method,
    ...detailOf(row.detail),
  };
}

function detailOf(stored: unknown) {
  const { aSeen, bSeen, relation, latentSeen } = VerdictDetail.parse(stored ?? {});
  return {
    a_seen: aSeen ?? null,
    b_seen: bSeen ?? null,
    relation_right: relation ?? null,
    something_else: latentSeen ?? null,
  };
}

const judged = {
  sittingId: verdictEvents.sittingId,
  imageId: verdictEvents.imageId,
  verdict: verdictEvents.verdict,
  detail: verdictEvents.detail,
  method: verdictEvents.method,
  clientSeq: verdictEvents.clientSeq,
  clientAt: verdictEvents.clientAt,
  createdAt: verdictEvents.createdAt,
  position: gridImages.position,
  seed: images.seed,
  sha256: images.sha256,
};
const sameCell = and(
  eq(gridImages.gridId, verdictEvents.gridId),
  eq(gridImages.imageId, verdictEvents.imageId),
);

const allEvents = (tx: Tx, sittingIds: string[]) =>
  tx
    .select(judged)
    .from(verdictEvents)
    .innerJoin(gridImages, sameCell)
    .innerJoin(images, eq(images.id, verdictEvents.imageId))
    .where(inArray(verdictEvents.sittingId, sittingIds))
    .orderBy(asc(verdictEvents.sittingId), asc(verdictEvents.clientSeq), asc(verdictEvents.id));

const standingVerdicts = (tx: Tx, sittingIds: string[]) =>
  tx
    .select(judged)
    .from(verdicts)
    .innerJoin(verdictEvents, eq(verdictEvents.id, verdicts.eventId))
    .innerJoin(gridImages, sameCell)
    .innerJoin(images, eq(images.id, verdictEvents.imageId))
    .where(inArray(verdicts.sittingId, sittingIds))
    .orderBy(asc(verdicts.sittingId), asc(gridImages.position));
