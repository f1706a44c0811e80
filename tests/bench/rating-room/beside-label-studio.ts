import { quantile, spread } from "../figures";
import { inPairs, tailsLine } from "../pairs";
import { openLabelStudio, rateTasks } from "./label-studio";
import type { Network, Stage } from "./open-stage";
import { makePhotographs } from "./photographs";
import { enterRoom, rateGrids, watchedIn } from "./walk";

const GRIDS_A_TURN = 4;
const TASKS_A_TURN = 5;
const GRID_MS = 4000;
/** A rater looks at an image for as long on either side. */
const LOOK_MS = GRID_MS / 20;
const TARGET = 1 / 50;
const PHOTOGRAPHS = 200;

/**
 * The room's paint beside Label Studio's, one of its tasks (one image) for one grid (20 images), ABBA, the first
 * pair left out. The ratio of a pair is that of the slower ends: ours over Label Studio's.
 */
export async function besideLabelStudio(stage: Stage, count: number, network: Network) {
  const pairs = Math.floor(count / GRIDS_A_TURN) - 1;
  const tasks = (pairs + 1) * TASKS_A_TURN + 1;
  const photographs = await makePhotographs(Math.min(tasks, PHOTOGRAPHS));
  const labelStudio = await openLabelStudio(stage.browser, photographs, tasks, network);
  try {
    const room = await enterRoom(stage, network);
    const times = { teacup: [] as number[], labelStudio: [] as number[] };
    const tailOf = (side: keyof typeof times, taken: number[]) => {
      times[side].push(...taken);
      return quantile(taken, 0.95);
    };
    const measured = await inPairs(
      pairs,
      async () => tailOf("teacup", await rateGrids(room, GRIDS_A_TURN, GRID_MS)),
      async () => tailOf("labelStudio", await rateTasks(labelStudio, TASKS_A_TURN, LOOK_MS)),
      " ms",
    );
    return {
      ...tailsLine(TARGET, measured),
      // The first pair's, too.
      ms: { teacup: spread(times.teacup), labelStudio: spread(times.labelStudio) },
      misses: (await watchedIn(room)).misses,
      otherwiseThanPlanned: [
        "Label Studio keeps its tasks in SQLite, as it comes, not in the same PostgreSQL",
        `${photographs.length} photographs in its tasks and ${stage.photographs.length} in the grids, not the same 200; each task and each grid's image is a file of its own address`,
      ],
    };
  } finally {
    await labelStudio.close();
  }
}
