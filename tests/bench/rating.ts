import { parseArgs } from "node:util";
import type { Page } from "@playwright/test";
import { intervalOfMedian, quantile, rounded, spread } from "./figures";
import { firstVisit } from "./rating-room/first-visit";
import { openLabelStudio, rateTasks } from "./rating-room/label-studio";
import { openStage, type Stage } from "./rating-room/open-stage";
import { enterRoom, type Room, rateGrids, watchedIn } from "./rating-room/walk";

// `npm run bench:rating -- paint|peer|keys|misses|bytes|soak|visit [--grids N] [--rtt MS]`: the rating room of the built
// product in Chromium, with photographs of 1024 x 1024, as JSON. Figures are the page's own.
const MBIT = 10;
// A pair takes about 25 s at 200 ms.
const GRIDS_A_BLOCK = 4;
const TASKS_A_BLOCK = 5;
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { grids: { type: "string" }, rtt: { type: "string", default: "200" } },
});
const rttMs = Number(values.rtt);
const network = { rttMs, mbit: rttMs === 0 ? null : MBIT };

const measures: Record<
  string,
  { grids: number; measure: (stage: Stage, grids: number) => Promise<object> }
> = {
  paint: { grids: 60, measure: paint },
  peer: { grids: 44, measure: peer },
  keys: { grids: 24, measure: keys },
  misses: { grids: 40, measure: misses },
  bytes: { grids: 10, measure: bytes },
  soak: { grids: 200, measure: soak },
  visit: { grids: 5, measure: visit },
};

const name = positionals[0] ?? "paint";
const chosen = measures[name];
if (!chosen) throw new Error(`Name one of ${Object.keys(measures).join(", ")}`);
const grids = Number(values.grids ?? chosen.grids);
const stage = await openStage({ grids: grids + 10 });
try {
  console.log(
    JSON.stringify({ measure: name, grids, rttMs, ...(await chosen.measure(stage, grids)) }),
  );
} finally {
  await stage.close();
}

/**
 * From the key that sends a grid to the first frame that shows the next one, all 20 images decoded. The
 * grid that leaves still fades above it for a moment, as it is meant to.
 */
async function paint(stage: Stage, count: number) {
  const room = await enterRoom(stage, network);
  await rateGrids(room, count, rttMs === 0 ? 2500 : 4000);
  const { submits, misses } = await watchedIn(room);
  return { ms: spread(submits.map(({ ms }) => ms)), misses };
}

/**
 * The same beside Label Studio, one of its tasks (one image) for one grid (20 images), ABBA, the first
 * pair left out. The ratio of a pair is that of the slower ends: ours over Label Studio's.
 */
async function peer(stage: Stage, count: number) {
  const pairs = Math.floor(count / GRIDS_A_BLOCK);
  const tasks = pairs * TASKS_A_BLOCK + 1;
  const labelStudio = await openLabelStudio(stage.browser, stage.photographs, tasks, network);
  try {
    const room = await enterRoom(stage, network);
    const ours: number[][] = [];
    const theirs: number[][] = [];
    const rateOurs = async () => {
      const before = (await watchedIn(room)).submits.length;
      await rateGrids(room, GRIDS_A_BLOCK, 4000);
      ours.push((await watchedIn(room)).submits.slice(before).map(({ ms }) => ms));
    };
    const rateTheirs = async () => {
      theirs.push(await rateTasks(labelStudio, TASKS_A_BLOCK));
    };
    for (let pair = 0; pair < pairs; pair += 1) {
      for (const rate of pair % 2 === 0 ? [rateOurs, rateTheirs] : [rateTheirs, rateOurs]) {
        await rate();
      }
    }
    const counted = ours.map((mine, pair) => ({ mine, other: theirs[pair] ?? [] })).slice(1);
    return {
      pairs: counted.length,
      ms: {
        teacup: spread(counted.flatMap(({ mine }) => mine)),
        labelStudio: spread(counted.flatMap(({ other }) => other)),
      },
      ratio: intervalOfMedian(
        counted.map(({ mine, other }) => quantile(mine, 0.95) / quantile(other, 0.95)),
      ),
      misses: (await watchedIn(room)).misses,
    };
  } finally {
    await labelStudio.close();
  }
}

