import { and, eq, inArray } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { generatorRevisions, generators, pairs, patterns } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { wantFigures } from "@/server/figures/want-figures";
import type { MemberContext } from "@/server/trpc/context";
import { KEPT_METRICS } from "./kept-metrics";
import { listScorers } from "./read-measured";
import type { ReckonedMetrics } from "./reckon-metrics";
import { AskedMetrics, type ShowMetrics } from "./schemas";

type Context = Pick<MemberContext, "db" | "member">;
export type ShownMetrics = Awaited<ReturnType<typeof showMetrics>>;
export type Metrics = NonNullable<ShownMetrics["metrics"]>;

/** Reckoning takes seconds where much was scored: the worker does it, and the page shows what it has, with the names of now. */
export async function showMetrics({ db, member }: Context, asked: ShowMetrics) {
  const { projectId } = member;
  const { judge, scorerId } = asked;
  if (scorerId && !(await listScorers(db, projectId)).some(({ id }) => id === scorerId)) {
    throw new AppError("NOT_FOUND", "No such scorer in this project.");
  }
  const { figures, ...found } = await wantFigures(
    db,
    KEPT_METRICS,
    projectId,
    AskedMetrics.parse(asked),
  );
  if (!figures) return { judge, metrics: null, ...found };
  const names = await readNames(db, projectId, figures.shown?.points ?? []);
  const shown = figures.shown && named(names, figures.shown);
  const judges = figures.judges.map((one) => ({
    ...one,
    generators: withNames(names, one.generators),
  }));
  return { judge, metrics: { ...figures, judge, shown, judges }, ...found };
}

type Shown = NonNullable<ReckonedMetrics["shown"]>;
type Names = Awaited<ReturnType<typeof readNames>>;

const withNames = <Row extends { revisionId: string }>(names: Names, rows: readonly Row[]) =>
  rows.map((row) => ({ ...row, name: names.revisions.get(row.revisionId) ?? "" }));

function named(names: Names, shown: Shown) {
  return {
    ...shown,
    generators: withNames(names, shown.generators),
    patterns: shown.patterns.map((row) => ({
      ...row,
      name: names.patterns.get(row.patternId) ?? "",
    })),
    points: shown.points.map((grid) => ({
      ...grid,
      pair: names.pairs.get(grid.pairId) ?? "",
      generator: names.revisions.get(grid.revisionId) ?? "",
    })),
  };
}

async function readNames(db: DbOrTx, projectId: string, points: Shown["points"]) {
  const pairIds = [...new Set(points.map(({ pairId }) => pairId))];
  const [revisions, titled, drawn] = await Promise.all([
    db
      .select({
        id: generatorRevisions.id,
        name: generators.name,
        number: generatorRevisions.number,
      })
      .from(generatorRevisions)
      .innerJoin(generators, eq(generators.id, generatorRevisions.generatorId))
      .where(eq(generatorRevisions.projectId, projectId)),
    db
      .select({ id: patterns.id, name: patterns.name })
      .from(patterns)
      .where(eq(patterns.projectId, projectId)),
    db
      .select({ id: pairs.id, a: pairs.conceptA, b: pairs.conceptB })
      .from(pairs)
      .where(and(eq(pairs.projectId, projectId), inArray(pairs.id, pairIds))),
  ]);
  return {
    revisions: new Map(
      revisions.map(({ id, name, number }) => [id, `${name}, revision ${number}`]),
    ),
    patterns: new Map(titled.map(({ id, name }) => [id, name])),
    pairs: new Map(drawn.map(({ id, a, b }) => [id, `${a} × ${b}`])),
  };
}
