import type { Page } from "@playwright/test";
import { killTab } from "./kill-tab";
import { BLOCK_KEYS, imagesShown, pressKeys, startRating } from "./rating-page";
import type { RatingProject } from "./rating-project";

const GRIDS = 3;
const MINUTES = 10;

/** What a rater did without a network: each sitting's verdicts in their order, as `judged` tells them. */
export type Offline = { judged: string[]; queued: number };

/**
 * Three leased grids rated within ten minutes without a network, each in an order of its own; then the tab is killed,
 * once the chip counts everything or straight after the last key. `queued` is what the chip counted at the end.
 */
export async function rateOffline(
  page: Page,
  rating: RatingProject,
  { isAtOnce }: { isAtOnce: boolean },
): Promise<Offline> {
  await page.clock.install();
  const fetched = imagesFetched(page, GRIDS * BLOCK_KEYS.length);
  await startRating(page, rating);
  await fetched;
  await page.context().setOffline(true);
  const bySitting = new Map<string, string[]>();
  for (let number = 1; number <= GRIDS; number += 1) {
    const address = page.url();
    const keys = inSomeOrder(BLOCK_KEYS);
    await pressKeys(page, keys);
    bySitting.set(
      address,
      keys.map((key) => `${BLOCK_KEYS.indexOf(key) + 1} incorrect`),
    );
    await page.clock.fastForward((MINUTES * 60_000) / GRIDS);
    await page.keyboard.press("Enter");
    if (number === GRIDS) break;
    await page.waitForURL((url) => url.href !== address);
    await imagesShown(page);
  }
  const queued = await readChip(page, isAtOnce);
  await killTab(page);
  const sittings = [...bySitting].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return { judged: sittings.flatMap(([, judged]) => judged), queued };
}

async function readChip(page: Page, isAtOnce: boolean): Promise<number> {
  const all = GRIDS * (BLOCK_KEYS.length + 1);
  const chip = page.getByText(isAtOnce ? /^Offline, \d+ queued$/ : `Offline, ${all} queued`);
  return Number(/\d+/.exec((await chip.first().textContent()) ?? ""));
}

/** The page's own list of what it fetched stands still with its clock. */
function imagesFetched(page: Page, wanted: number): Promise<void> {
  const seen = new Set<string>();
  return new Promise((resolve) => {
    page.on("requestfinished", (request) => {
      if (request.url().endsWith("w=320")) seen.add(request.url());
      if (seen.size === wanted) resolve();
    });
  });
}

const inSomeOrder = (keys: readonly string[]) =>
  keys
    .map((key) => ({ key, place: Math.random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ key }) => key);
