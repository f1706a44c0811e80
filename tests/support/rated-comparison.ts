import type { Db } from "@/db/client";
import type { grids } from "@/db/schema";
import { showComparison } from "@/server/comparison/show-comparison";
import { openLoopDriver } from "./loop-driver";
import { makeRepairProject } from "./repair-project";

/** What the method told of each of its images. */
export const TRAINING = { told: { method: "CoMat", steps: 2000 }, files: {} };
export const TRACE = { visited: [{ step: 10, first: 0.84, second: 0.55 }] };

// Correct images of 20, pair by pair: Levels 5 5 5 4 with the baseline, 5 3 1 4 with the method.
const BASELINE = [0, 0, 0, 1];
const METHOD = [0, 8, 20, 2];

export type RatedComparison = Awaited<ReturnType<typeof makeRatedComparison>>;

/** A comparison of four pairs by a baseline and a method, drawn and rated whole; `show` reads its page. */
export async function makeRatedComparison(db: Db) {
  const driver = await openLoopDriver(db);
  const project = await makeRepairProject(db, driver, 4);
  const correctOf = ({ pairId, generatorRevisionId }: typeof grids.$inferSelect) => {
    const counts = generatorRevisionId === project.methodId ? METHOD : BASELINE;
    return counts[project.pairIds.indexOf(pairId)]!;
  };
  await project.start();
  await driver.draw("sketch", { evals: 40, timings: { total: 2 } });
  await driver.draw(project.methodEndpoint, {
    evals: 107.5,
    timings: { encode: 1, denoise: 5 },
    trace: TRACE,
    model: { name: "sdxl", revision: "4621", files: { "unet.safetensors": "a1" } },
    method: { name: "moce", version: "3", mode: "searched", parameters: { window: 2 } },
    training: TRAINING,
  });
  await driver.settle();
  for (let at = 0; at < 8; at += 1) await project.rateNext(correctOf);
  return {
    ...project,
    show: (asked: Partial<Parameters<typeof showComparison>[1]> = {}) =>
      showComparison(project.ctx, { judge: "human", ...asked }),
  };
}
