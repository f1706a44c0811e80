import { type Browser, chromium } from "@playwright/test";
import { afterAll, expect, test } from "vitest";
import { connect } from "@/db/client";
import { makeAccountWithPassword, PASSWORD } from "@/tests/support/make/account-with-password";
import { type Offline, rateOffline } from "@/tests/support/rate-offline";
import { openRatingProject, type RatingProject } from "@/tests/support/rating-project";
import { removeHome, startInstance } from "@/tests/support/start-instance";

const instance = await startInstance();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
afterAll(async () => {
  await browser.close();
  await instance.stop();
  removeHome(instance.home);
});

// RATING_SHARE=0.05 for a shorter run.
const share = Number(process.env.RATING_SHARE ?? 1);
const RUNS = Math.ceil(50 * share);
const RUNS_AT_ONCE = Math.ceil(25 * share);

async function makeRater() {
  const { db, close } = connect(instance.databaseUrl, { max: 1 });
  const { mail } = await makeAccountWithPassword(db, { name: "Rita" });
  await close();
  return mail;
}

async function signIn(from: Browser, mail: string) {
  const context = await from.newContext({
    baseURL: instance.url,
    viewport: { width: 1280, height: 720 },
  });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("Mail").fill(mail);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((address) => address.pathname !== "/sign-in");
  return { context, page };
}

/** One run after the other, each in a project of its own; `hold` says what must have come after the tab was killed. */
async function killOffline(
  { runs, isAtOnce }: { runs: number; isAtOnce: boolean },
  hold: (rating: RatingProject, offline: Offline) => Promise<void>,
) {
  const mail = await makeRater();
  for (let run = 0; run < runs; run += 1) {
    const rating = await openRatingProject(instance, { mail, grids: 3 });
    const { context, page } = await signIn(browser, mail);
    const offline = await rateOffline(page, rating, { isAtOnce });
    expect(await rating.judged()).toEqual([]);

    await context.setOffline(false);
    await (await context.newPage()).goto(`/rate?project=${rating.slug}`);

    await hold(rating, offline);
    await context.close();
    await rating.close();
  }
}

test(`60 verdicts offline and the tab killed once the chip counts them all, ${RUNS} times: none lost, the order kept`, async () => {
  await killOffline({ runs: RUNS, isAtOnce: false }, async (rating, { judged, queued }) => {
    expect(judged).toHaveLength(60);
    await expect.poll(rating.arrived, { timeout: 30_000 }).toBe(queued);
    expect(await rating.judged()).toEqual(judged);
  });
});

// Straight after the last key the browser may still be storing the last ones: the chip has not counted them, and nothing
// promised them.
test(`60 verdicts offline and the tab killed straight after the last key, ${RUNS_AT_ONCE} times: all that the chip counted come, none out of order`, async () => {
  await killOffline({ runs: RUNS_AT_ONCE, isAtOnce: true }, async (rating, { judged, queued }) => {
    await expect.poll(rating.arrived, { timeout: 30_000 }).toBeGreaterThanOrEqual(queued);
    const came = await rating.judged();
    expect(came).toEqual(judged.slice(0, came.length));
  });
});
