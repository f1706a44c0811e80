import type { Db } from "@/db/client";
import { askOrders } from "./ask-orders";
import { compareLevels, type Repairs } from "./compare-levels";
import { countLevels, type LevelCounts } from "./count-levels";
import { exportProject } from "./export-project";
import { judgeImages } from "./judge-images";
import { patiently } from "./patiently";
import { type Report, startPhase, type Terminal } from "./progress";
import { proposeAndAccept } from "./propose-and-accept";
import { rateGrids, rateRepair } from "./rate-grids";
import { renderPairs } from "./render-pairs";
import { planRepair, repairPairs } from "./repair-pairs";
import { type Stage, setStage } from "./stage";
import { waitForGenerators } from "./wait-for-generators";
import { waitForPrompts } from "./wait-for-prompts";

export type Summary = {
  pairs: number;
  renders: number;
  images: number;
  verdicts: number;
  levels: LevelCounts;
  /** null: nothing to repair, or nothing to repair it by. */
  repairs: Repairs | null;
  seconds: Record<string, number>;
};
export type Played = Summary & { slug: string; exportId: string };
type Phase = <T>(
  name: string,
  act: (report: Report) => Promise<T>,
  says: (result: T) => string,
) => Promise<T>;

/**
 * The main job from pairs to an export, with a program in the rater's chair. Every phase asks only for what
 * is missing, so a demo that was cut off goes on where it stopped.
 */
export async function playDemo(db: Db, pairs: number, terminal: Terminal): Promise<Played> {
  const seconds: Record<string, number> = {};
  const phase: Phase = async (name, act, says) => {
    const { report, end } = startPhase(name, terminal);
    const result = await act(report);
    seconds[name] = end(says(result));
    return result;
  };
  await phase(
    "engine",
    (report) => waitForGenerators(db, report),
    (name) => `${name} is ready`,
  );
  const stage = await phase(
    "project",
    () => patiently(() => setStage(db)),
    ({ owner }) => owner.member.slug,
  );
  const drawn = await mine(phase, stage, pairs);
  const repairs = await repair(phase, stage, drawn.wholePairs);
  const exportId = await phase(
    "export",
    (report) => exportProject(stage.owner, report),
    () => "whole",
  );
  const { levels, verdicts } = await patiently(() => countLevels(stage.rater, drawn.wholePairs));
  return {
    pairs: drawn.wholePairs.length,
    renders: drawn.renders,
    images: drawn.images,
    verdicts,
    levels,
    repairs,
    seconds,
    slug: stage.owner.member.slug,
    exportId,
  };
}

/** From a pattern to Levels. */
async function mine(phase: Phase, { owner, rater }: Stage, pairs: number) {
  const accepted = await phase(
    "propose",
    (report) => proposeAndAccept(owner, pairs, report),
    (found) => `${found.length} pairs accepted`,
  );
  const { ready } = await phase(
    "prompts",
    (report) => waitForPrompts(owner, accepted, report),
    (found) =>
      `${found.ready.length * 5} written${leftOver(found.waiting, "pair waits", "pairs wait")}`,
  );
  const drawn = await phase(
    "render",
    (report) => renderPairs(owner, ready, report),
    (done) => `${done.images} images${leftOver(done.failed, "render failed", "renders failed")}`,
  );
  await phase("judge", (report) => judgeImages(owner, report), saysJudged);
  await phase(
    "rate",
    (report) => rateGrids(rater, drawn.wholePairs, report),
    () => `${drawn.wholePairs.length} grids by the simulated rater`,
  );
  return drawn;
}

/** Draws what is at Level 5 anew, by the same generator and by MoCE, blind and on fresh seeds; null where there is nothing to do. */
async function repair(phase: Phase, { owner, rater }: Stage, pairIds: readonly string[]) {
  const plan = await patiently(() => planRepair(owner, pairIds));
  if (!plan) return null;
  await phase(
    "order",
    (report) => askOrders(owner, plan.pairIds, report),
    (known) => `known of ${known} of ${plan.pairIds.length} pairs at Level 5`,
  );
  const repaired = await phase(
    "repair",
    (report) => repairPairs(owner, plan, report),
    () => `${plan.pairIds.length} pairs drawn anew, as before and with MoCE`,
  );
  await phase("judge anew", (report) => judgeImages(owner, report), saysJudged);
  await phase(
    "rate anew",
    (report) => rateRepair(rater, repaired, report),
    () => `${repaired.wanted} grids by the simulated rater`,
  );
  return compareLevels(owner, repaired.number);
}

const saysJudged = (judged: number): string =>
  judged === 0 ? "what drew the images tells what they show" : `${judged} images by the oracle`;

const leftOver = (number: number, one: string, many: string): string =>
  number === 0 ? "" : `, ${number} ${number === 1 ? one : many} for a person`;
