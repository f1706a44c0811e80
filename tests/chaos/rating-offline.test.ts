import { type Browser, chromium } from "@playwright/test";
import { afterAll, expect, test } from "vitest";
import { connect } from "@/db/client";
import { makeAccountWithPassword, PASSWORD } from "@/tests/support/make/account-with-password";
import { rateOffline } from "@/tests/support/rate-offline";
import { openRatingProject } from "@/tests/support/rating-project";
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
const RUNS = Math.ceil(50 * Number(process.env.RATING_SHARE ?? 1));

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

test(`60 verdicts offline and the tab killed, ${RUNS} times: none lost, the order kept`, async () => {
  const mail = await makeRater();
  for (let run = 0; run < RUNS; run += 1) {
    const rating = await openRatingProject(instance, { mail, grids: 3 });
    const { context, page } = await signIn(browser, mail);
    const isAtOnce = run % 2 === 1;
    const { judged, queued } = await rateOffline(page, rating, { isAtOnce });
    expect(await rating.judged()).toEqual([]);

    await context.setOffline(false);
    await (await context.newPage()).goto(`/rate?project=${rating.slug}`);

    await expect.poll(rating.arrived, { timeout: 30_000 }).toBeGreaterThanOrEqual(queued);
    if (!isAtOnce) await expect.poll(rating.judged, { timeout: 30_000 }).toEqual(judged);
    const came = await rating.judged();
    // Straight after the last key the browser may still be storing the last ones: the chip has not counted them.
    expect(came).toEqual(judged.slice(0, came.length));
    await context.close();
    await rating.close();
  }
});