/** INP as web-vitals reckons it: the worst interaction, without one of every fifty. */
async function keys(stage: Stage, count: number) {
  const room = await enterRoom(stage, { rttMs: 0, mbit: null });
  await room.session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await rateGrids(room, count, 6000);
  const { interactions, interactionCount } = await watchedIn(room);
  const worst = interactions.map(({ ms }) => ms).toSorted((one, other) => other - one);
  const at = Math.min(9, Math.floor(interactionCount / 50));
  const of = (isEnter: boolean) =>
    quantile(
      interactions.filter(({ code }) => (code === "Enter") === isEnter).map(({ ms }) => ms),
      0.5,
    );
  return {
    interactionCount,
    inpMs: worst[at] ?? 0,
    p50Ms: { verdict: of(false), submit: of(true) },
  };
}

/** Grids whose images were not all decoded when they were due, at one grid per 8 s. */
async function misses(stage: Stage, count: number) {
  const room = await enterRoom(stage, network);
  await rateGrids(room, count, 8000);
  return { misses: (await watchedIn(room)).misses };
}

/** All bytes of the images of the grids seen, small and large, beside those of their originals. */
async function bytes(stage: Stage, count: number) {
  const room = await enterRoom(stage, { rttMs: 0, mbit: null });
  await rateGrids(room, count, 6000);
  const byImage = await room.page.evaluate(() =>
    (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
      .filter(({ name }) => name.includes("/api/images/"))
      .map(
        ({ name, encodedBodySize }) =>
          [new URL(name).pathname.split("/").at(-1) ?? "", encodedBodySize] as const,
      ),
  );
  const whole = new Map<string, number>();
  for (const [id, size] of byImage) whole.set(id, (whole.get(id) ?? 0) + size);
  // What was fetched for later is not seen yet.
  const seen = [...whole.values()].slice(0, count * 20);
  const mean = (sizes: readonly number[]) =>
    sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  const original = mean(stage.photographs.map(({ png }) => png.length));
  return {
    images: seen.length,
    bytes: Math.round(mean(seen)),
    originalBytes: Math.round(original),
    share: rounded(mean(seen) / original, 3),
  };
}

/** The heap after a forced collection at the end beside that after 20 grids, and the layout shifts. */
async function soak(stage: Stage, count: number) {
  const room = await enterRoom(stage, { rttMs: 0, mbit: null });
  await rateGrids(room, 20, 1200);
  const early = await heapOf(room);
  await rateGrids(room, count - 20, 1200);
  const late = await heapOf(room);
  const { shifts, misses } = await watchedIn(room);
  return {
    heapBytes: { early, late },
    ratio: rounded(late / early, 3),
    cls: shifts.counted,
    misses,
  };
}

async function heapOf({ page, session }: Room): Promise<number> {
  // What the bench notes down is no part of the room.
  await page.evaluate(() => {
    window.watched.interactions.clear();
    window.watched.codes.clear();
  });
  await session.send("HeapProfiler.enable");
  for (let round = 0; round < 3; round += 1) await session.send("HeapProfiler.collectGarbage");
  return (await session.send("Runtime.getHeapUsage")).usedSize;
}

/** First visits of the room at 4x CPU and 10 Mbit/s, nothing cached, beside a page of the build that holds nothing. */
async function visit(stage: Stage, count: number) {
  const room = await enterRoom(stage, { rttMs: 0, mbit: null });
  const address = room.page.url();
  await room.page.close();
  const empty = await firstVisit(stage, `${stage.url}/nothing-here`, (page) =>
    page.getByText("could not be found").waitFor(),
  );
  const visits = [];
  for (let nth = 0; nth < count; nth += 1) {
    visits.push(await firstVisit(stage, address, allImagesPainted));
  }
  return {
    largestPaintMs: spread(visits.map(({ paintMs }) => paintMs)),
    scriptBytes: { room: visits[0]?.scriptBytes, empty: empty.scriptBytes },
  };
}

/** The network rests before a slow CPU has drawn what it brought. */
async function allImagesPainted(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const images = [...document.querySelectorAll<HTMLImageElement>("[role=grid] img")];
    return images.length >= 20 && images.every((image) => image.complete) && window.watched.paint;
  });
}
