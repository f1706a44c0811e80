import { and, desc, eq, isNull, ne, not, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { exemplars, type Pattern, pairLevels, pairs } from "@/db/schema";
import { findTestedRevision } from "@/server/project/find-tested-revision";
import { pickExemplars } from "./domain/pick-exemplars";
import type { ExpandInput } from "./exchanges/expand-pattern";
import { PatternExamples } from "./exchanges/pattern-answer";
import { wasDrawnWell } from "./was-drawn-well";

const SHOWN = 8;
/** Whence exemplars are drawn; a pinned one counts however old it is. */
const POOL = 200;
const LEVEL_NEVER = 5;

type Feedback = Pick<ExpandInput, "exemplars" | "drawnWell" | "rejected"> & {
  exemplarIds: string[];
};

/** What a proposer is told of a pattern's past: what proved right, what was drawn well, what people turned down. */
export async function readFeedback(db: Db, pattern: Pattern, seed: number): Promise<Feedback> {
  const revision = await findTestedRevision(db, pattern.projectId);
  const [candidates, drawnWell, rejected] = await Promise.all([
    readCandidates(db, pattern, revision?.id ?? null),
    readDrawnWell(db, pattern, revision?.id ?? null),
    readRejected(db, pattern),
  ]);
  const picked = pickExemplars(candidates, SHOWN, seed);
  // A pattern that was just approved has only what it was proposed with.
  const shown = picked.length > 0 ? picked : examplesOf(pattern);
  return {
    exemplars: shown.map(({ a, b, latent, isProven }) => ({ a, b, latent, isProven })),
    exemplarIds: picked.map(({ pairId }) => pairId),
    drawnWell,
    rejected,
  };
}

const examplesOf = ({ examples }: Pattern) =>
  PatternExamples.parse(examples).map((pair) => ({ ...pair, isProven: false }));

async function readCandidates(db: Db, { projectId, id }: Pattern, revisionId: string | null) {
  // Trivial finds teach nothing: A or B alone cannot be drawn.
  const isProven = sql<boolean>`(${pairLevels.level} = ${LEVEL_NEVER} and ${pairLevels.isTrivial} is not true) is true`;
  const isPinned = sql<boolean>`(${exemplars.mode} = 'pinned') is true`;
  return db
    .select({
      pairId: pairs.id,
      a: pairs.conceptA,
      b: pairs.conceptB,
      latent: pairs.latent,
      isPinned,
      isProven,
      weight: sql<number>`coalesce(${exemplars.weight}, 1)`,
    })
    .from(pairs)
    .leftJoin(exemplars, eq(exemplars.pairId, pairs.id))
    .leftJoin(pairLevels, isLevelOf(revisionId))
    .where(
      and(
        eq(pairs.projectId, projectId),
        eq(pairs.patternId, id),
        eq(pairs.state, "accepted"),
        or(isNull(exemplars.mode), ne(exemplars.mode, "banned")),
        // What was drawn well is shown as such, never as an example to follow.
        or(not(wasDrawnWell()), isPinned),
      ),
    )
    .orderBy(sql`${isPinned} desc`, sql`${isProven} desc`, desc(pairs.id))
    .limit(POOL);
}

const isLevelOf = (revisionId: string | null) =>
  and(
    eq(pairLevels.pairId, pairs.id),
    eq(pairLevels.judge, "human"),
    revisionId ? eq(pairLevels.generatorRevisionId, revisionId) : sql`false`,
  );

async function readDrawnWell(db: Db, { projectId, id }: Pattern, revisionId: string | null) {
  return db
    .select({ a: pairs.conceptA, b: pairs.conceptB })
    .from(pairs)
    .leftJoin(pairLevels, isLevelOf(revisionId))
    .where(
      and(
        eq(pairs.projectId, projectId),
        eq(pairs.patternId, id),
        or(wasDrawnWell(), and(eq(pairs.state, "set_aside"), eq(pairs.reason, "plainly_fine"))),
      ),
    )
    .orderBy(desc(pairs.id))
    .limit(SHOWN);
}

async function readRejected(db: Db, { projectId, id }: Pattern): Promise<ExpandInput["rejected"]> {
  const found = await db
    .select({
      a: pairs.conceptA,
      b: pairs.conceptB,
      reason: pairs.reason,
      reasonText: pairs.reasonText,
    })
    .from(pairs)
    .where(
      and(eq(pairs.projectId, projectId), eq(pairs.patternId, id), eq(pairs.state, "rejected")),
    )
    .orderBy(desc(pairs.id))
    .limit(SHOWN);
  return found.map(({ a, b, reason, reasonText }) => ({
    a,
    b,
    reason: [reason ?? "other", reasonText].filter(Boolean).join(": "),
  }));
}
