import { setImmediate } from "node:timers/promises";
import { eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { generatorRevisions, generators, pairs, patterns } from "@/db/schema";
import type { BootstrapSettings } from "@/server/agreement/domain/bootstrap";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import { correlate } from "./domain/correlate";
import { type JudgedImage, type MeasuredGrid, measuredGrids } from "./domain/measured-grids";
import { resampleSettings } from "./domain/resample-settings";
import { readJudgedImages } from "./read-judged-images";
import { type KnownScorer, listScorers, type MeasuredImages, readMeasured } from "./read-measured";
import { SCORED_BY, type ScoredBy, type ShowMetrics } from "./schemas";

type Context = { db: DbOrTx; member: Pick<MemberContext["member"], "projectId"> };
export type Metrics = Awaited<ReturnType<typeof showMetrics>>;
type Measure = { scorer: KnownScorer; by: ScoredBy; grids: MeasuredGrid[] };

// More could not be told apart in the plot; the table and the file have them all.
const MOST_POINTS = 2000;

/**
 * Automatic scores against what people counted, by the people or by the simulated rater, never by both. Grids that the score itself
 * steered stand beside, and are in no figure of all generators: their scores are high by construction.
 */
export async function showMetrics({ db, member }: Context, { judge, scorerId, by }: ShowMetrics) {
  const { projectId } = member;
  const [scorers, judged] = await Promise.all([
    listScorers(db, projectId),
    readJudgedImages(db, projectId, judge),
  ]);
  if (scorerId && !scorers.some(({ id }) => id === scorerId)) {
    throw new AppError("NOT_FOUND", "No such scorer in this project.");
  }
  const measures: Measure[] = [];
  for (const scorer of scorers) {
    measures.push(...measuresOf(scorer, judged, await readMeasured(db, projectId, scorer.id)));
  }
  const observations = Math.max(0, ...measures.map(({ grids }) => sizeOf(grids)));
  const bootstrap = resampleSettings(observations);
  const listed = await inTurn(measures, ({ scorer, by: text, grids }) => ({
    scorer,
    by: text,
    steeredGrids: grids.filter(({ steered }) => steered).length,
    all: figuresOf(unsteered(grids), bootstrap),
  }));
  const ranked = listed.toSorted((one, other) => worth(other) - worth(one));
  const wanted = ranked.find(
    (one) => (!scorerId || one.scorer.id === scorerId) && (!by || one.by === by),
  );
  const shown = measures.find((one) => one.scorer.id === wanted?.scorer.id && one.by === wanted.by);
  return {
    judge,
    bootstrap,
    ratedGrids: new Set(judged.map(({ gridId }) => gridId)).size,
    measures: ranked,
    shown: shown ? await inFull(db, projectId, shown, bootstrap) : null,
  };
}

const unsteered = (grids: readonly MeasuredGrid[]) => grids.filter(({ steered }) => !steered);
const sizeOf = (grids: readonly MeasuredGrid[]) =>
  grids.reduce((sum, { images }) => sum + images.length + 1, 0);
const figuresOf = (grids: readonly MeasuredGrid[], settings: BootstrapSettings) =>
  correlate(
    grids,
    grids.flatMap(({ images }) => images),
    settings,
  );
const worth = ({ all }: { all: ReturnType<typeof figuresOf> }) =>
  typeof all.spearman.value === "number" ? all.spearman.value : -2;

function measuresOf(
  scorer: KnownScorer,
  judged: readonly JudgedImage[],
  measured: MeasuredImages,
): Measure[] {
  return SCORED_BY.flatMap((by) => {
    const grids = measuredGrids(judged, (imageId) => {
      const found = measured.get(imageId);
      const value = found?.[by] ?? null;
      return value === null ? null : { value, steered: found?.steered === true };
    });
    return grids.length > 0 ? [{ scorer, by, grids }] : [];
  });
}

async function inFull(
  db: DbOrTx,
  projectId: string,
  { scorer, by, grids }: Measure,
  settings: BootstrapSettings,
) {
  const names = await readNames(db, projectId);
  const byRevision = [...Map.groupBy(grids, ({ revisionId }) => revisionId)];
  const byPattern = [...Map.groupBy(unsteered(grids), ({ patternId }) => patternId)];
  return {
    scorer,
    by,
    generators: await inTurn(byRevision, ([revisionId, own]) => ({
      revisionId,
      name: names.revisions.get(revisionId) ?? "",
      steered: own.some(({ steered }) => steered),
      ...figuresOf(own, settings),
    })),
    patterns: await inTurn(byPattern, ([patternId, own]) => ({
      patternId,
      name: names.patterns.get(patternId) ?? "",
      ...figuresOf(own, settings),
    })),
    allPoints: grids.length,
    points: grids.slice(-MOST_POINTS).map(({ images: _, ...grid }) => ({
      ...grid,
      pair: names.pairs.get(grid.pairId) ?? "",
      generator: names.revisions.get(grid.revisionId) ?? "",
    })),
  };
}

async function readNames(db: DbOrTx, projectId: string) {
  const [revisions, named, drawn] = await Promise.all([
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
      .where(eq(pairs.projectId, projectId)),
  ]);
  return {
    revisions: new Map(
      revisions.map(({ id, name, number }) => [id, `${name}, revision ${number}`]),
    ),
    patterns: new Map(named.map(({ id, name }) => [id, name])),
    pairs: new Map(drawn.map(({ id, a, b }) => [id, `${a} × ${b}`])),
  };
}

/** Others are answered between two figures. */
async function inTurn<Item, Result>(
  items: readonly Item[],
  reckon: (item: Item) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) {
    await setImmediate();
    results.push(reckon(item));
  }
  return results;
}
