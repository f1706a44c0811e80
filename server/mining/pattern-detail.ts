import { and, asc, desc, eq, inArray } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { conceptSets, exchanges, type Pattern, pairs, patternParents, patterns } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { pairKey } from "./domain/pair-key";
import { readExamples } from "./domain/pattern-example";
import { findOverlaps } from "./find-overlaps";
import { findPattern } from "./find-pattern";

export type PatternDetail = Awaited<ReturnType<typeof patternDetail>>;

/** One pattern: what was said when it was proposed, what it may repeat, what it comes from. */
export async function patternDetail(
  { db, member }: Pick<MemberContext, "db" | "member">,
  patternId: string,
) {
  const { projectId } = member;
  const pattern = await findPattern(db, { projectId, patternId });
  const [examples, overlaps, parents, children, sets, exchange, mergedInto] = await Promise.all([
    readKnownExamples(db, pattern),
    pattern.state === "proposed" ? findOverlaps(db, pattern) : [],
    findRelatives(db, pattern, "parents"),
    findRelatives(db, pattern, "children"),
    findConceptSets(db, pattern),
    findExchange(db, pattern),
    findMergedInto(db, pattern),
  ]);
  const { id, name, definition, category, phase, state, difference } = pattern;
  return {
    pattern: { id, name, definition, category, phase, state, difference },
    examples,
    overlaps,
    parents,
    children,
    conceptSets: sets,
    exchange,
    mergedInto,
  };
}

/** The examples, each with the pair that the project has under the same key. */
async function readKnownExamples(db: DbOrTx, { projectId, ...pattern }: Pattern) {
  const examples = readExamples(pattern.examples);
  if (examples.length === 0) return [];
  const known = await db
    .select({ id: pairs.id, key: pairs.key, pattern: patterns.name, state: pairs.state })
    .from(pairs)
    .innerJoin(patterns, eq(patterns.id, pairs.patternId))
    .where(
      and(
        eq(pairs.projectId, projectId),
        inArray(
          pairs.key,
          examples.map(({ a, b }) => pairKey(a, b)),
        ),
      ),
    );
  return examples.map(({ a, b, latent, reason, pairId }) => ({
    a,
    b,
    latent: latent ?? null,
    reason: reason ?? null,
    isSeed: Boolean(pairId),
    known: known.find(({ key }) => key === pairKey(a, b)) ?? null,
  }));
}

function findRelatives(db: DbOrTx, { id, projectId }: Pattern, side: "parents" | "children") {
  const [mine, theirs] =
    side === "parents"
      ? [patternParents.childId, patternParents.parentId]
      : [patternParents.parentId, patternParents.childId];
  return db
    .select({ id: patterns.id, name: patterns.name, state: patterns.state })
    .from(patternParents)
    .innerJoin(patterns, eq(patterns.id, theirs))
    .where(and(eq(mine, id), eq(patterns.projectId, projectId)))
    .orderBy(asc(patterns.id));
}

const findConceptSets = (db: DbOrTx, { id, projectId }: Pattern) =>
  db
    .select({ id: conceptSets.id, number: conceptSets.number, createdAt: conceptSets.createdAt })
    .from(conceptSets)
    .where(and(eq(conceptSets.patternId, id), eq(conceptSets.projectId, projectId)))
    .orderBy(desc(conceptSets.number));

async function findExchange(db: DbOrTx, { exchangeId, projectId }: Pattern) {
  if (!exchangeId) return null;
  const [exchange] = await db
    .select({ id: exchanges.id, model: exchanges.model })
    .from(exchanges)
    .where(and(eq(exchanges.id, exchangeId), eq(exchanges.projectId, projectId)));
  return exchange ?? null;
}

async function findMergedInto(db: DbOrTx, { mergedIntoId, projectId }: Pattern) {
  if (!mergedIntoId) return null;
  const { id, name } = await findPattern(db, { projectId, patternId: mergedIntoId });
  return { id, name };
}
