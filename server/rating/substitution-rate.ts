import { and, eq, isNotNull, ne, sql } from "drizzle-orm";
import {
  accounts,
  generatorRevisions,
  grids,
  pairs,
  patterns,
  seats,
  sittings,
  verdicts,
} from "@/db/schema";
import { type Estimate, estimateOf } from "@/server/project/domain/phase-figures";
import type { MemberContext } from "@/server/trpc/context";

export type Substitution = {
  patternId: string;
  pattern: string;
  revisionId: string;
  revision: number;
  /** Images that raters were asked about in detail. */
  images: number;
  /** C is there and B is not: what LC-Mis claims. Image-level interval (Wilson): images of a pair are not independent. */
  ofB: Estimate | null;
  /** C is there and A is not. */
  ofA: Estimate | null;
};

/**
 * How often the concept that nobody asked for took the place of one that was, by pattern and generator
 * revision, over the images whose raters (people, completed seats) were asked what they see.
 */
export async function substitutionRate({ db, member }: MemberContext): Promise<Substitution[]> {
  const says = (name: string) => sql`${verdicts.detail} -> ${name}::text`;
  const takes = (name: "aSeen" | "bSeen") =>
    sql<number>`count(*) filter (where ${says("latentSeen")} = 'true'::jsonb and ${says(name)} = 'false'::jsonb)`.mapWith(
      Number,
    );
  const rows = await db
    .select({
      patternId: patterns.id,
      pattern: patterns.name,
      revisionId: generatorRevisions.id,
      revision: generatorRevisions.number,
      images: sql<number>`count(*)`.mapWith(Number),
      ofA: takes("aSeen"),
      ofB: takes("bSeen"),
    })
    .from(verdicts)
    .innerJoin(sittings, eq(sittings.id, verdicts.sittingId))
    .innerJoin(seats, and(eq(seats.sittingId, sittings.id), isNotNull(seats.completedAt)))
    .innerJoin(accounts, and(eq(accounts.id, sittings.raterId), eq(accounts.isSimulated, false)))
    .innerJoin(grids, eq(grids.id, sittings.gridId))
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, grids.generatorRevisionId))
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .innerJoin(patterns, eq(patterns.id, pairs.patternId))
    .where(
      and(
        eq(sittings.projectId, member.projectId),
        isNotNull(verdicts.detail),
        // What was seen of it before it was flagged is no judgement.
        ne(verdicts.verdict, "broken"),
        // Only who said something of both concepts and of what intrudes was asked.
        sql`${verdicts.detail} ?& array['aSeen', 'bSeen', 'latentSeen']`,
      ),
    )
    .groupBy(patterns.id, patterns.name, generatorRevisions.id, generatorRevisions.number)
    .orderBy(patterns.name, generatorRevisions.number);
  return rows.map(({ ofA, ofB, ...row }) => ({
    ...row,
    ofA: estimateOf(ofA, row.images),
    ofB: estimateOf(ofB, row.images),
  }));
}
