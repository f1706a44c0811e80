import { and, asc, eq, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { DbOrTx } from "@/db/client";
import type { DuplicateStep, PairOrigin, PairState } from "@/db/enums";
import { accounts, batches, gridImages, pairs, patterns, proposals } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { levelsOf } from "./list-pairs";

const QUEUE_LIMIT = 200;
const twins = alias(pairs, "twin");

export type ReviewItem = Awaited<ReturnType<typeof reviewQueue>>[number];

/** What waits for a person's word: proposed pairs, and proposals that look like a pair we have. */
export async function reviewQueue({ db, member }: Pick<MemberContext, "db" | "member">) {
  const { projectId } = member;
  const [proposed, alike] = await Promise.all([
    proposedPairs(db, projectId),
    lexicalDuplicates(db, projectId),
  ]);
  const rows = [...proposed, ...alike].sort(inOrder).slice(0, QUEUE_LIMIT);
  const twinIds = [...new Set(rows.flatMap(({ twin }) => (twin?.id ? [twin.id] : [])))];
  const pictures = await twinPictures(db, projectId, twinIds);
  return rows.map(({ twin, ...row }) => ({
    ...row,
    twin: twin?.id ? { ...twin, ...pictures(twin.id) } : null,
  }));
}

type Row = {
  kind: "pair" | "duplicate";
  id: string;
  pairId: string | null;
  proposalId: string | null;
  ordinal: number | null;
  a: string;
  b: string;
  latent: string | null;
  rationale: string | null;
  origin: PairOrigin;
  step: DuplicateStep | null;
  similarity: number | null;
  batchId: string | null;
  batchNumber: number | null;
  proposer: string | null;
  patternId: string;
  pattern: string;
  twin: {
    id: string;
    a: string;
    b: string;
    latent: string | null;
    origin: PairOrigin;
    state: PairState;
    decidedBy: string | null;
  } | null;
};

const inOrder = (x: Row, y: Row) =>
  x.patternId.localeCompare(y.patternId) ||
  (x.batchNumber ?? 0) - (y.batchNumber ?? 0) ||
  (x.ordinal ?? 0) - (y.ordinal ?? 0) ||
  x.id.localeCompare(y.id);

const twinOf = (
  twin: { [K in keyof NonNullable<Row["twin"]>]: NonNullable<Row["twin"]>[K] | null } | null,
) => {
  if (!twin?.id || twin.a === null || twin.b === null || !twin.origin || !twin.state) return null;
  const { id, a, b, origin, state } = twin;
  return { ...twin, id, a, b, origin, state };
};

const twinColumns = {
  id: twins.id,
  a: twins.conceptA,
  b: twins.conceptB,
  latent: twins.latent,
  origin: twins.origin,
  state: twins.state,
  decidedBy: accounts.name,
};

const shared = {
  proposalId: proposals.id,
  ordinal: proposals.ordinal,
  step: proposals.step,
  similarity: proposals.similarity,
  batchId: batches.id,
  batchNumber: batches.number,
  proposer: batches.proposer,
  patternId: patterns.id,
  pattern: patterns.name,
  twin: twinColumns,
};

async function proposedPairs(db: DbOrTx, projectId: string): Promise<Row[]> {
  const rows = await db
    .select({
      ...shared,
      id: pairs.id,
      pairId: pairs.id,
      a: pairs.conceptA,
      b: pairs.conceptB,
      latent: pairs.latent,
      rationale: pairs.rationale,
      origin: pairs.origin,
    })
    .from(pairs)
    .innerJoin(patterns, eq(patterns.id, pairs.patternId))
    .leftJoin(proposals, eq(proposals.pairId, pairs.id))
    .leftJoin(batches, eq(batches.id, proposals.batchId))
    .leftJoin(twins, eq(twins.id, proposals.twinId))
    .leftJoin(accounts, eq(accounts.id, twins.decidedBy))
    .where(and(eq(pairs.projectId, projectId), eq(pairs.state, "proposed")))
    .orderBy(asc(pairs.patternId), asc(pairs.id))
    .limit(QUEUE_LIMIT);
  return rows.map((row) => ({ ...row, twin: twinOf(row.twin), kind: "pair" }));
}

async function lexicalDuplicates(db: DbOrTx, projectId: string): Promise<Row[]> {
  const rows = await db
    .select({
      ...shared,
      id: proposals.id,
      pairId: proposals.pairId,
      a: proposals.conceptA,
      b: proposals.conceptB,
      latent: proposals.latent,
      rationale: proposals.rationale,
    })
    .from(proposals)
    .innerJoin(batches, eq(batches.id, proposals.batchId))
    .innerJoin(patterns, eq(patterns.id, batches.patternId))
    .innerJoin(twins, eq(twins.id, proposals.twinId))
    .leftJoin(accounts, eq(accounts.id, twins.decidedBy))
    .where(
      and(
        eq(proposals.projectId, projectId),
        eq(proposals.outcome, "duplicate"),
        eq(proposals.step, "lexical"),
        isNull(proposals.reason),
      ),
    )
    .orderBy(asc(proposals.id))
    .limit(QUEUE_LIMIT);
  return rows.map((row) => ({ ...row, twin: twinOf(row.twin), kind: "duplicate", origin: "llm" }));
}

/** The twin's Level of record and the images behind it, once it was rated. */
async function twinPictures(db: DbOrTx, projectId: string, pairIds: readonly string[]) {
  const found = await levelsOf(db, projectId, pairIds);
  const newest = pairIds.flatMap((id) => found.filter((level) => level.pairId === id).slice(-1));
  const images = await Promise.all(
    newest.map(({ gridId }) =>
      db
        .select({ id: gridImages.imageId })
        .from(gridImages)
        .where(eq(gridImages.gridId, gridId))
        .orderBy(asc(gridImages.position)),
    ),
  );
  return (pairId: string) => {
    const at = newest.findIndex((level) => level.pairId === pairId);
    return { level: newest[at] ?? null, imageIds: (images[at] ?? []).map(({ id }) => id) };
  };
}
