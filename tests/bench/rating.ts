import { parseArgs } from "node:util";
import type { Page } from "@playwright/test";
import { quantile, rounded, spread } from "./figures";
import { besideLabelStudio } from "./rating-room/beside-label-studio";
import { firstVisit } from "./rating-room/first-visit";
import { nearAndFar } from "./rating-room/near-and-far";
import { openStage, type Stage } from "./rating-room/open-stage";
import { enterRoom, type Room, rateGrids, watchedIn } from "./rating-room/walk";

// `npm run bench:rating -- paint|peer|rtt|keys|misses|bytes|soak|visit [--grids N] [--rtt MS] [--faster 5]`: the rating room of the built
// product in Chromium, with photographs of 1024 x 1024, as JSON. Figures are the page's own.
// Potato (PyPI `potato-annotation` 2.12.1) runs and goes by keys as well, and is no peer here yet: it saves a verdict, asks for
// the next task and loads the whole page anew, and what times a key here lives in one page.
const MBIT = 10;
const GRID_MS = 8000;
// What moves within 500 ms of a key does not count as a shift: every grid is left alone for longer once.
const LOOK_MS = 700;
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    grids: { type: "string" },
    rtt: { type: "string", default: "200" },
    faster: { type: "string", default: "5" },
  },
});
const rttMs = Number(values.rtt);
const network = { rttMs, mbit: rttMs === 0 ? null : MBIT };

const measures: Record<
  string,
  { grids: number; measure: (stage: Stage, grids: number) => Promise<object> }
> = {
  paint: { grids: 60, measure: paint },
  peer: { grids: 44, measure: (on, count) => besideLabelStudio(on, count, network) },
  rtt: { grids: 132, measure: nearAndFar },
  keys: { grids: 24, measure: keys },
  misses: { grids: 200, measure: misses },
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

/** INP as web-vitals reckons it: the worst interaction, without one of every fifty. */
async function keys(stage: Stage, count: number) {
  const room = await enterRoom(stage, { rttMs: 0, mbit: null });
  await room.session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await rateGrids(room, count, 6000);
  const { interactions, interactionCount } = await watchedIn(room);
  const worst = interactions.toSorted((one, other) => other.ms - one.ms);
  const at = Math.min(9, Math.floor(interactionCount / 50));
  const of = (isEnter: boolean) =>
    quantile(
      interactions.filter(({ code }) => (code === "Enter") === isEnter).map(({ ms }) => ms),
      0.5,
    );
  return {
    interactionCount,
    inpMs: worst[at]?.ms ?? 0,
    // The rest of each is the browser's: style, layout, drawing, the next frame.
    worst: worst.slice(0, at + 1).map((one) => ({
      ...one,
      waited: Math.round(one.waited),
      handled: Math.round(one.handled),
    })),
    p50Ms: { verdict: of(false), submit: of(true) },
  };
}

/**
 * Grids whose images were not all decoded when they were due, at one grid per 8 s. The rater and the network run
 * `--faster` times as fast, so half an hour takes minutes. Server, processor and the room's own timers run as ever, and so seem as many times slower:
 * what is not missed here is not missed at the rater's own pace either.
 */
async function misses(stage: Stage, count: number) {
  const faster = Number(values.faster);
  const scaled = { rttMs: rttMs / faster, mbit: network.mbit === null ? null : MBIT * faster };
  const room = await enterRoom(stage, scaled);
  await rateGrids(room, count, GRID_MS / faster);
  return {
    misses: (await watchedIn(room)).misses,
    pace: { gridMs: GRID_MS, faster, emulated: scaled },
  };
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
  await rateGrids(room, 20, 1200, LOOK_MS);
  const early = await heapOf(room);
  await rateGrids(room, count - 20, 1200, LOOK_MS);
  const late = await heapOf(room);
  const { shifts, misses } = await watchedIn(room);
  return {
    heapBytes: { early, late },
    ratio: rounded(late / early, 3),
    shifts,
    // A button or a number beside the grid may give way to what a key brought; an image may not, key or not.
    isStill: rounded(shifts.counted, 3) === 0 && shifts.ofGrids === 0,
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
    // No key is pressed here: the server's first look turns into the room by itself.
    cls: Math.max(...visits.map(({ shifts }) => shifts.counted)),
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
