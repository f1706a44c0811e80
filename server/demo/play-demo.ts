import type { Db } from "@/db/client";
import { countLevels, type LevelCounts } from "./count-levels";
import { exportProject } from "./export-project";
import { judgeImages } from "./judge-images";
import { patiently } from "./patiently";
import { type Report, startPhase, type Terminal } from "./progress";
import { proposeAndAccept } from "./propose-and-accept";
import { rateGrids } from "./rate-grids";
import { renderPairs } from "./render-pairs";
import { setStage } from "./stage";
import { waitForPrompts } from "./wait-for-prompts";

export type Summary = {
  pairs: number;
  renders: number;
  images: number;
  verdicts: number;
  levels: LevelCounts;
  seconds: Record<string, number>;
};
export type Played = Summary & { slug: string; exportId: string };

/**
 * The main job from pairs to an export, with a program in the rater's chair. Every phase asks only for what
 * is missing, so a demo that was cut off goes on where it stopped.
 */
export async function playDemo(db: Db, pairs: number, terminal: Terminal): Promise<Played> {
  const seconds: Record<string, number> = {};
  const phase = async <T>(
    name: string,
    act: (report: Report) => Promise<T>,
    says: (result: T) => string,
  ) => {
    const { report, end } = startPhase(name, terminal);
    const result = await act(report);
    seconds[name] = end(says(result));
    return result;
  };

  const { owner, rater } = await phase(
    "project",
    () => patiently(() => setStage(db)),
    (stage) => stage.owner.member.slug,
  );
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
  await phase(
    "judge",
    (report) => judgeImages(owner, report),
    (judged) =>
      judged === 0 ? "what drew the images tells what they show" : `${judged} images by the oracle`,
  );
  await phase(
    "rate",
    (report) => rateGrids(rater, drawn.wholePairs, report),
    () => `${drawn.wholePairs.length} grids by the simulated rater`,
  );
  const exportId = await phase(
    "export",
    (report) => exportProject(owner, report),
    () => "whole",
  );
  const { levels, verdicts } = await patiently(() => countLevels(rater, drawn.wholePairs));
  return {
    pairs: drawn.wholePairs.length,
    renders: drawn.renders,
    images: drawn.images,
    verdicts,
    levels,
    seconds,
    slug: owner.member.slug,
    exportId,
  };
}

const leftOver = (number: number, one: string, many: string): string =>
  number === 0 ? "" : `, ${number} ${number === 1 ? one : many} for a person`;
