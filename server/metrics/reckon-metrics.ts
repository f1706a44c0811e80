import { setImmediate } from "node:timers/promises";
import type { Db } from "@/db/client";
import type { BootstrapSettings } from "@/server/agreement/domain/bootstrap";
import { judgeRule, scoreOf } from "./domain/automatic-verdict";
import { type Correlated, correlating } from "./domain/correlate";
import { type JudgedImage, type MeasuredGrid, measuredGrids } from "./domain/measured-grids";
import { resampleSettings } from "./domain/resample-settings";
import { readJudgedImages } from "./read-judged-images";
import { type KnownScorer, listScorers, type MeasuredImages, readMeasured } from "./read-measured";
import { type IsTrainedOn, readTrained } from "./read-trained";
import { reckonJudges } from "./reckon-judges";
import { type AskedMetrics, SCORED_BY, type ScoredBy } from "./schemas";

type Measure = { scorer: KnownScorer; by: ScoredBy; grids: MeasuredGrid[] };
export type ReckonedMetrics = Awaited<ReturnType<typeof reckonMetrics>>;

// More could not be told apart in the plot; the table and the file have them all.
const MOST_POINTS = 2000;

/**
 * Automatic scores against what people counted, by the people or by the simulated rater, never by both. Grids that the score itself
 * steered, or whose model was trained to please it, stand beside, and are in no figure of all generators: their scores are high by
 * construction.
 */
export async function reckonMetrics(
  db: Db,
  projectId: string,
  { judge, scorerId, by }: AskedMetrics,
) {
  const [scorers, judged, isTrainedOn] = await Promise.all([
    listScorers(db, projectId),
    readJudgedImages(db, projectId, judge),
    readTrained(db, projectId),
  ]);
  const measures: Measure[] = [];
  for (const scorer of scorers) {
    const measured = await readMeasured(db, projectId, scorer.id);
    measures.push(...measuresOf(scorer, judged, measured, isTrainedOn));
  }
  const observations = Math.max(0, ...measures.map(({ grids }) => sizeOf(grids)));
  const bootstrap = resampleSettings(observations);
  const listed = await inTurn(measures, async ({ scorer, by: text, grids }) => ({
    scorer,
    by: text,
    steeredGrids: grids.filter(({ steered }) => steered).length,
    all: await figuresOf(unsteered(grids), bootstrap),
  }));
  const ranked = listed.toSorted((one, other) => worth(other.all) - worth(one.all));
  const wanted = ranked.find(
    (one) => (!scorerId || one.scorer.id === scorerId) && (!by || one.by === by),
  );
  const shown = measures.find((one) => one.scorer.id === wanted?.scorer.id && one.by === wanted.by);
  return {
    bootstrap,
    ratedGrids: new Set(judged.map(({ gridId }) => gridId)).size,
    measures: ranked,
    shown: shown ? await inFull(shown, bootstrap, isTrainedOn) : null,
    judges: await reckonJudges(db, projectId, { scorers, isTrainedOn }),
  };
}

const unsteered = (grids: readonly MeasuredGrid[]) => grids.filter(({ steered }) => !steered);
const sizeOf = (grids: readonly MeasuredGrid[]) =>
  grids.reduce((sum, { images }) => sum + images.length + 1, 0);
const worth = ({ spearman }: Correlated) =>
  typeof spearman.value === "number" ? spearman.value : -2;

function measuresOf(
  scorer: KnownScorer,
  judged: readonly JudgedImage[],
  measured: MeasuredImages,
  isTrainedOn: IsTrainedOn,
): Measure[] {
  const rule = judgeRule(scorer.settings);
  return SCORED_BY.flatMap((by) => {
    const grids = measuredGrids(judged, ({ imageId, revisionId }) => {
      const found = measured.get(imageId);
      const value = found?.[by] ?? null;
      const steered = found?.steered === true || isTrainedOn(revisionId, scorer.name);
      return value === null ? null : { value: scoreOf(value, rule), steered };
    });
    return grids.length > 0 ? [{ scorer, by, grids }] : [];
  });
}

async function inFull(
  { scorer, by, grids }: Measure,
  settings: BootstrapSettings,
  isTrainedOn: IsTrainedOn,
) {
  const byRevision = [...Map.groupBy(grids, ({ revisionId }) => revisionId)];
  const byPattern = [...Map.groupBy(unsteered(grids), ({ patternId }) => patternId)];
  return {
    scorer,
    by,
    generators: await inTurn(byRevision, async ([revisionId, own]) => ({
      revisionId,
      steered: own.some(({ steered }) => steered),
      trained: isTrainedOn(revisionId, scorer.name),
      ...(await figuresOf(own, settings)),
    })),
    patterns: await inTurn(byPattern, async ([patternId, own]) => ({
      patternId,
      ...(await figuresOf(own, settings)),
    })),
    allPoints: grids.length,
    points: grids.slice(-MOST_POINTS).map(({ images: _, ...grid }) => grid),
  };
}

/** Others are served between two resamples. */
async function figuresOf(
  grids: readonly MeasuredGrid[],
  settings: BootstrapSettings,
): Promise<Correlated> {
  const images = grids.flatMap((grid) => grid.images);
  const steps = correlating(grids, images, settings);
  for (;;) {
    await setImmediate();
    const step = steps.next();
    if (step.done) return step.value;
  }
}

async function inTurn<Item, Result>(
  items: readonly Item[],
  reckon: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await reckon(item));
  return results;
}
