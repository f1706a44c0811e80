import { and, eq, exists, isNotNull, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { accounts, grids, pairs, seats, sittings, verdicts } from "@/db/schema";
import { latentMatch } from "@/server/mining/domain/latent-match";
import { type Estimate, estimateOf } from "@/server/project/domain/phase-figures";
import type { MemberContext } from "@/server/trpc/context";
import { guessesOfLlm } from "./guess-of-llm";
import type { LatentPrecisionInput } from "./schemas";

export type LatentPrecision = {
  /** Of the failing grids whose rater said what stood there instead: those where it is what the LLM guessed. */
  grids: Estimate | null;
  /** Of the incorrect images that were asked about: those where the rater saw something else instead. */
  images: Estimate | null;
};

type Scope = { projectId: string; patternId: string | null };
type Named = { patternId: string; guessed: string; seen: string };
type Asked = { patternId: string; asked: number; seen: number };

/**
 * How often the LLM knew what would appear instead, in all and by pattern, with 95 % intervals (Wilson).
 * People's submitted grids that failed at least once, of pairs about which the LLM said something: what counts is
 * what it said, not what stands at the pair by now. With a pattern, only that one is read.
 */
export async function latentPrecision(
  { db, member }: Pick<MemberContext, "db" | "member">,
  { patternId }: LatentPrecisionInput,
) {
  const scope = { projectId: member.projectId, patternId: patternId ?? null };
  const [named, asked] = await Promise.all([listNamed(db, scope), countAsked(db, scope)]);
  const patternIds = new Set([...named, ...asked].map((row) => row.patternId));
  const isOf = (id: string) => (row: { patternId: string }) => row.patternId === id;
  return {
    all: precisionOf(named, asked),
    patterns: [...patternIds].map((id) => ({
      patternId: id,
      ...precisionOf(named.filter(isOf(id)), asked.filter(isOf(id))),
    })),
  };
}

function precisionOf(named: readonly Named[], asked: readonly Asked[]): LatentPrecision {
  const hits = named.filter(({ guessed, seen }) => latentMatch(guessed, seen) !== null);
  const sum = (name: "asked" | "seen") => asked.reduce((all, row) => all + row[name], 0);
  return {
    grids: estimateOf(hits.length, named.length),
    images: estimateOf(sum("seen"), sum("asked")),
  };
}

async function listNamed(db: DbOrTx, scope: Scope): Promise<Named[]> {
  const isIncorrect = exists(
    db
      .select({ imageId: verdicts.imageId })
      .from(verdicts)
      .where(and(eq(verdicts.sittingId, sittings.id), eq(verdicts.verdict, "incorrect"))),
  );
  const { guessed, latent } = guessesOfLlm(db, scope.projectId);
  const rows = await db
    .select({ patternId: pairs.patternId, guessed: latent, seen: sittings.seenInstead })
    .from(sittings)
    .innerJoin(seats, holdsSeat)
    .innerJoin(accounts, isPerson)
    .innerJoin(grids, isMining)
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .leftJoin(guessed, eq(guessed.pairId, pairs.id))
    .where(and(...conditions(scope, latent), isNotNull(sittings.seenInstead), isIncorrect));
  return rows.flatMap(({ guessed, seen, patternId }) =>
    guessed && seen ? [{ patternId, guessed, seen }] : [],
  );
}

function countAsked(db: DbOrTx, scope: Scope): Promise<Asked[]> {
  const latentSeen = sql`${verdicts.detail} -> 'latentSeen'`;
  const { guessed, latent } = guessesOfLlm(db, scope.projectId);
  return db
    .select({
      patternId: pairs.patternId,
      asked: sql<number>`count(*)`.mapWith(Number),
      seen: sql<number>`count(*) filter (where ${latentSeen} = 'true'::jsonb)`.mapWith(Number),
    })
    .from(verdicts)
    .innerJoin(sittings, eq(sittings.id, verdicts.sittingId))
    .innerJoin(seats, holdsSeat)
    .innerJoin(accounts, isPerson)
    .innerJoin(grids, isMining)
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .leftJoin(guessed, eq(guessed.pairId, pairs.id))
    .where(
      and(
        ...conditions(scope, latent),
        eq(verdicts.verdict, "incorrect"),
        isNotNull(verdicts.detail),
        sql`${latentSeen} is not null`,
      ),
    )
    .groupBy(pairs.patternId);
}

const holdsSeat = and(eq(seats.sittingId, sittings.id), isNotNull(seats.completedAt));
const isPerson = and(eq(accounts.id, sittings.raterId), eq(accounts.isSimulated, false));
const isMining = and(eq(grids.id, sittings.gridId), eq(grids.purpose, "mining"));

const conditions = ({ projectId, patternId }: Scope, latent: SQL) => [
  eq(sittings.projectId, projectId),
  eq(sittings.state, "submitted"),
  patternId ? eq(pairs.patternId, patternId) : undefined,
  isNotNull(latent),
];
