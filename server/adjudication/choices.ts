import { and, asc, eq } from "drizzle-orm";
import { accounts, consensuses, grids, pairs, patterns, sittings } from "@/db/schema";
import { distinctNames } from "@/server/agreement/domain/distinct-names";
import type { MemberContext } from "@/server/trpc/context";

/** What the grids that people judged can be filtered by. */
export async function adjudicationChoices({ db, member }: MemberContext) {
  const ofProject = and(
    eq(consensuses.projectId, member.projectId),
    eq(consensuses.judge, "human"),
  );
  const [named, raters] = await Promise.all([
    db
      .selectDistinct({ id: patterns.id, name: patterns.name })
      .from(consensuses)
      .innerJoin(grids, eq(grids.id, consensuses.gridId))
      .innerJoin(pairs, eq(pairs.id, grids.pairId))
      .innerJoin(patterns, eq(patterns.id, pairs.patternId))
      .where(ofProject)
      .orderBy(asc(patterns.name)),
    db
      .selectDistinct({ id: accounts.id, name: accounts.name })
      .from(consensuses)
      .innerJoin(sittings, eq(sittings.gridId, consensuses.gridId))
      .innerJoin(accounts, eq(accounts.id, sittings.raterId))
      .where(ofProject),
  ]);
  return {
    patterns: named,
    raters: distinctNames(new Map(raters.map(({ id, name }) => [id, name]))),
  };
}
