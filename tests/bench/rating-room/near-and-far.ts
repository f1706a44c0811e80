import { quantile, spread } from "../figures";
import { inPairs, tailsLine } from "../pairs";
import { emulate, type Network, type Stage } from "./open-stage";
import { enterRoom, rateGrids, watchedIn } from "./walk";

const FAR: Network = { rttMs: 400, mbit: 10 };
const NEAR: Network = { rttMs: 0, mbit: null };
const GRID_MS = 4000;
// The next two grids lie in the browser already, fetched as the turn before had it.
const LEAD_IN = 2;
const GRIDS_A_TURN = 4;
export const GRIDS_OF_A_PAIR = 2 * (LEAD_IN + GRIDS_A_TURN);
const TARGET = 1.1;

/**
 * The room's paint far from the server (RTT 400 ms, 10 Mbit/s) and beside it (no emulation), at one pace in one
 * room, ABBA, the first pair left out. The ratio of a pair is that of the slower ends: far over near.
 */
export async function nearAndFar(stage: Stage, count: number) {
  const room = await enterRoom(stage, NEAR);
  const times = { far: [] as number[], near: [] as number[] };
  const turn = async (side: keyof typeof times, network: Network) => {
    await emulate(room.session, network);
    await rateGrids(room, LEAD_IN, GRID_MS);
    const taken = await rateGrids(room, GRIDS_A_TURN, GRID_MS);
    times[side].push(...taken);
    return quantile(taken, 0.95);
  };
  const measured = await inPairs(
    Math.floor(count / GRIDS_OF_A_PAIR) - 1,
    () => turn("far", FAR),
    () => turn("near", NEAR),
    " ms",
  );
  return {
    ...tailsLine(TARGET, measured),
    // The first pair's, too.
    ms: { far: spread(times.far), near: spread(times.near) },
    misses: (await watchedIn(room)).misses,
  };
}
