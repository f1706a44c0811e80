import type { Page } from "@playwright/test";

/** The page's process is gone from one moment to the next: nothing in it hears that it ends. */
export async function killTab(page: Page): Promise<void> {
  const browser = page.context().browser();
  if (!browser) throw new Error("This page has no browser of its own");
  const session = await browser.newBrowserCDPSession();
  const crashed = page.waitForEvent("crash");
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  for (const { type, id } of processInfo) if (type === "renderer") process.kill(id, "SIGKILL");
  await crashed;
  await session.detach();
  await page.close();
}
