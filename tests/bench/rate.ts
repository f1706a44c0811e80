import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { chromium, type Page } from "@playwright/test";
import { connect } from "@/db/client";
import { accounts } from "@/db/schema";
import { hashPassword } from "@/server/auth/hash-password";
import { CELL_CODES } from "@/server/rating/domain/key-map";
import { openRatingProject } from "@/tests/support/rating-project";
import { type Instance, removeHome, startInstance } from "@/tests/support/start-instance";

// `npm run bench:rate`: milliseconds from a key press to the frame that shows its verdict, over 100
// images, while every answer of the server takes 200 ms longer.
const GRIDS = 5;
const ROUND_TRIP_MS = 200;
// Ten keys a second: faster than any rater.
const PACE_MS = 100;
const RATER = { name: "Rater", mail: "rater@example.org", password: "a quick brown benchmark" };

const instance = await startInstance();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
try {
  await addRater(instance);
  const project = await openRatingProject(instance, { mail: RATER.mail, grids: GRIDS });
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await signIn(page);
  await makeRenditions(page, project.grids);
  const times = await rateAll(page, `${instance.url}/rate?project=${project.slug}`);
  await project.close();
  console.log(JSON.stringify({ images: times.length, roundTripMs: ROUND_TRIP_MS, ms: of(times) }));
} finally {
  await browser.close();
  await instance.stop();
  removeHome(instance.home);
}

async function addRater({ databaseUrl }: Instance) {
  const { db, close } = connect(databaseUrl, { max: 1 });
  const { password, ...rater } = RATER;
  await db.insert(accounts).values({ ...rater, passwordHash: await hashPassword(password) });
  await close();
}

async function signIn(page: Page) {
  await page.goto(`${instance.url}/sign-in`);
  await page.getByLabel("Mail").fill(RATER.mail);
  await page.getByLabel("Password").fill(RATER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

/** As the worker does when a render is finished, long before a rater comes. */
async function makeRenditions(page: Page, grids: readonly { imageIds: string[] }[]) {
  for (const imageId of grids.flatMap((grid) => grid.imageIds)) {
    await page.request.get(`${instance.url}/api/images/${imageId}?w=320`);
  }
}

async function rateAll(page: Page, address: string): Promise<number[]> {
  await page.goto(address, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: /^Start/ }).click();
  await page.waitForURL(/\/rate\/[0-9a-f-]{36}$/);
  await slowDown(page);
  await page.addScriptTag({ path: join(import.meta.dirname, "watch-keys.js") });
  for (let grid = 1; grid <= GRIDS; grid += 1) {
    await page.getByText(`Grid ${grid} of ${GRIDS}`).waitFor();
    await page.locator("[data-place=shown] > [role=grid][aria-busy=false]").waitFor();
    for (const code of CELL_CODES) {
      await page.keyboard.press(code);
      await wait(PACE_MS);
    }
    await page.getByText("0 of 20 open", { exact: true }).waitFor();
    await page.keyboard.press("Enter");
  }
  await page.getByText("Nothing is left to rate.").waitFor();
  return page.evaluate(() => (window as unknown as { keyTimes: number[] }).keyTimes);
}

async function slowDown(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: ROUND_TRIP_MS,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
}

function of(times: number[]) {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) =>
    Math.round((sorted[Math.ceil(share * sorted.length) - 1] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}
