import type { Page } from "@playwright/test";
import { emulate, type Stage } from "./open-stage";
import type { Watched } from "./walk";

type Visit = { paintMs: number; scriptBytes: number; shifts: Watched["shifts"] };

/** Opens an address in a browser without a cache, at a quarter of the CPU and 10 Mbit/s, until `isShown` there. */
export async function firstVisit(
  { newContext }: Stage,
  address: string,
  isShown: (page: Page) => Promise<unknown>,
): Promise<Visit> {
  const context = await newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await emulate(session, { rttMs: 40, mbit: 10 });
  await page.goto(address);
  await isShown(page);
  await page.waitForLoadState("networkidle");
  const visit = await page.evaluate(() => ({
    paintMs: window.watched.paint?.ms ?? 0,
    shifts: window.watched.shifts,
    scriptBytes: (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
      .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
  }));
  await context.close();
  return visit;
}
