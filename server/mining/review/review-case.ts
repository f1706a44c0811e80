import { and, asc, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { DbOrTx } from "@/db/client";
import { accounts, batches, gridImages, pairs, proposals } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import { levelsOf } from "../list-pairs";
import type { ReviewCaseId } from "../schemas";
import { compareSteps } from "./compare-steps";

export type ReviewCase = Awaited<ReturnType<typeof reviewCase>>;

/** What a person needs to decide one item of the queue: why it was proposed, and its twin if it has one. */
export async function reviewCase(
  { db, member }: Pick<MemberContext, "db" | "member">,
  { id, kind }: ReviewCaseId,
) {
  const { projectId } = member;
  const found = await (kind === "pair" ? findPair : findRepeat)(db, projectId, id);
  if (!found) throw new AppError("NOT_FOUND", "No such proposal in this project");
  const { twinId, step, similarity, ...proposal } = found;
  const twin = twinId ? await findTwin(db, projectId, twinId) : null;
  const compared = twin && (await compareSteps(db, proposal, twin, { step, similarity }));
  return { ...proposal, twin, compared };
}

const proposed = {
  rationale: proposals.rationale,
  batchNumber: batches.number,
  proposer: batches.proposer,
  twinId: proposals.twinId,
  step: proposals.step,
  similarity: proposals.similarity,
};

async function findPair(db: DbOrTx, projectId: string, pairId: string) {
  const [found] = await db
    .select({
      ...proposed,
      a: pairs.conceptA,
      b: pairs.conceptB,
      origin: pairs.origin,
      rationale: pairs.rationale,
    })
    .from(pairs)
    .leftJoin(proposals, eq(proposals.pairId, pairs.id))
    .leftJoin(batches, eq(batches.id, proposals.batchId))
    .where(and(eq(pairs.id, pairId), eq(pairs.projectId, projectId)));
  return found;
}

async function findRepeat(db: DbOrTx, projectId: string, proposalId: string) {
  const [found] = await db
    .select({ ...proposed, a: proposals.conceptA, b: proposals.conceptB })
    .from(proposals)
    .innerJoin(batches, eq(batches.id, proposals.batchId))
    .where(and(eq(proposals.id, proposalId), eq(proposals.projectId, projectId)));
  return found && { ...found, origin: "llm" as const };
}

const twins = alias(pairs, "twin");

/** The twin with its Level of record and the images behind it, once it was rated. */
async function findTwin(db: DbOrTx, projectId: string, twinId: string) {
  const [[twin], found] = await Promise.all([
    db
      .select({
        id: twins.id,
        a: twins.conceptA,
        b: twins.conceptB,
        latent: twins.latent,
        origin: twins.origin,
        state: twins.state,
        decidedBy: accounts.name,
      })
      .from(twins)
      .leftJoin(accounts, eq(accounts.id, twins.decidedBy))
      .where(and(eq(twins.id, twinId), eq(twins.projectId, projectId))),
    levelsOf(db, projectId, [twinId]),
  ]);
  if (!twin) return null;
  const level = found.at(-1) ?? null;
  const images = level
    ? await db
        .select({ id: gridImages.imageId })
        .from(gridImages)
        .where(eq(gridImages.gridId, level.gridId))
        .orderBy(asc(gridImages.position))
    : [];
  return { ...twin, level, imageIds: images.map(({ id }) => id) };
}
