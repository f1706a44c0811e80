import { setTimeout as wait } from "node:timers/promises";
import type { CDPSession, Page } from "@playwright/test";
import { CELL_CODES } from "@/server/rating/domain/key-map";
import { emulate, type Network, type Stage } from "./open-stage";

/** What `watch-room.js` found. */
export type Watched = {
  submits: { ms: number; left: string }[];
  interactions: { ms: number; code: string; waited: number; handled: number }[];
  interactionCount: number;
  shifts: { counted: number; all: number; ofGrids: number; moved: Record<string, number> };
  paint: { ms: number; what: string; url: string } | null;
  misses: number;
};

export type Room = { page: Page; session: CDPSession };

/** A rater's browser in the first grid, its images on the screen and the next grids fetched. */
export async function enterRoom({ newContext, url, slug }: Stage, network: Network): Promise<Room> {
  const context = await newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await page.goto(`${url}/rate?project=${slug}`, { waitUntil: "networkidle" });
  await page
    .getByRole("button", { name: /^(Start|Continue)/ })
    .first()
    .click();
  await page.waitForURL(/\/rate\/[0-9a-f-]{36}$/);
  await page.locator("[data-place=shown] > [role=grid][aria-busy=false]").first().waitFor();
  await page.waitForLoadState("networkidle");
  await emulate(session, network);
  return { page, session };
}

/**
 * Judges all images of so many grids by key, and sends each; a grid takes `gridMs`, or as long as it takes,
 * and is looked at for `lookMs` before its first key. Milliseconds until the next one was painted, of each.
 */
export async function rateGrids(
  { page }: Room,
  grids: number,
  gridMs: number,
  lookMs = 0,
): Promise<number[]> {
  const first = await page.evaluate(() => window.watched.submits.length);
  const keyMs = gridMs / (CELL_CODES.length + 1);
  for (let grid = 0; grid < grids; grid += 1) {
    const before = await page.evaluate(() => window.watched.submits.length);
    await wait(lookMs);
    let due = performance.now();
    for (const code of [...CELL_CODES, "Enter"]) {
      due += keyMs;
      await wait(Math.max(0, due - performance.now()));
      await page.keyboard.press(code);
    }
    await page.waitForFunction((seen) => window.watched.submits.length > seen, before);
  }
  return page.evaluate((seen) => window.watched.submits.slice(seen).map(({ ms }) => ms), first);
}

export const watchedIn = ({ page }: Room): Promise<Watched> =>
  page.evaluate(() => ({
    ...window.watched,
    interactions: [...window.watched.interactions.values()],
    interactionCount: performance.interactionCount,
    misses: performance.getEntriesByName("teacup:prefetch-miss").length,
  }));

declare global {
  interface Window {
    watched: Omit<Watched, "interactions"> & {
      interactions: Map<number, Watched["interactions"][number]>;
      codes: Map<number, string>;
    };
  }
}
